from django.apps import AppConfig


class SellerStandingConfig(AppConfig):
    name = "laotie.people.standing"
    label = "seller_standing"
    default_auto_field = "django.db.models.BigAutoField"

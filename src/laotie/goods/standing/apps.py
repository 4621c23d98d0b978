from django.apps import AppConfig


class ProductStandingConfig(AppConfig):
    name = "laotie.goods.standing"
    label = "product_standing"
    default_auto_field = "django.db.models.BigAutoField"

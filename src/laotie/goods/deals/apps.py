from django.apps import AppConfig


class DealsConfig(AppConfig):
    name = "laotie.goods.deals"
    label = "deals"
    default_auto_field = "django.db.models.BigAutoField"

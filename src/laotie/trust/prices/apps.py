from django.apps import AppConfig


class PricesConfig(AppConfig):
    name = "laotie.trust.prices"
    label = "prices"
    default_auto_field = "django.db.models.BigAutoField"

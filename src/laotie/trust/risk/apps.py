from django.apps import AppConfig


class RiskConfig(AppConfig):
    name = "laotie.trust.risk"
    label = "risk"
    default_auto_field = "django.db.models.BigAutoField"

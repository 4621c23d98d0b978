from django.apps import AppConfig


class ViolationsConfig(AppConfig):
    name = "laotie.trust.violations"
    label = "violations"
    default_auto_field = "django.db.models.BigAutoField"

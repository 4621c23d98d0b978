from django.apps import AppConfig


class RulebookConfig(AppConfig):
    name = "laotie.trust.rulebook"
    label = "rulebook"
    default_auto_field = "django.db.models.BigAutoField"

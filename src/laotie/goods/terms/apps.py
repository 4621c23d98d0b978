from django.apps import AppConfig


class TermsConfig(AppConfig):
    name = "laotie.goods.terms"
    label = "terms"
    default_auto_field = "django.db.models.BigAutoField"

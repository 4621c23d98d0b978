from django.apps import AppConfig


class PopularityConfig(AppConfig):
    name = "laotie.places.popularity"
    label = "popularity"
    default_auto_field = "django.db.models.BigAutoField"

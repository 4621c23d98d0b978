from django.apps import AppConfig


class ShelfConfig(AppConfig):
    name = "laotie.places.shelf"
    label = "shelf"
    default_auto_field = "django.db.models.BigAutoField"

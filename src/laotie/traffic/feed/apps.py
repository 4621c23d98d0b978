from django.apps import AppConfig


class FeedConfig(AppConfig):
    name = "laotie.traffic.feed"
    label = "feed"
    default_auto_field = "django.db.models.BigAutoField"

from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "laotie.kit"
    label = "kit"

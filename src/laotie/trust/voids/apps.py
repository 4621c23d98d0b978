from django.apps import AppConfig


class VoidsConfig(AppConfig):
    name = "laotie.trust.voids"
    label = "voids"

from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "laotie.kit"
    label = "kit"

    def ready(self) -> None:
        from laotie.kit import lookups  # noqa: F401  known to every model from here on

from django.apps import AppConfig


class RuntimeConfig(AppConfig):
    """Binds the rooms to each other once all of them are loaded."""

    name = "laotie.runtime"
    label = "runtime"

    def ready(self) -> None:
        from laotie.runtime import bindings

        bindings.bind_all()

from django.apps import AppConfig


class PreviewsConfig(AppConfig):
    name = "laotie.trust.previews"
    label = "previews"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from laotie.stream.outbox.subscriptions import subscribe
        from laotie.trust.previews import tasks

        subscribe("previews.published", tasks.KINDS, tasks.follow)

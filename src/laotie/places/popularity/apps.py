from django.apps import AppConfig


class PopularityConfig(AppConfig):
    name = "laotie.places.popularity"
    label = "popularity"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from laotie.places.popularity import tasks
        from laotie.stream.outbox.subscriptions import subscribe

        subscribe("popularity.sales", tasks.KINDS, tasks.follow)

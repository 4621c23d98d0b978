from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "laotie.places.search"
    label = "search"

    def ready(self) -> None:
        from laotie.places.search import tasks
        from laotie.stream.outbox.subscriptions import subscribe

        subscribe("search.index", tasks.KINDS, tasks.follow)

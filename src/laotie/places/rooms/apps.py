from django.apps import AppConfig


class RoomsConfig(AppConfig):
    name = "laotie.places.rooms"
    label = "rooms"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from laotie.places.rooms import tasks, visits
        from laotie.stream.beacons.intake import learn
        from laotie.stream.outbox.subscriptions import subscribe

        subscribe("rooms.cards", tasks.KINDS, tasks.follow)
        for kind, judge in visits.JUDGES.items():
            learn(kind, judge)

from django.apps import AppConfig


class BeaconsConfig(AppConfig):
    name = "laotie.stream.beacons"
    label = "beacons"

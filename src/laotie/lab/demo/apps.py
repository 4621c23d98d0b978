from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "laotie.lab.demo"
    label = "demo"

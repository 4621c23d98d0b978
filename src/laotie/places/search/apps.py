from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "laotie.places.search"
    label = "search"

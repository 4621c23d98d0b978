from django.apps import AppConfig


class HintsConfig(AppConfig):
    name = "laotie.trade.hints"
    label = "hints"

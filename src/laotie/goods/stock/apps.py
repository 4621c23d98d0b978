from django.apps import AppConfig


class StockConfig(AppConfig):
    name = "laotie.goods.stock"
    label = "stock"
    default_auto_field = "django.db.models.BigAutoField"

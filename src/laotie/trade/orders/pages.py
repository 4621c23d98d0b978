"""Pages of orders: a buyer's own, and a shop's."""

from django.urls import path

from laotie.trade.orders import buyer_pages, seller_pages

app_name = "orders"
urlpatterns = [
    path("orders", buyer_pages.mine, name="mine"),
    path("orders/<uuid:order_id>", buyer_pages.order, name="order"),
    path("orders/<uuid:order_id>/cancel", buyer_pages.cancel, name="cancel"),
    path("orders/<uuid:order_id>/sign", buyer_pages.sign, name="sign"),
    path("seller/<slug:slug>/orders", seller_pages.orders, name="shop"),
    path("seller/<slug:slug>/orders.csv", seller_pages.export, name="export"),
    path("seller/<slug:slug>/orders/ship", seller_pages.ship_many, name="ship_many"),
    path("seller/<slug:slug>/orders/<uuid:order_id>", seller_pages.order, name="shop_order"),
    path("seller/<slug:slug>/orders/<uuid:order_id>/ship", seller_pages.ship, name="ship"),
    path("seller/<slug:slug>/orders/<uuid:order_id>/cancel", seller_pages.cancel, name="shop_cancel"),
]

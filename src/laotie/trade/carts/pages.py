"""The cart and the checkout."""

from django.urls import path

from laotie.trade.carts import cart_pages, checkout_pages, till_pages

app_name = "carts"
urlpatterns = [
    path("cart", cart_pages.cart, name="cart"),
    path("cart/put", cart_pages.put, name="put"),
    path("cart/now", cart_pages.buy_now, name="now"),
    path("cart/again/<uuid:order_id>", cart_pages.again, name="again"),
    path("cart/<uuid:offer_id>/quantity", cart_pages.quantity, name="quantity"),
    path("cart/<uuid:offer_id>/remove", cart_pages.remove, name="remove"),
    path("cart/<uuid:offer_id>/later", cart_pages.later, name="later"),
    path("cart/<uuid:offer_id>/up", cart_pages.take_up, name="take_up"),
    path("checkout", checkout_pages.checkout, name="checkout"),
    path("checkout/address", checkout_pages.add_address, name="address"),
    path("till", till_pages.show, name="till"),
    path("till/address", till_pages.add_address, name="till_address"),
    path("till/place", till_pages.place, name="till_place"),
]

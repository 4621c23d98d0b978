"""What the deal puts on pages, and what it holds of a person."""

from laotie.kit.slots import bind
from laotie.people.accounts import actions as accounts
from laotie.trade import parts
from laotie.trade.carts import slots as cart_slots
from laotie.trade.hints import slots as hint_slots
from laotie.trade.orders import slots as order_slots
from laotie.trade.payments import slots as payment_slots
from laotie.trade.refunds import slots as refund_slots
from laotie.trade.reviews import slots as review_slots
from laotie.trade.talks import slots as talks_slots


def bind_trade() -> None:
    for part in parts.PARTS:
        accounts.hold_personal_data(part)
    bind("appeal.evidence", order_slots.evidence)
    bind("appeal.evidence", refund_slots.evidence)
    bind("desk.hint", hint_slots.of_reported)
    bind("header.cart", cart_slots.header_cart)
    bind("me.links", review_slots.my_reviews)
    bind("me.links", talks_slots.my_talks)
    bind("me.orders", order_slots.my_orders)
    bind("offer.buy", cart_slots.buy_box)
    bind("order.acts", review_slots.review_order)
    bind("order.acts", payment_slots.pay_button)
    bind("order.acts", refund_slots.ask_button)
    bind("order.ask", talks_slots.ask_about_order)
    bind("order.below", refund_slots.of_order)
    bind("product.ask", talks_slots.ask_about_product)
    bind("product.reviews", review_slots.of_product)
    bind("review.hint", hint_slots.of_review)
    bind("shop.ask", talks_slots.ask_shop)
    bind("tab.messages", talks_slots.unread_badge)

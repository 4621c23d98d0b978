"""Where rooms that do not know each other are joined: fillers of slots, handlers of tasks, ports.

One line a binding, sorted by slot. Only `runtime` may import both sides.
"""

from laotie.goods.listings import navigation as listings_navigation
from laotie.kit import slots
from laotie.lab.demo import slots as demo_slots
from laotie.people import parts as people_parts
from laotie.people.accounts import actions as accounts
from laotie.people.accounts import slots as account_slots
from laotie.people.desk import actions as desk
from laotie.people.desk import slots as desk_slots
from laotie.people.follows import slots as follow_slots
from laotie.people.merchants import slots as merchant_slots
from laotie.people.notices import slots as notice_slots
from laotie.people.saved import slots as saved_slots
from laotie.places.shelf import slots as shelf_slots
from laotie.runtime import reportables
from laotie.trade import parts as trade_parts
from laotie.trade.carts import slots as cart_slots
from laotie.trade.orders import slots as order_slots
from laotie.trade.payments import slots as payment_slots
from laotie.trade.refunds import slots as refund_slots
from laotie.trade.reviews import slots as review_slots
from laotie.trade.talks import slots as talks_slots
from laotie.trust.appeals import slots as appeal_slots
from laotie.trust.scores import slots as score_slots


def bind_all() -> None:
    """Called once, when Django is ready."""
    for part in (*people_parts.PARTS, *trade_parts.PARTS):
        accounts.hold_personal_data(part)
    slots.bind("console.nav", merchant_slots.console_home)
    slots.bind("console.nav", desk_slots.operator_nav)
    slots.bind("console.nav", refund_slots.operator_nav)
    slots.bind("console.nav", order_slots.seller_nav)
    slots.bind("console.nav", refund_slots.seller_nav)
    slots.bind("console.nav", appeal_slots.operator_nav)
    slots.bind("console.nav", listings_navigation.console_nav)
    slots.bind("console.nav", talks_slots.shop_nav)
    slots.bind("console.nav", review_slots.shop_nav)
    slots.bind("console.nav", score_slots.console_nav)
    slots.bind("console.nav", merchant_slots.console_nav)
    slots.bind("entrance.above", demo_slots.mail_note)
    slots.bind("header.cart", cart_slots.header_cart)
    slots.bind("header.notices", notice_slots.bell)
    slots.bind("header.search", shelf_slots.suggestions)
    slots.bind("home.below_hero", demo_slots.first_steps)
    slots.bind("me.above", demo_slots.first_steps)
    slots.bind("me.above", account_slots.ask_second_step)
    slots.bind("me.links", review_slots.my_reviews)
    slots.bind("me.links", talks_slots.my_talks)
    slots.bind("order.acts", review_slots.review_order)
    slots.bind("product.reviews", review_slots.of_product)
    slots.bind("me.orders", order_slots.my_orders)
    slots.bind("me.unread", notice_slots.badge)
    slots.bind("offer.trust", score_slots.product_score)
    slots.bind("offer.buy", cart_slots.buy_box)
    slots.bind("order.acts", payment_slots.pay_button)
    slots.bind("order.acts", refund_slots.ask_button)
    slots.bind("order.ask", talks_slots.ask_about_order)
    slots.bind("order.below", refund_slots.of_order)
    slots.bind("person.follow", follow_slots.button)
    slots.bind("product.ask", talks_slots.ask_about_product)
    slots.bind("product.save", saved_slots.button)
    slots.bind("saved.products", shelf_slots.saved_products)
    slots.bind("report.this", desk_slots.report_link)
    slots.bind("shop.ask", talks_slots.ask_shop)
    slots.bind("score.deal", appeal_slots.against_deal)
    slots.bind("shop.trust", score_slots.shop_score)
    slots.bind("shop.follow", follow_slots.shop_button)
    slots.bind("tab.messages", talks_slots.unread_badge)
    slots.bind("creator.mine", demo_slots.first_steps)
    slots.bind("operator.home", demo_slots.first_steps)
    _bind_overviews()
    for reportable in reportables.ALL:
        desk.open_to_reports(reportable)


def _bind_overviews() -> None:
    """The first pages of the consoles: what waits there, and what to do first."""
    slots.bind("operator.waiting", refund_slots.operator_waiting)
    slots.bind("seller.first", listings_navigation.first_product)
    slots.bind("seller.home", demo_slots.first_steps)
    slots.bind("seller.waiting", order_slots.seller_waiting)
    slots.bind("seller.waiting", refund_slots.seller_waiting)
    slots.bind("seller.waiting", talks_slots.seller_waiting)

"""The navigation of the consoles and their first pages: what waits, and what to do first. In order of showing."""

from laotie.goods.listings import navigation as listings_navigation
from laotie.kit.slots import bind
from laotie.lab.demo import slots as demo_slots
from laotie.people.desk import slots as desk_slots
from laotie.people.merchants import slots as merchant_slots
from laotie.trade.orders import slots as order_slots
from laotie.trade.refunds import slots as refund_slots
from laotie.trade.reviews import slots as review_slots
from laotie.trade.talks import slots as talks_slots
from laotie.trust.appeals import slots as appeal_slots
from laotie.trust.risk import slots as risk_slots
from laotie.trust.rulebook import slots as rulebook_slots
from laotie.trust.scores import slots as score_slots
from laotie.trust.violations import slots as violation_slots


def bind_consoles() -> None:
    bind("console.nav", merchant_slots.console_home)
    bind("console.nav", desk_slots.operator_nav)
    bind("console.nav", refund_slots.operator_nav)
    bind("console.nav", order_slots.seller_nav)
    bind("console.nav", refund_slots.seller_nav)
    bind("console.nav", score_slots.operator_nav)
    bind("console.nav", rulebook_slots.operator_nav)
    bind("console.nav", violation_slots.operator_nav)
    bind("console.nav", appeal_slots.operator_nav)
    bind("console.nav", risk_slots.operator_nav)
    bind("console.nav", listings_navigation.console_nav)
    bind("console.nav", talks_slots.shop_nav)
    bind("console.nav", review_slots.shop_nav)
    bind("console.nav", score_slots.console_nav)
    bind("console.nav", merchant_slots.console_nav)
    bind("creator.mine", demo_slots.first_steps)
    bind("operator.home", demo_slots.first_steps)
    bind("operator.waiting", refund_slots.operator_waiting)
    bind("seller.first", listings_navigation.first_product)
    bind("seller.home", demo_slots.first_steps)
    bind("seller.waiting", order_slots.seller_waiting)
    bind("seller.waiting", refund_slots.seller_waiting)
    bind("seller.waiting", talks_slots.seller_waiting)

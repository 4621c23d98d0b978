"""From a paid order to a matured deal: shipped late, arrived broken, complained of, given back."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from laotie.kit import clock
from laotie.lab.walk.cast import Cast
from laotie.lab.walk.contracts import Station
from laotie.lab.walk.market import day_of
from laotie.trade.orders import actions as orders
from laotie.trade.orders import queries
from laotie.trade.orders.contracts import Order
from laotie.trade.refunds import actions as refunds

SHIPPED = timedelta(days=5)  # after payment; the shop promised 48 hours
SIGNED = timedelta(days=12)
COMPLAINED = timedelta(hours=3)  # after signing
MATURE = max(timedelta(days=15), SIGNED + timedelta(days=8))  # 3.1: paid + 15, or signed + 8 days


def late_and_broken(cast: Cast, order: Order, words: Mapping[str, str]) -> Station:
    """The shop ships late, the parcel arrives broken, the buyer says so, and the shop gives the money back."""
    paid_at = order.paid_at or order.placed_at
    with clock.travel(paid_at + SHIPPED):
        orders.ship(cast.merchant, order.id, "sf", "WALK00000001")
    with clock.travel(paid_at + SIGNED):
        orders.sign(cast.buyer, order.id)
    with clock.travel(paid_at + SIGNED + COMPLAINED):
        refund = refunds.ask(cast.buyer, order.id, {order.lines[0].id: 1}, "damaged", words["complaint"])
        refunds.accept(cast.merchant, refund.id)
    after = queries.order_for(cast.buyer, order.id)
    promised, shipped = after.ship_by, after.shipped_at
    return Station(
        "parcel",
        "The parcel ships late and arrives broken; the buyer says so, and is made whole",
        {
            "promised to ship within (hours)": _hours(paid_at, promised),
            "shipped after (hours)": _hours(paid_at, shipped),
            "signed after (days)": SIGNED.days,
            "first reason": refund.reason,
            "given back": str(after.repaid),
        },
    )


def matures(order: Order) -> date:
    """The market day on which the deal counts for the first time."""
    return day_of((order.paid_at or order.placed_at) + MATURE)


def line_of(order: Order) -> UUID:
    """The deal."""
    return order.lines[0].id


def _hours(since: datetime, until: datetime | None) -> float:
    return round((until - since).total_seconds() / 3600, 1) if until else 0.0

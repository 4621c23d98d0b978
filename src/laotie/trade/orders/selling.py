"""What was sold through somebody's hands: the orders that came from a session or a creator, and what is owed for them.

A line counts once its order was paid, until the order is cancelled; what went back to the buyer counts no more. Owed
is the plan's rate of what is left of each line, rounded down, as the rate was copied when the order was placed.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from laotie.kit import market
from laotie.kit.money import Money

SOLD = """
    SELECT l.origin ->> 'card' AS card, max(l.title), count(DISTINCT o.id), count(DISTINCT o.buyer_id), sum(l.quantity),
        sum(goods), sum(left_of_it), sum(left_of_it * l.commission_bp / 10000),
        sum(left_of_it * l.commission_bp / 10000) FILTER (WHERE o.state = 'done')
    FROM orders_linerow l JOIN orders_orderrow o ON o.id = l.order_id
    CROSS JOIN LATERAL (SELECT l.unit_price_minor * l.quantity - l.discount_minor AS goods) g
    CROSS JOIN LATERAL (SELECT greatest(goods - l.refunded_minor, 0) AS left_of_it) r
    WHERE l.origin ? 'session' AND l.origin ->> 'session' = %s AND o.paid_minor > 0 AND o.state <> 'cancelled'
    GROUP BY ROLLUP (l.origin ->> 'card')
"""
BOUGHT = """
    SELECT o.buyer_id, count(DISTINCT o.id), sum(l.unit_price_minor * l.quantity - l.discount_minor),
        (array_agg(l.title ORDER BY o.placed_at DESC))[1], max(o.placed_at)
    FROM orders_linerow l JOIN orders_orderrow o ON o.id = l.order_id
    WHERE l.creator_id = %s AND o.buyer_id = ANY(%s) AND o.paid_minor > 0 AND o.state <> 'cancelled'
    GROUP BY o.buyer_id
"""


@dataclass(frozen=True, slots=True)
class Sold:
    """`gmv` is what was paid for goods, `net` what is left of it after refunds; `final` the part of `owed` whose deals
    are done. `title` is what the card's thing is called, "" for a whole session."""

    title: str
    orders: int
    buyers: int
    pieces: int
    gmv: Money
    net: Money
    owed: Money
    final: Money

    @property
    def average(self) -> Money:
        """What an order is worth."""
        return market.current().money(self.gmv.minor // self.orders if self.orders else 0)


@dataclass(frozen=True, slots=True)
class Custom:
    """What one account bought from a creator: how many orders, for how much, the last thing and when."""

    times: int
    worth: Money
    last_title: str
    last_at: datetime


def sold_in(session_id: UUID) -> tuple[Sold, dict[UUID, Sold]]:
    """What a session sold, in all and by card, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(SOLD, [str(session_id)])
        rows = cursor.fetchall()
    by_card = {UUID(row[0]): _sold(row[1], row[2:]) for row in rows if row[0]}
    whole = max((row[2:] for row in rows if row[0] is None), default=(0, 0, 0, 0, 0, 0, 0))
    return _sold("", whole), by_card


def bought_from(creator_id: UUID, account_ids: Collection[UUID]) -> dict[UUID, Custom]:
    """Those of the accounts that bought what a creator sold, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(BOUGHT, [creator_id, list(account_ids)])
        rows = cursor.fetchall()
    return {
        buyer: Custom(times, market.current().money(int(worth)), title, at) for buyer, times, worth, title, at in rows
    }


def _sold(title: str, figures: Sequence[int | None]) -> Sold:
    orders, buyers, pieces, *amounts = (int(figure or 0) for figure in figures)
    gmv, net, owed, final = map(market.current().money, amounts)
    return Sold(title, orders, buyers, pieces, gmv, net, owed, final)

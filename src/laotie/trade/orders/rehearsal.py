"""An order is rehearsed on every new connection of the web, so that the first buyers of a rush do not pay for plans.

The first order on a connection costs PostgreSQL many times what the next one does: it reads what it knows of twenty
tables, and plans. A rush comes to a market that was quiet a moment ago, on all connections at once.
"""

from typing import Any
from uuid import UUID

from psycopg import Connection

from laotie.goods.deals.contracts import DealTerms
from laotie.kit import clock, market
from laotie.kit.ids import new_id
from laotie.people.addresses.contracts import Address
from laotie.trade.orders.actions import writing
from laotie.trade.orders.actions.pricing import Part
from laotie.trade.orders.contracts import Wanted

NOBODY = UUID(int=0)


def rehearse(raw: Connection[Any]) -> None:
    """Go the way of an order to where goods refuse it. Raises psycopg.Error."""
    raw.execute("SELECT orders_rehearse(%s)", [sample()])


def sample() -> str:
    """An order of nobody's, for what does not exist, as placing would write it."""
    nothing = market.current().money(0)
    terms = DealTerms(
        offer_id=NOBODY, sku_id=NOBODY, product_id=NOBODY, merchant_id=NOBODY, shop="", shop_slug="",
        category_id=NOBODY, title="", options="", picture=None, price=nothing, list_price=nothing,
        ships_within_hours=0, freight_plan=None, timed_price_id=None, plan_id=None, commission_bp=0, cap=None, left=0,
        on_sale=False,
    )  # fmt: skip
    part = Part(NOBODY, ((Wanted(NOBODY, 1, nothing), terms, nothing),), (0,))
    address = Address(NOBODY, "", "", "", "", "", "", is_default=False)
    asked = writing.Asked(new_id(), "rehearsal", "", address, {}, {}, clock.now())
    return writing.deal(asked, [part]).payload

"""From the lake to the engine's tables: which facts make a deal, on the market's wall clock."""

from datetime import date, datetime

import ibis
from ibis.expr.types import Table

from laotie.engine.scores.deals import Facts
from laotie.engine.scores.sides import Sides
from laotie.stream.lake.queries import Snapshot
from laotie.trust.scores.beside import sides
from laotie.trust.scores.reading import Reader

LINES = ["line_id", "order_id", "shop_id", "product_id", "category_id", "buyer", "creator", "entry"]
OF_ORDERS = ("order.paid", "parcel.shipped", "parcel.signed", "order.cancelled")
OF_LINES = ("line.placed", "refund.asked", "review.written", "deal.voided")


def gather(lake: Snapshot, day: date, zone: str, known_until: datetime, more: Sides | None = None) -> Facts:
    """The facts of the deals that can have matured by `day`, as far as they were recorded by `known_until`.

    `more`: what other rooms know (the price index, violations).
    """
    return gathered(Reader(lake, day, zone, known_until), more)


def gathered(reader: Reader, more: Sides | None = None) -> Facts:
    """The same with a reader at hand."""
    whole = ["quantity", "unit_price_minor", "discount_minor"]
    lines = reader.table("line.placed", LINES, whole=whole, at="placed_at")
    value = lines.unit_price_minor * lines.quantity - lines.discount_minor
    return Facts(
        lines=lines.mutate(value=value.fill_null(0)).rename(creator_id="creator").drop(*whole),
        paid=reader.table("order.paid", ["order_id"], times=["promised_ship_at", "promised_arrival_at"]),
        shipped=reader.table("parcel.shipped", ["order_id"]),
        signed=reader.table("parcel.signed", ["order_id"]),
        cancelled=reader.table("order.cancelled", ["order_id", "by", "reason"]),
        complaints=reader.table("refund.asked", ["line_id", "reason"]),
        reviews=reader.table("review.written", ["line_id"], whole=["stars"]),
        voids=reader.table("deal.voided", ["line_id"], ever=True).select("line_id"),
        sides=sides(reader, lines, more or Sides()),
    )


def touched(reader: Reader, facts: Facts, commit: int) -> Table:
    """The lines that facts are about which came into the lake after `commit`."""
    orders = ibis.union(*[reader.since(kind, "order_id", commit) for kind in OF_ORDERS]).distinct()
    lines = [reader.since(kind, "line_id", commit) for kind in OF_LINES]
    return ibis.union(facts.lines.semi_join(orders, "order_id").select("line_id"), *lines)

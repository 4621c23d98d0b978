"""From the lake to the engine's tables: which facts make a deal, on the market's wall clock."""

from dataclasses import replace
from datetime import date, datetime

import ibis
from ibis.expr.types import Table

from laotie.engine.scores.deals import Facts
from laotie.engine.scores.sides import Sides
from laotie.stream.lake.queries import Snapshot
from laotie.trust.scores import held, others
from laotie.trust.scores.beside import sides
from laotie.trust.scores.reading import Reader

LINES = ["line_id", "order_id", "shop_id", "product_id", "category_id", "buyer", "creator", "entry"]
OF_ORDERS = ("order.paid", "parcel.shipped", "parcel.signed", "order.cancelled")
OF_LINES = ("line.placed", "refund.asked", "review.written", "review.voided", "deal.voided", "deal.restored")
OF_APPEALS = ("appeal.made", "appeal.judged")
TOUCHING = (*OF_ORDERS, *OF_LINES, *OF_APPEALS)


def gather(lake: Snapshot, day: date, zone: str, known_until: datetime, more: Sides | None = None) -> Facts:
    """The facts of the deals that can have matured by `day`, as far as they were recorded by `known_until`.

    What is appealed against is held: it counts nowhere. `more`: what other slices know; None: as the lake has it.
    """
    return gathered(Reader(lake, day, zone, known_until), more)


def gathered(reader: Reader, more: Sides | None = None) -> Facts:
    """The same with a reader at hand."""
    whole = ["quantity", "unit_price_minor", "discount_minor"]
    lines = others.inherited(reader, reader.table("line.placed", LINES, whole=whole, at="placed_at"))
    value = lines.unit_price_minor * lines.quantity - lines.discount_minor
    return Facts(
        lines=lines.mutate(value=value.fill_null(0)).rename(creator_id="creator").drop(*whole),
        paid=reader.table("order.paid", ["order_id"], times=["promised_ship_at", "promised_arrival_at"]),
        shipped=reader.table("parcel.shipped", ["order_id"]),
        signed=reader.table("parcel.signed", ["order_id"]),
        cancelled=reader.table("order.cancelled", ["order_id", "by", "reason"]),
        complaints=reader.table("refund.asked", ["line_id", "reason"]),
        reviews=held.without_voided(reader, reader.table("review.written", ["line_id"], whole=["stars"])),
        voids=held.voids(reader),
        sides=sides(reader, lines, replace(more or others.known(reader), violations=held.violations(reader))),
    )


def touched(reader: Reader, facts: Facts, commit: int) -> Table:
    """The lines that facts are about which came into the lake after `commit`; those of closed shops at any time, since
    who inherits them rests on other facts."""
    orders = ibis.union(*[reader.since(kind, "order_id", commit) for kind in OF_ORDERS]).distinct()
    lines = [reader.since(kind, "line_id", commit) for kind in OF_LINES]
    closed = reader.table("merchant.closed", ["shop_id"], ever=True).select("shop_id")
    placed = reader.table("line.placed", ["line_id", "shop_id"])
    inherited = placed.semi_join(closed, "shop_id").select("line_id")
    by_order = facts.lines.semi_join(orders, "order_id").select("line_id")
    return ibis.union(by_order, inherited, _appealed(reader, commit), *lines)


def _appealed(reader: Reader, commit: int) -> Table:
    """The deals of appeals that were made or judged since."""
    made = reader.table("appeal.made", ["appeal_id", "subject_id"], ever=True)
    news = ibis.union(*[reader.since(kind, "appeal_id", commit) for kind in OF_APPEALS])
    return made.semi_join(news, "appeal_id").select(line_id="subject_id")

"""From the lake to the engine's tables: which facts make a deal, on the market's wall clock."""

from dataclasses import replace
from datetime import date, datetime

from laotie.engine.scores.deals import Facts
from laotie.engine.scores.sides import Sides
from laotie.stream.lake.queries import Snapshot
from laotie.trust.scores import held, others
from laotie.trust.scores.beside import sides
from laotie.trust.scores.reading import Reader

LINES = ["line_id", "order_id", "shop_id", "product_id", "category_id", "buyer", "creator", "entry"]


def gather(lake: Snapshot, day: date, zone: str, known_until: datetime, more: Sides | None = None) -> Facts:
    """The facts of the deals that can have matured by `day`, as far as they were recorded by `known_until`.

    What is appealed against is held: it counts nowhere. `more`: what other slices know; None: as the lake has it.
    """
    reader = Reader(lake, day, zone, known_until)
    whole = ["quantity", "unit_price_minor", "discount_minor"]
    lines = others.inherited(reader, reader.table("line.placed", LINES, whole=whole, at="placed_at"))
    value = lines.unit_price_minor * lines.quantity - lines.discount_minor
    return Facts(
        lines=lines.mutate(value=value.fill_null(0)).rename(creator_id="creator").drop(*whole),
        paid=reader.table("order.paid", ["order_id"], times=["promised_ship_at", "promised_arrival_at"]),
        shipped=reader.table("parcel.shipped", ["order_id"]),
        signed=reader.table("parcel.signed", ["order_id"]),
        cancelled=reader.table("order.cancelled", ["order_id", "by", "reason"]),
        complaints=reader.table("refund.asked", ["line_id", "reason", "refund_id"]),
        reviews=held.without_voided(reader, reader.table("review.written", ["line_id"], whole=["stars"])),
        voids=held.voids(reader),
        sides=sides(reader, lines, replace(more or others.known(reader), violations=held.violations(reader))),
    )

"""From the lake to the engine's side tables: answers, after-sales, prices, stock, exposures, rooms.

What the lake holds no fact of is left out, and its metrics are absent from the market's scores.
"""

from dataclasses import replace

import ibis
from ibis import _
from ibis.expr.types import Table

from laotie.engine.scores.sides import Sides
from laotie.trust.scores.reading import Reader

KINDS = ("talk.asked", "talk.answered", "refund.asked", "refund.settled", "offer.changed", "impression",
         "session.opened", "session.entered", "report.filed", "line.placed")  # fmt: skip
LONGEST = 90  # days back that anything beside deals counts


def sides(reader: Reader, lines: Table, more: Sides) -> Sides:
    """Everything but the deals; `more` is kept where it says something."""
    found = more
    if reader.has("talk.asked"):
        answered = reader.table("talk.answered", ["talk_id", "shop_id"], times=["asked_at"])
        found = replace(
            found, asked=reader.table("talk.asked", ["talk_id", "shop_id"]), answered=answered.mutate(robot=0)
        )
    if reader.has("refund.settled"):
        found = replace(found, cases=_cases(reader, lines))
    if reader.has("offer.changed"):
        found = replace(found, **_offers(reader))
    if reader.has("impression"):
        shown = reader.table("impression", ["item"])
        found = replace(found, exposures=shown.select(product_id="item", day="at", shown=ibis.literal(1, "int64")))
    return _rooms(reader, lines, found)


def _cases(reader: Reader, lines: Table) -> Table:
    """Closed after-sales; what the buyer took back was none."""
    asked = reader.table("refund.asked", ["line_id", "refund_id"])
    settled = reader.table("refund.settled", ["refund_id", "shop_id", "outcome", "by"])
    opened = asked.select("refund_id", "line_id", asked_at="at")
    products = lines.select("line_id", "product_id")
    closed = settled.filter(_.outcome != "withdrawn").inner_join(opened, "refund_id").left_join(products, "line_id")
    platform = closed.by == "operator"
    return closed.select(
        "refund_id", "shop_id", "product_id", "asked_at", "at",
        platform=platform.cast("int8"), lost=(platform & (closed.outcome == "settled")).cast("int8"),
    ).rename(case_id="refund_id")  # fmt: skip


def _offers(reader: Reader) -> dict[str, Table]:
    """Prices as they changed, and the days on sale with and without stock: each state is dated by its last day."""
    changed = reader.table(
        "offer.changed", ["offer_id", "product_id", "shop_id"], whole=["price_minor", "on_sale", "sold_out"]
    )
    prices = changed.select("offer_id", "shop_id", "at", price="price_minor")
    night = ibis.timestamp(reader.day.isoformat()) + ibis.interval(days=1)
    dated = changed.mutate(until=changed["at"].lead().over(group_by=changed.offer_id, order_by=changed["at"]))
    states = dated.filter(_.on_sale == 1).mutate(until=ibis.least(ibis.coalesce(_.until, night), night))
    inside = ibis.greatest(states["at"], night - ibis.interval(days=LONGEST))
    days = (states.until.epoch_seconds() - inside.epoch_seconds() + 43_200) // 86_400
    whole = states.mutate(days=days.cast("int64"), day=(states.until - ibis.interval(seconds=1)).date())
    stocked = whole.filter(_.days > 0).select("product_id", "day", "days", out=_.days * _.sold_out)
    return {"prices": prices, "stocked": stocked}


def _rooms(reader: Reader, lines: Table, found: Sides) -> Sides:
    if not reader.has("session.opened"):
        return found
    opened = reader.table("session.opened", ["session", "creator"])
    hosts = opened.group_by("session").aggregate(creator_id=_.creator.min())
    if reader.has("session.entered"):
        found = replace(found, visits=_visits(reader, lines, hosts))
    if reader.has("report.filed"):
        filed = reader.table("report.filed", ["object_kind", "object_id"]).filter(_.object_kind == "session")
        told = filed.inner_join(hosts, filed.object_id == hosts.session).select("creator_id", "at")
        found = replace(found, reports=told)
    return found


def _visits(reader: Reader, lines: Table, hosts: Table) -> Table:
    """Who came to whose room on which day, and whether they bought through that creator on it."""
    entered = reader.table("session.entered", ["session", "viewer"]).filter(_.viewer.notnull())
    came = entered.inner_join(hosts, "session").mutate(day=_["at"].date())
    bought = lines.filter(_.creator.notnull()).select(
        creator_id="creator", viewer="buyer", day=_.placed_at.date(), bought=ibis.literal(1, "int8")
    )
    both = came.left_join(bought.distinct(), ["creator_id", "viewer", "day"])
    return both.select("creator_id", "viewer", "at", bought=both.bought.fill_null(0))

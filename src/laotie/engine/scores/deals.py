"""From facts to deals: one row an order line, with its outcome and the day on which it matured.

A deal matures at max(paid + 15 days, signed + 8 days); unsigned, 15 days after the promised arrival, as late. Its
outcome is the buyer's first chosen reason, else what the process says (cancelled, late), else good. What anyone but
the shop cancelled, and what a rule voids, is no deal.
"""

from dataclasses import dataclass

import ibis
from ibis import _
from ibis.expr.types import Column, Table

from laotie.engine.scores.rulebook import Cohort

QUALITY = ("quality", "damaged", "not_as_claimed")


@dataclass(frozen=True, slots=True)
class Facts:
    """The tables that deals are made of; times are wall clock, keys strings.

    lines: line_id, order_id, shop_id, product_id, category_id, buyer, placed_at · paid: order_id, at,
    promised_ship_at, promised_arrival_at (may be null) · shipped, signed: order_id, at ·
    cancelled: order_id, at, by · complaints: line_id, at, reason · reviews: line_id, at, stars · voids: line_id
    `absent` names the metrics of which this market keeps no facts (a history without reasons has no `quality`).
    """

    lines: Table
    paid: Table
    shipped: Table
    signed: Table
    cancelled: Table
    complaints: Table
    reviews: Table
    voids: Table
    absent: tuple[str, ...] = ()


def deals(facts: Facts, rule: Cohort) -> Table:
    """Every paid deal: `matured` (date), `outcome` and the flags that metrics count (0/1, null: does not apply)."""
    joined = _joined(facts)
    arrival = ibis.coalesce(_.promised_arrival_at, _.promised_ship_at + ibis.interval(days=rule.carriage))
    timed = joined.mutate(arrival=arrival, matured_at=_matured_at(joined, arrival, rule))
    late = timed.signed_at.isnull() | (timed.signed_at > timed.arrival)
    judged = timed.mutate(
        matured=timed.matured_at.date(),
        late=late.cast("int64"),
        outcome=ibis.cases(
            (timed.reason.notnull(), timed.reason),
            (timed.cancelled_at.notnull(), "seller_cancelled"),
            (late, "late"),
            else_="good",
        ),
    )
    flagged = _flags(judged)
    return flagged.mutate(**{metric: ibis.null("int64") for metric in facts.absent})


def _joined(facts: Facts) -> Table:
    gone = facts.cancelled.filter(_.by != "seller").order_id
    first = ibis.row_number().over(group_by=_.line_id, order_by=[_.at])
    reasons = facts.complaints.mutate(nth=first).filter(_.nth == 0).select("line_id", "reason")
    stars = facts.reviews.mutate(nth=first).filter(_.nth == 0).select("line_id", "stars")
    lines = facts.lines.anti_join(facts.voids, "line_id").filter(_.order_id.notin(gone))
    return (
        lines.inner_join(facts.paid.rename(paid_at="at"), "order_id")
        .left_join(_earliest(facts.shipped, "shipped_at"), "order_id").drop("order_id_right")
        .left_join(_earliest(facts.signed, "signed_at"), "order_id").drop("order_id_right")
        .left_join(_earliest(facts.cancelled, "cancelled_at"), "order_id").drop("order_id_right")
        .left_join(reasons, "line_id").drop("line_id_right")
        .left_join(stars, "line_id").drop("line_id_right")
    )  # fmt: skip


def _earliest(table: Table, name: str) -> Table:
    return table.group_by("order_id").aggregate(**{name: table.at.min()})


def _matured_at(joined: Table, arrival: Column, rule: Cohort) -> Column:
    after_paid = joined.paid_at + ibis.interval(days=rule.after_paid)
    after_signed = joined.signed_at + ibis.interval(days=rule.after_signed)
    return ibis.cases(
        (joined.cancelled_at.notnull(), after_paid),
        (joined.signed_at.notnull(), ibis.greatest(after_paid, after_signed)),
        else_=arrival + ibis.interval(days=rule.unsigned),
    )


def _flags(judged: Table) -> Table:
    delivered = judged.cancelled_at.isnull()
    ships_late = judged.shipped_at.isnull() | (judged.shipped_at > judged.promised_ship_at)
    return judged.mutate(
        quality=delivered.ifelse(judged.outcome.isin(QUALITY).cast("int64"), ibis.null("int64")),
        bad_review=(judged.stars <= 2).cast("int64"),
        ships_late=delivered.ifelse(ships_late.cast("int64"), ibis.null("int64")),
        arrives_late=delivered.ifelse(judged.late, ibis.null("int64")),
        poor_service=delivered.ifelse((judged.outcome == "service").cast("int64"), ibis.null("int64")),
        seller_cancels=judged.cancelled_at.notnull().cast("int64"),
    )

"""From facts to deals: one row an order line, with its outcome and the day on which it matured.

A deal matures at max(paid + 15 days, signed + 8 days); unsigned, 15 days after the promised arrival, as late. Its
outcome is the buyer's first chosen reason, else what the process says (cancelled, late), else good. What anyone but
the shop cancelled, and what a rule voids, is no deal.

A deal is judged as it stood when it matured: what happens afterwards changes nothing in it, so that a day's counts are
made once. Only a review that comes later still counts, on the day on which it was written, if that is within the
longest window after maturing.
"""

from dataclasses import dataclass, field

import ibis
from ibis import _
from ibis.expr.types import Column, Table

from laotie.engine.scores.metrics import OF_DEALS
from laotie.engine.scores.rulebook import Cohort
from laotie.engine.scores.sides import Sides

QUALITY = ("quality", "damaged", "not_as_claimed")
DAY = 86_400  # seconds
KEPT = ("good", "late")  # outcomes of which the shop kept the money
OPTIONAL = {"creator_id": "string", "entry": "string", "value": "int64"}  # of lines


@dataclass(frozen=True, slots=True)
class Facts:
    """The tables that deals are made of; times are wall clock, keys of any type that compares.

    lines: line_id, order_id, shop_id, product_id, category_id, buyer, placed_at and, where known, creator_id (who sold
    it, or null), entry (how the buyer came in), value (minor units) · paid: order_id, at, promised_ship_at,
    promised_arrival_at (may be null) · shipped, signed: order_id, at ·
    cancelled: order_id, at, by and, where known, reason · complaints: line_id, at, reason · reviews: line_id, at,
    stars · voids: line_id
    `absent` names the metrics of which this market keeps no facts (a history without reasons has no `quality`).
    `sides`: everything else that scores are made of.
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
    sides: Sides = field(default_factory=Sides)


def deals(facts: Facts, rule: Cohort) -> Table:
    """Every paid deal: `matured_at`, `matured` (date), `outcome` and the flags that metrics count (0/1, null: does not
    apply), `day`, `review_day` (of maturing and of the review, counted from 1970) and `net` (minor units kept)."""
    timed = _timed(_joined(facts), rule)
    standing = timed.filter(timed.cancelled_at.isnull() | (timed.by == "seller"))
    late = standing.signed_at.isnull() | (standing.signed_at > standing.arrival)
    reason = (standing.asked_at <= standing.matured_at).ifelse(standing.reason, ibis.null("string"))
    judged = standing.mutate(
        matured=standing.matured_at.date(),
        day=standing.matured_at.date().epoch_days().cast("int32"),
        late=late,
        outcome=ibis.cases(
            (reason.notnull(), reason),
            (standing.cancelled_at.notnull(), "seller_cancelled"),
            (late, "late"),
            else_="good",
        ),
    )
    told = judged.review_day <= judged.day + rule.windows[-1]
    judged = judged.mutate(
        stars=told.ifelse(judged.stars, ibis.null("int8")),
        review_day=told.ifelse(judged.review_day, ibis.null("int32")),
    )
    missing = {metric: ibis.null("int8") for metric in facts.absent if metric in OF_DEALS}
    return _flags(judged).mutate(**missing)


def waking(paid: Table, rule: Cohort) -> Table:
    """The first day on which the deals of paid orders can mature, whatever may still be said of them: order_id, wakes
    (counted from 1970)."""
    known = _promised(paid.rename(paid_at="at"), rule)
    wakes = ibis.least(known.paid_at + ibis.interval(days=rule.after_paid), known.due)
    return known.select("order_id", wakes=wakes.date().epoch_days().cast("int32"))


def _joined(facts: Facts) -> Table:
    lines = facts.lines.mutate(
        **{name: ibis.null(kind) for name, kind in OPTIONAL.items() if name not in facts.lines.columns}
    )
    return (
        lines.anti_join(facts.voids, "line_id")
        .inner_join(facts.paid.rename(paid_at="at"), "order_id")
        .left_join(_earliest(facts.shipped, "shipped_at"), "order_id").drop("order_id_right")
        .left_join(_earliest(facts.signed, "signed_at"), "order_id").drop("order_id_right")
        .left_join(_cancelled(facts.cancelled), "order_id").drop("order_id_right")
        .left_join(_first_reason(facts.complaints), "line_id").drop("line_id_right")
        .left_join(_first_stars(facts.reviews), "line_id").drop("line_id_right")
    )  # fmt: skip


def _earliest(table: Table, name: str) -> Table:
    return table.group_by("order_id").aggregate(**{name: table["at"].min()})


def _cancelled(cancelled: Table) -> Table:
    why = cancelled.reason if "reason" in cancelled.columns else ibis.null("string")
    first = ibis.row_number().over(group_by=_.order_id, order_by=[_["at"], _.by])
    ordered = cancelled.mutate(nth=first, why=why).filter(_.nth == 0)
    return ordered.select("order_id", "by", "why", cancelled_at=ordered["at"])


def _first_reason(complaints: Table) -> Table:
    first = ibis.row_number().over(group_by=_.line_id, order_by=[_["at"], _.reason])
    ordered = complaints.mutate(nth=first).filter(_.nth == 0)
    return ordered.select("line_id", "reason", asked_at=ordered["at"])


def _first_stars(reviews: Table) -> Table:
    """The first review of a line, by the second; of two in one second the worse."""
    second = reviews["at"].epoch_seconds().cast("int64")
    first = reviews.group_by("line_id").aggregate(first=(second * 8 + reviews.stars.cast("int64")).min())
    stars, at = (first["first"] % 8).cast("int8"), (first["first"] // 8).cast("int64")
    return first.select("line_id", stars=stars, review_day=(at // DAY).cast("int32"))


def _timed(joined: Table, rule: Cohort) -> Table:
    """With the promised `arrival`, `matured_at`, and without what came after an unsigned deal had matured."""
    due = _promised(joined, rule)
    known = due.mutate(
        signed_at=_within(due, "signed_at", "timestamp"), cancelled_at=_within(due, "cancelled_at", "timestamp")
    )
    after_paid = known.paid_at + ibis.interval(days=rule.after_paid)
    after_signed = known.signed_at + ibis.interval(days=rule.after_signed)
    matured_at = ibis.cases(
        (known.cancelled_at.notnull(), ibis.greatest(after_paid, known.cancelled_at)),
        (known.signed_at.notnull(), ibis.greatest(after_paid, after_signed)),
        else_=known.due,
    )
    return known.mutate(matured_at=matured_at)


def _promised(table: Table, rule: Cohort) -> Table:
    """With the promised `arrival`, and when what is not signed is `due`."""
    promised = ibis.coalesce(_.promised_arrival_at, _.promised_ship_at + ibis.interval(days=rule.carriage))
    return table.mutate(arrival=promised).mutate(due=_.arrival + ibis.interval(days=rule.unsigned))


def _within(table: Table, column: str, kind: str) -> Column:
    return (table.due.isnull() | (table[column] <= table.due)).ifelse(table[column], ibis.null(kind))


def _flags(judged: Table) -> Table:
    delivered = judged.cancelled_at.isnull()
    ships_late = judged.shipped_at.isnull() | (judged.shipped_at > judged.promised_ship_at)
    on_time_review = judged.stars.notnull() & ~judged.late.fill_null(False)
    return judged.mutate(
        late=_flag(judged.late),
        quality=_flag(judged.outcome.isin(QUALITY), delivered),
        bad_review=_flag(judged.stars <= 2),
        ships_late=_flag(ships_late, delivered),
        arrives_late=_flag(judged.late, delivered),
        lost=_flag(judged.signed_at.isnull(), delivered),
        poor_service=_flag(judged.outcome == "service", delivered),
        seller_cancels=_flag(judged.cancelled_at.notnull()),
        sold_out=_flag(judged.cancelled_at.notnull() & (judged.why == "sold_out").fill_null(False)),
        not_as_claimed=_flag(judged.outcome == "not_as_claimed", delivered),
        poor_review=_flag(judged.stars <= 3, on_time_review),
        seeded=_flag(judged.outcome.isin(QUALITY), delivered & (judged.entry == "clip")),
        net=judged.outcome.isin(KEPT).ifelse(judged.value, ibis.literal(0, "int64")),
    )


def _flag(happened: Column, applies: Column | None = None) -> Column:
    whole = happened.cast("int8")
    return whole if applies is None else applies.ifelse(whole, ibis.null("int8"))

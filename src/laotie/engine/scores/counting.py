"""From deals to integer counts. This is all that a database engine is asked for, so engines agree to the unit."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import ibis
import numpy as np
from ibis import _
from ibis.expr.types import Table
from numpy.typing import NDArray

from laotie.engine.scores import engines
from laotie.engine.scores.metrics import OF_DEALS, REVIEWED
from laotie.engine.scores.rulebook import Cohort

Ints = NDArray[np.int64]
EPOCH = date(1970, 1, 1)
SELLERS = {"shop": ("shop_id", "nth"), "product": ("product_id", "nth"), "creator": ("creator_id", "creator_nth")}
REACH = 3  # longest windows: a review, the deal that it is late for, and the deals that this one is the n-th after
DEAL = ("line_id", "order_id", "shop_id", "product_id", "category_id", "creator_id", "buyer", "outcome", "matured_at",
        "day", "review_day", "net", *OF_DEALS)  # fmt: skip
KEYS = ("entity", "category", "day", "nth")
BITS = 62  # of a whole number, which hold a deal's number in each window


def number(day: date) -> int:
    """A day counted from 1970."""
    return (day - EPOCH).days


def cohort(deals: Table, day: date, rule: Cohort) -> Table:
    """The deals that matured up to `day`, held by the engine, with `age`, `nth` and `creator_nth` (see `nth`).

    What matured before the longest window up to `day` is here for its late review only.
    """
    last, longest = number(day), rule.windows[-1]
    rows = engines.held(deals.filter(deals.day.between(last - REACH * longest + 1, last)).select(*DEAL))
    found = numbered(rows, rule.windows).filter(_.day > last - (REACH - 1) * longest)
    done = engines.held(found.mutate(age=ibis.literal(last, "int32") - found.day))
    engines.dropped(rows)
    return done


def once(windows: Sequence[int]) -> int:
    """The numbers of a deal that is the first of its buyer in every window."""
    return sum(1 << place * _bits(windows) for place in range(len(windows)))


def nth_in(nth: Any, place: int, windows: Sequence[int]) -> Any:
    """A deal's number (1 is the first) in the window in that place: of a column, an array or an int."""
    return (nth >> place * _bits(windows)) & ((1 << _bits(windows)) - 1)


def _bits(windows: Sequence[int]) -> int:
    return BITS // len(windows)


def numbered(rows: Table, windows: Sequence[int]) -> Table:
    """The deals with `nth` and `creator_nth`. Right for those with the longest window of deals before them."""
    return nth_of(nth_of(rows, "shop_id", "nth", windows), "creator_id", "creator_nth", windows)


def nth_of(rows: Table, seller: str, name: str, windows: Sequence[int]) -> Table:
    """`name`: which the deal is of those of its buyer with its `seller` that matured in each window up to its own day,
    each number in its share of `BITS` bits, the shortest window's lowest. Only pairs that met twice are ordered.

    One number would not do: whoever comes daily has a hundredth deal in 90 days where a score of 30 sees thirty.
    """
    known = rows.filter(rows.buyer.notnull() & rows[seller].notnull())
    pairs = known.group_by("buyer", seller).aggregate(met=_.count()).filter(_.met > 1)
    again = known.semi_join(pairs, ["buyer", seller]).select("buyer", seller, "line_id", "day", "matured_at")
    pair = [again.buyer, again[seller]]
    sequence = ibis.row_number().over(group_by=pair, order_by=[again.matured_at, again.line_id])
    ordered = again.mutate(sequence=sequence)
    pair = [ordered.buyer, ordered[seller]]
    nth = ibis.literal(0, "int64")
    for place, days in enumerate(windows):
        window = ibis.range_window(preceding=days - 1, following=0, group_by=pair, order_by=ordered.day)
        number_ = ordered.sequence.cast("int64") - ordered.sequence.min().over(window) + 1
        nth = nth + number_ * (1 << place * _bits(windows))
    found = ordered.select(again_id="line_id", found=nth.cast("int64"))
    joined = rows.left_join(found, rows.line_id == found.again_id)
    none = ibis.literal(once(windows), "int64")
    return joined.mutate(**{name: joined.found.fill_null(none)}).drop("again_id", "found")


def dealt(cohort: Table, entity: str, rule: Cohort, metrics: Sequence[str]) -> Table:
    """The cohort as counts of one: a row for every matured deal of `entity` (shop, product, creator), and one for each
    late review, which is of its own `day`."""
    key, nth = SELLERS[entity]
    latest, longest = cohort.age + cohort.day, rule.windows[-1]
    late = (cohort.review_day > cohort.day).fill_null(False)
    matured = cohort.filter(_.age < longest)
    in_time = {m: late.ifelse(ibis.null("int8"), matured[m]) for m in REVIEWED}
    told = cohort.filter(late & (latest - cohort.review_day).between(0, longest - 1)).mutate(day=_.review_day)
    both = _one_each(matured.mutate(**in_time), key, nth, metrics)
    return both.union(_one_each(told, key, nth, metrics, told=True))


def _one_each(rows: Table, key: str, nth: str, metrics: Sequence[str], *, told: bool = False) -> Table:
    rows, one, none = rows.filter(rows[key].notnull()), ibis.literal(1, "int32"), ibis.literal(0, "int32")
    columns = {
        "entity": rows[key],
        "category": rows.category_id,
        "day": rows.day.cast("int32"),
        "nth": rows[nth],
    }
    columns |= {"deals": none if told else one, "net": ibis.literal(0, "int64") if told else rows.net.fill_null(0)}
    for m in metrics:
        counts = not told or m in REVIEWED
        columns[f"n_{m}"] = rows[m].notnull().cast("int32") if counts else none
        columns[f"bad_{m}"] = (rows[m] == 1).fill_null(False).cast("int32") if counts else none
    return rows.select(**columns)


def daily(cohort: Table, entity: str, rule: Cohort, metrics: Sequence[str]) -> Table:
    """The cohort's counts by entity, category, day and number."""
    rows = dealt(cohort, entity, rule, metrics)
    names = [name for name in rows.columns if name not in KEYS]
    return rows.group_by(*KEYS).aggregate(**{name: rows[name].sum().cast("int64") for name in names})


def grouped_by(rows: Table, key: str, nth: str, metrics: Sequence[str], *, told: bool = False) -> Table:
    """Whole numbers by entity, category, day and number. Of deals that are `told` of only the review counts."""
    rows = rows.filter(rows[key].notnull())
    keys = {
        "entity": rows[key],
        "category": rows.category_id,
        "day": rows.day,
        "nth": rows[nth],
    }
    none = ibis.literal(0, "int32")
    sums: dict[str, Any] = {
        "deals": rows.count().cast("int32") * (0 if told else 1),
        "net": rows.net.sum().cast("int64") * (0 if told else 1),
    }
    for m in metrics:
        counts = not told or m in REVIEWED
        sums[f"n_{m}"] = rows[m].count().cast("int32") if counts else none
        sums[f"bad_{m}"] = (rows[m] == 1).sum().cast("int32") if counts else none
    return rows.group_by(**keys).aggregate(**sums)

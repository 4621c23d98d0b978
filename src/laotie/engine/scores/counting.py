"""From deals to integer counts. This is all that a database engine is asked for, so engines agree to the unit."""

from dataclasses import dataclass
from datetime import date, timedelta

import ibis
import numpy as np
from ibis import _
from ibis.expr.types import Table
from numpy.typing import NDArray

from laotie.engine.scores.rulebook import METRICS, Cohort


@dataclass(frozen=True, slots=True)
class Counts:
    """One row for each (entity, category, age, nth) of the cohort of a day, sorted; arrays of equal length.

    `age`: days from maturing to the day of the score (0 … 89). `nth`: which deal of the same buyer with the same
    seller it was. `n[m]`, `bad[m]`: deals to which metric m applies, and those that went badly by it. `deals`: all.
    """

    entity: NDArray[np.str_]
    category: NDArray[np.str_]
    age: NDArray[np.int64]
    nth: NDArray[np.int64]
    deals: NDArray[np.int64]
    n: dict[str, NDArray[np.int64]]
    bad: dict[str, NDArray[np.int64]]


def cohort(deals: Table, day: date, rule: Cohort) -> Table:
    """The deals that matured in the longest window up to `day`, with `age` and `nth` (1 is the buyer's first)."""
    first = day - timedelta(days=rule.windows[-1] - 1)
    inside = deals.filter(_.matured.between(ibis.literal(first), ibis.literal(day)))
    nth = ibis.row_number().over(group_by=[_.buyer, _.shop_id], order_by=[_.matured_at, _.line_id]) + 1
    return inside.mutate(age=ibis.literal(day).delta(inside.matured, unit="day"), nth=nth)


def count(cohort: Table, entity: str) -> Counts:
    """Count the cohort by `entity` ("shop" or "product")."""
    keys = {"entity": cohort[f"{entity}_id"], "category": cohort.category_id, "age": cohort.age, "nth": cohort.nth}
    sums = {f"n_{m}": cohort[m].count() for m in METRICS} | {f"bad_{m}": cohort[m].sum() for m in METRICS}
    grouped = cohort.group_by(**keys).aggregate(deals=cohort.count(), **sums).order_by(list(keys))
    table = grouped.to_pyarrow()

    def whole(name: str) -> NDArray[np.int64]:
        return np.asarray(table[name].fill_null(0).to_numpy(), dtype=np.int64)

    def text(name: str) -> NDArray[np.str_]:
        return np.array(table[name].fill_null("").to_pylist(), dtype=np.str_)

    return Counts(
        entity=text("entity"),
        category=text("category"),
        age=whole("age"),
        nth=whole("nth"),
        deals=whole("deals"),
        n={m: whole(f"n_{m}") for m in METRICS},
        bad={m: whole(f"bad_{m}") for m in METRICS},
    )

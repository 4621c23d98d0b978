"""From counts to weighted counts, still whole numbers and still the engine's work: sums of count × weight.

A weight is 2^(−age/half-life) / nth in whole units of 2^-30, rounded down, so that sums are exact, alike in every
engine and in any order. Every window is added up by itself, with the n-th deal of that window, so that each entity's
own can be chosen afterwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import numpy as np
import pyarrow as pa
from ibis.expr.types import Column, Table
from numpy.typing import NDArray

from laotie.engine.scores import engines
from laotie.engine.scores.counting import coded, nth_in
from laotie.engine.scores.rulebook import Cohort

Ints = NDArray[np.int64]
UNIT = 2**30
COARSE = 2**18  # of money only 2^-12 are told apart, so that sums of a large market stay below 2^63
SEGMENTED = ("entity", "category", "segment")


@dataclass(frozen=True, slots=True)
class Counts:
    """One row for each (entity, category, segment); arrays of equal length.

    `names`, `categories`: sorted keys as text; `row`, `category`: places in them. `segment`: the place of a window; all
    that lies in it is in its row, as it weighs there. `plain`: counted whole, `weighted`: in units of 2^-30, of
    `deals`, `net` (minor units kept; 2^-12), `first` and `second` (deals of buyers who came once, again; by age only)
    and, for every metric m, `n_m` and `bad_m`.
    """

    names: NDArray[np.str_]
    categories: NDArray[np.str_]
    row: Ints
    category: Ints
    segment: Ints
    plain: dict[str, Ints]
    weighted: dict[str, Ints]

    @property
    def metrics(self) -> tuple[str, ...]:
        return tuple(name.removeprefix("n_") for name in self.plain if name.startswith("n_"))


def decay(rule: Cohort) -> Ints:
    """The weight of a first deal by its age, in units of 2^-30."""
    ages = np.arange(rule.windows[-1])
    units: Ints = np.rint(np.exp2(-ages / rule.half_life) * UNIT).astype(np.int64)
    return units


def weights(age: Ints, nth: Ints | int, rule: Cohort) -> NDArray[np.float64]:
    """The weights of deals by age (nought outside the longest window) and number, in units of 2^-30."""
    known = decay(rule)
    inside = (age >= 0) & (age < len(known))
    whole: NDArray[np.float64] = np.where(inside, known[np.clip(age, 0, len(known) - 1)] // nth, 0).astype(np.float64)
    return whole


def weight_of(age: int, nth: int, window: int, rule: Cohort) -> float:
    """How much a deal weighs in a window (days), of 1. `nth`: as `counting.nth_of` numbers it."""
    own = nth_in(nth, rule.windows.index(window), rule.windows)
    return float(weights(np.array([age]), own, rule)[0]) / UNIT


def weighted(rows: Table, rule: Cohort, metrics: Sequence[str]) -> Table:
    """The expression: rows of `counting.daily` or `counting.dealt`, added up by entity, category and segment."""
    ages = np.arange(rule.windows[-1], dtype=np.int32)
    table = pa.table({"of_age": ages, "decay": decay(rule)})
    known = engines.given(rows.get_backend(), ibis.util.gen_name("decay"), table)
    joined = rows.inner_join(known, rows.age == known.of_age)
    return ibis.union(*[_inside(joined, rule.windows, place, metrics) for place in range(len(rule.windows))])


def _inside(rows: Table, windows: Sequence[int], place: int, metrics: Sequence[str]) -> Table:
    """What lies in the window in that place."""
    inside = rows.filter(rows.age < windows[place])
    nth = nth_in(inside.nth, place, windows).cast("int64")
    aged = inside.mutate(segment=ibis.literal(place, "int32"), nth=nth, weight=(inside.decay // nth).cast("int64"))
    return aged.group_by(*SEGMENTED).aggregate(**_sums(aged, metrics))


def _sums(rows: Table, metrics: Sequence[str]) -> dict[str, Column]:
    values = ["deals", *(f"{part}_{m}" for m in metrics for part in ("n", "bad"))]
    sums = {name: rows[name].sum() for name in (*values, "net")}
    sums |= {f"w_{name}": (rows[name] * rows.weight).sum() for name in values}
    sums["w_net"] = (rows.net * (rows.weight // COARSE).cast("int64")).sum()
    for name, nth in (("first", 1), ("second", 2)):
        own = (rows.nth == nth).ifelse(rows.deals, 0)
        sums |= {name: own.sum(), f"w_{name}": (own * rows.decay).sum()}
    return {name: found.cast("int64") for name, found in sums.items()}


def counts_of(table: pa.Table) -> Counts:
    """Counts from the table that `weighted` describes."""
    names, row = coded(table["entity"])
    categories, category = coded(table["category"])
    own = [name for name in table.column_names if name not in SEGMENTED and not name.startswith("w_")]

    def whole(name: str) -> Ints:
        return np.asarray(table[name].fill_null(0), dtype=np.int64)

    plain, weighted_ = {name: whole(name) for name in own}, {name: whole(f"w_{name}") for name in own}
    return Counts(names, categories, row, category, whole("segment"), plain, weighted_)

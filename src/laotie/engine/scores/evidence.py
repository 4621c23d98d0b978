"""From counts to evidence: for each entity its window, and weighted counts inside it.

Weights are whole numbers of 2^-30, so that a sum is exact and does not depend on the order of its rows.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix

from laotie.engine.scores.counting import Counts
from laotie.engine.scores.rulebook import Cohort

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
UNIT = float(2**30)


@dataclass(frozen=True, slots=True)
class Stats:
    """What is known of one metric, one row an entity: `n`, `a`, `b` as `sides` explains them.

    Weighted by 2^(−age/half-life), deals by 1/nth too; `plain_…`: the same counted whole.
    """

    n: Floats
    a: Floats
    b: Floats
    plain_n: Floats
    plain_a: Floats
    plain_b: Floats


@dataclass(frozen=True, slots=True)
class Evidence:
    """One row an entity, sorted by its key.

    `deals`: matured deals in its `window` (days). `category`: the one with most of its deals. `net`: minor units kept.
    """

    entity: NDArray[np.str_]
    category: NDArray[np.str_]
    window: Ints
    deals: Ints
    net: Ints
    stats: dict[str, Stats]

    @property
    def n(self) -> dict[str, Floats]:
        return {name: stats.n for name, stats in self.stats.items()}

    @property
    def bad(self) -> dict[str, Floats]:
        return {name: stats.a for name, stats in self.stats.items()}


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody who is to be scored, with deals or without: sorted keys, and the category where it is known."""

    entity: NDArray[np.str_]
    category: NDArray[np.str_]


def weigh(counts: Counts, rule: Cohort, roster: Roster | None = None) -> Evidence:
    """Weigh the counts. The window is the shortest with enough deals, else the longest. O(rows)."""
    entities, row, listed = _placed(counts, roster)
    size = len(entities)
    window = _windows(counts, row, size, rule)
    inside = (counts.age >= 0) & (counts.age < window[row])
    weight = np.where(inside, weights(counts.age, counts.nth, rule), 0.0)
    return Evidence(
        entity=entities,
        category=_categories(counts, row, listed),
        window=window,
        deals=sums(row, counts.deals * inside, size).astype(np.int64),
        net=sums(row, counts.net * inside, size).astype(np.int64),
        stats={m: _stats(row, counts, m, (weight, inside), size) for m in counts.n},
    )


def weights(age: Ints, nth: Ints | int, rule: Cohort) -> Floats:
    """2^(−age/half-life) / nth in whole units of 2^-30. `age` at least 0 where it matters."""
    decay = np.exp2(-np.arange(rule.windows[-1] + 1) / rule.half_life)
    whole: Floats = np.rint(decay[np.clip(age, 0, rule.windows[-1])] / nth * UNIT)
    return whole


def sums(row: Ints, values: NDArray[np.generic], size: int) -> Floats:
    """`values` added up by row; exact below 2^53."""
    return np.bincount(row, weights=values.astype(np.float64), minlength=size).astype(np.float64)


def _placed(counts: Counts, roster: Roster | None) -> tuple[NDArray[np.str_], Ints, NDArray[np.str_]]:
    """All entities, each count's place among them, and the category that the roster gives."""
    if roster is None:
        return counts.names, counts.row, np.full(len(counts.names), "", dtype="<U1")
    entities = np.union1d(counts.names, roster.entity)
    category = np.full(len(entities), "", dtype=roster.category.dtype)
    category[np.searchsorted(entities, roster.entity)] = roster.category
    return entities, np.searchsorted(entities, counts.names)[counts.row], category


def _stats(row: Ints, counts: Counts, metric: str, by: tuple[Floats, NDArray[np.bool_]], size: int) -> Stats:
    n, bad, nothing = counts.n[metric], counts.bad[metric], np.zeros(size)
    weight, inside = by
    if not n.any():
        return Stats(*[nothing] * 6)
    return Stats(
        n=sums(row, n * weight, size) / UNIT,
        a=sums(row, bad * weight, size) / UNIT,
        b=nothing,
        plain_n=sums(row, n * inside, size),
        plain_a=sums(row, bad * inside, size),
        plain_b=nothing,
    )


def _windows(counts: Counts, row: Ints, size: int, rule: Cohort) -> Ints:
    window = np.full(size, rule.windows[-1], dtype=np.int64)
    for days in reversed(rule.windows[:-1]):
        held = sums(row, counts.deals * ((counts.age >= 0) & (counts.age < days)), size)
        window[held >= rule.enough] = days
    return window


def _categories(counts: Counts, row: Ints, listed: NDArray[np.str_]) -> NDArray[np.str_]:
    """The category with most deals (of equals the first by name); without deals the listed one."""
    size = len(listed)
    held = coo_matrix((counts.deals, (row, counts.category)), shape=(size, max(len(counts.categories), 1))).tocsr()
    held.sum_duplicates()
    main = listed.astype(np.result_type(listed.dtype, counts.categories.dtype))
    rows = np.repeat(np.arange(size), np.diff(held.indptr))
    order = np.lexsort((held.indices, -held.data, rows))
    order = order[held.data[order] > 0]
    places, first = np.unique(rows[order], return_index=True)
    main[places] = counts.categories[held.indices[order][first]]
    return main


def with_sides(evidence: Evidence, stats: Iterable[tuple[str, Stats]]) -> Evidence:
    """The evidence and what side facts say; names of deals' metrics are not to be given again."""
    return Evidence(
        evidence.entity, evidence.category, evidence.window, evidence.deals, evidence.net, evidence.stats | dict(stats)
    )

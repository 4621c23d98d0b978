"""From counts to evidence: for each entity its window, and weighted counts inside it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix

from laotie.engine.scores.rulebook import Cohort
from laotie.engine.scores.weighing import COARSE, UNIT, Counts

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


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
    """Choose each entity's window and add up what lies in it. The window is the shortest with enough deals, else the
    longest. O(rows)."""
    entities, row, listed = placed(counts, roster)
    size = len(entities)
    window = _windows(counts, row, size, rule)
    inside = counts.segment == window[row]
    return Evidence(
        entity=entities,
        category=_categories(counts, row, listed, rule),
        window=np.array(rule.windows)[window],
        deals=sums(row, counts.plain["deals"] * inside, size).astype(np.int64),
        net=sums(row, counts.plain["net"] * inside, size).astype(np.int64),
        stats={m: _stats(row, counts, m, inside, size) for m in counts.metrics},
    )


def added(counts: Counts, name: str, row: Ints, size: int, rule: Cohort) -> tuple[Floats, Floats]:
    """What is counted under a name in the longest window: (weighted, whole), one an entity."""
    unit, inside = UNIT // COARSE if name == "net" else UNIT, longest(counts, rule)
    return sums(row, counts.weighted[name] * inside, size) / unit, sums(row, counts.plain[name] * inside, size)


def longest(counts: Counts, rule: Cohort) -> NDArray[np.bool_]:
    """The rows of the longest window."""
    return np.asarray(counts.segment == len(rule.windows) - 1)


def sums(row: Ints, values: NDArray[np.generic], size: int) -> Floats:
    """`values` added up by row; exact below 2^53."""
    return np.bincount(row, weights=values.astype(np.float64), minlength=size).astype(np.float64)


def placed(counts: Counts, roster: Roster | None) -> tuple[NDArray[np.str_], Ints, NDArray[np.str_]]:
    """All entities, each count's place among them, and the category that the roster gives."""
    if roster is None:
        return counts.names, counts.row, np.full(len(counts.names), "", dtype="<U1")
    entities = np.union1d(counts.names, roster.entity)
    category = np.full(len(entities), "", dtype=roster.category.dtype)
    category[np.searchsorted(entities, roster.entity)] = roster.category
    return entities, np.searchsorted(entities, counts.names)[counts.row], category


def _stats(row: Ints, counts: Counts, metric: str, inside: NDArray[np.bool_], size: int) -> Stats:
    n, bad, nothing = f"n_{metric}", f"bad_{metric}", np.zeros(size)
    if not counts.plain[n].any():
        return Stats(*[nothing] * 6)
    return Stats(
        n=sums(row, counts.weighted[n] * inside, size) / UNIT,
        a=sums(row, counts.weighted[bad] * inside, size) / UNIT,
        b=nothing,
        plain_n=sums(row, counts.plain[n] * inside, size),
        plain_a=sums(row, counts.plain[bad] * inside, size),
        plain_b=nothing,
    )


def _windows(counts: Counts, row: Ints, size: int, rule: Cohort) -> Ints:
    """The place of each entity's window among the rule's."""
    window = np.full(size, len(rule.windows) - 1, dtype=np.int64)
    for place in reversed(range(len(rule.windows) - 1)):
        held = sums(row, counts.plain["deals"] * (counts.segment == place), size)
        window[held >= rule.enough] = place
    return window


def _categories(counts: Counts, row: Ints, listed: NDArray[np.str_], rule: Cohort) -> NDArray[np.str_]:
    """The category with most deals in the longest window, of equals the first by name; without deals the listed."""
    size = len(listed)
    shape = (size, max(len(counts.categories), 1))
    deals = counts.plain["deals"] * longest(counts, rule)
    held = coo_matrix((deals, (row, counts.category)), shape=shape).tocsr()
    held.sum_duplicates()
    main = listed.astype(np.result_type(listed.dtype, counts.categories.dtype))
    rows = np.repeat(np.arange(size), np.diff(held.indptr))
    order = np.lexsort((held.indices, -held.data, rows))
    order = order[held.data[order] > 0]
    places, first = np.unique(rows[order], return_index=True)
    main[places] = counts.categories[held.indices[order][first]]
    return main

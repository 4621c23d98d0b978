"""From counts to evidence: for each entity its window, and weighted counts inside it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laotie.engine.scores.keys import joined, places, same
from laotie.engine.scores.loops import put
from laotie.engine.scores.rulebook import Cohort
from laotie.engine.scores.weighing import COARSE, Counts, Whole, unit

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

    def beside(self, names: NDArray[np.str_]) -> tuple["Roster", Ints]:
        """With everybody of the sorted `names`, too; and where each of those is."""
        entity, own, place = joined(self.entity, names)
        if entity is self.entity:
            return self, place
        category = np.full(len(entity), "", dtype=self.category.dtype)
        category[own] = self.category
        return Roster(entity, category), place


def weigh(counts: Counts, rule: Cohort, roster: Roster | None = None) -> tuple[Evidence, Ints]:
    """Choose each entity's window and take what lies in it, and say where each that was counted is. The window is the
    shortest with enough deals, else the longest. O(entities)."""
    listed, place = (roster or Roster(counts.names, np.full(len(counts.names), "", "<U1"))).beside(counts.names)
    size = len(listed.entity)
    window = _windows(counts, rule)
    windows = np.full(size, rule.windows[-1])
    windows[place] = np.array(rule.windows)[window]
    cell = window * len(window) + np.arange(len(window))

    def own(values: Whole, one: float) -> Floats:
        found: Floats = put(values.ravel(), cell, place, size, one)
        return found

    evidence = Evidence(
        entity=listed.entity,
        category=_categories(counts, listed, place),
        window=windows,
        deals=placed(counts.plain["deals"].ravel()[cell], place, size),
        net=placed(counts.plain["net"].ravel()[cell], place, size),
        stats={m: _stats(counts, m, own, unit(counts.day, rule)) for m in counts.metrics},
    )
    return evidence, place


def added(
    counts: Counts, names: Sequence[str], place: Ints, size: int, rule: Cohort
) -> Iterator[tuple[Floats, Floats]]:
    """What is counted under each name in the longest window: (weighted, whole), one an entity of `size`. `place`: where
    each that was counted is."""
    for name in names:
        one = unit(counts.day, rule) / (COARSE if name == "net" else 1)
        weighted, whole = counts.weighted[name][-1], counts.plain[name][-1]
        yield put_over(weighted, place, size, one), put_over(whole, place, size)


def placed(values: NDArray[Any], place: Ints, size: int) -> Ints:
    """An array of `size` rows with whole numbers in their places; nought elsewhere."""
    found = np.zeros(size, np.int64)
    found[place] = values
    return found


def put_over(values: Whole, place: Ints, size: int, one: float = 1.0) -> Floats:
    """The same of numbers over `one`."""
    found: Floats = put(values, np.arange(len(values)), place, size, one)
    return found


def sums(row: Ints, values: NDArray[np.generic], size: int) -> Floats:
    """`values` added up by row; exact below 2^53."""
    return np.bincount(row, weights=values.astype(np.float64), minlength=size).astype(np.float64)


def _stats(counts: Counts, metric: str, own: Callable[[Whole, float], Floats], one: float) -> Stats:
    """`own`: of each window's numbers those of the entity's own, over what a deal weighs; `one`: what one of today
    does."""
    n, bad = (f"{part}_{metric}" for part in ("n", "bad"))
    plain_n, plain_bad = (own(counts.plain[name], 1.0) for name in (n, bad))
    nothing = np.zeros(len(plain_n))
    if not plain_n.any():
        return Stats(*[nothing] * 6)
    weighted_n, weighted_bad = (own(counts.weighted[name], one) for name in (n, bad))
    return Stats(weighted_n, weighted_bad, nothing, plain_n, plain_bad, nothing)


def _windows(counts: Counts, rule: Cohort) -> Ints:
    """The place of each entity's window among the rule's."""
    enough = counts.plain["deals"] >= rule.enough
    enough[-1] = True
    found: Ints = enough.argmax(axis=0)
    return found


def _categories(counts: Counts, listed: Roster, place: Ints) -> NDArray[np.str_]:
    """The category with most deals in the longest window, of equals the first by name; without deals the listed."""
    pairs, main = counts.categories, listed.category
    if not len(pairs.row):
        return main
    new = np.flatnonzero(np.concatenate([[True], pairs.row[1:] != pairs.row[:-1]]))  # pairs lie in order of their rows
    most = np.repeat(np.maximum.reduceat(pairs.deals, new), np.diff(np.append(new, len(pairs.row))))
    best = np.flatnonzero(pairs.deals == most)
    rows = pairs.row[best]
    first = np.flatnonzero(np.diff(rows, prepend=-1))
    main = main.astype(np.result_type(main.dtype, pairs.others.dtype))
    own = place if same(pairs.names, counts.names) else places(listed.entity, pairs.names)
    main[own[rows[first]]] = pairs.others[pairs.other[best[first]]]
    return main

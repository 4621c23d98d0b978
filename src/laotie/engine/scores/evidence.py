"""From counts to evidence: for each entity its window, and weighted counts inside it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laotie.engine.scores.counting import Counts
from laotie.engine.scores.rulebook import METRICS, Cohort


@dataclass(frozen=True, slots=True)
class Evidence:
    """One row an entity, sorted by its key.

    `deals`: matured deals in its `window` (days). `n[m]`, `bad[m]`: weighted by 2^(−age/half-life) and 1/nth;
    `plain_n[m]`, `plain_bad[m]`: the same deals counted whole. `category`: the one with most of its deals.
    """

    entity: NDArray[np.str_]
    category: NDArray[np.str_]
    window: NDArray[np.int64]
    deals: NDArray[np.int64]
    n: dict[str, NDArray[np.float64]]
    bad: dict[str, NDArray[np.float64]]
    plain_n: dict[str, NDArray[np.float64]]
    plain_bad: dict[str, NDArray[np.float64]]


def weigh(counts: Counts, rule: Cohort) -> Evidence:
    """Weigh the counts. The window is the shortest with enough deals, else the longest. O(rows)."""
    entities, row = np.unique(counts.entity, return_inverse=True)
    size = len(entities)
    window = _windows(counts, row, size, rule)
    inside = counts.age < window[row]
    weight = np.where(inside, np.exp2(-counts.age / rule.half_life) / counts.nth, 0.0)
    return Evidence(
        entity=entities,
        category=_main_category(counts, row, size),
        window=window,
        deals=_sums(row, counts.deals * inside, size).astype(np.int64),
        n={m: _sums(row, counts.n[m] * weight, size) for m in METRICS},
        bad={m: _sums(row, counts.bad[m] * weight, size) for m in METRICS},
        plain_n={m: _sums(row, counts.n[m] * inside, size) for m in METRICS},
        plain_bad={m: _sums(row, counts.bad[m] * inside, size) for m in METRICS},
    )


def _windows(counts: Counts, row: NDArray[np.int64], size: int, rule: Cohort) -> NDArray[np.int64]:
    window = np.full(size, rule.windows[-1], dtype=np.int64)
    for days in reversed(rule.windows[:-1]):
        held = _sums(row, counts.deals * (counts.age < days), size)
        window[held >= rule.enough] = days
    return window


def _main_category(counts: Counts, row: NDArray[np.int64], size: int) -> NDArray[np.str_]:
    categories, column = np.unique(counts.category, return_inverse=True)
    pairs, position = np.unique(np.stack([row, column]), axis=1, return_inverse=True)
    held = _sums(position.ravel(), counts.deals, pairs.shape[1])
    order = np.lexsort((pairs[1], -held, pairs[0]))  # most deals first; of equals the first name
    first = order[np.unique(pairs[0][order], return_index=True)[1]]
    main = np.empty(size, dtype=categories.dtype)
    main[pairs[0][first]] = categories[pairs[1][first]]
    return main


def _sums(row: NDArray[np.int64], values: NDArray[np.generic], size: int) -> NDArray[np.float64]:
    return np.bincount(row, weights=values.astype(np.float64), minlength=size).astype(np.float64)

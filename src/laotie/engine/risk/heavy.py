"""Heavy actors: the buyers without whom an official score would stand elsewhere.

Leave one buyer out: its deals are taken from the counts, the rates shrunk again, and the score compared. A buyer is
heavy where that moves the score by more than `ERRORS` posterior standard errors of the score with everybody in it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
ERRORS = 2.0


@dataclass(frozen=True, slots=True)
class Counts:
    """One row for each (entity, buyer): `n[k, m]` weighted deals to which metric m applies, `bad[k, m]` the bad ones.

    `entity`: index from 0 below `entities`.
    """

    entity: Ints
    buyer: Ints
    n: Floats
    bad: Floats
    entities: int


@dataclass(frozen=True, slots=True)
class Belief:
    """Of each entity and metric, (entities, metrics): prior `a` bad and `b` good deals, and `slope`: score units by
    which the score moves with the metric's rate (≤ 0 where a bad rate costs)."""

    a: Floats
    b: Floats
    slope: Floats


@dataclass(frozen=True, slots=True)
class Heavy:
    """`entity`, `buyer` of each heavy pair; `errors`: standard errors by which the score rises or falls without."""

    entity: Ints
    buyer: Ints
    errors: Floats


def heavy(counts: Counts, belief: Belief, errors: float = ERRORS) -> Heavy:
    """The heavy actors, in the order of the rows. O(rows × metrics)."""
    n, bad = _whole(counts, counts.n), _whole(counts, counts.bad)
    strength = belief.a + belief.b
    rate = (bad + belief.a) / (n + strength)
    error = np.sqrt((belief.slope**2 * rate * (1 - rate) / (n + strength + 1)).sum(axis=1))
    row = counts.entity
    without = (bad[row] - counts.bad + belief.a[row]) / (n[row] - counts.n + strength[row])
    moved = (belief.slope[row] * (without - rate[row])).sum(axis=1)
    by = np.divide(moved, error[row], out=np.zeros(len(row)), where=error[row] > 0)
    found = np.abs(by) > errors
    return Heavy(row[found], counts.buyer[found], by[found])


def _whole(counts: Counts, values: Floats) -> Floats:
    held = np.zeros((counts.entities, values.shape[1]))
    np.add.at(held, counts.entity, values)
    return held

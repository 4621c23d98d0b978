"""Same items: one cluster for each identifier, and listings without one joined to their likes, surest first.

A join is refused where it would bring two identifiers together, or a listing that is unlike most of the other side: so
that a chain of likenesses does not make one item of a whole series.
"""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from laotie.engine.price.matching import Likeness, Weights, candidates
from laotie.engine.price.tokens import rows

Ints = NDArray[np.int64]
SURE = 0.4
UNLIKE = 0.4  # the likeness, in the mean over the pairs that were compared, below which two groups stay apart


def clusters(listings: pa.Table) -> Ints:
    """The cluster of each listing, numbered from 0 in the order of appearance."""
    if not listings.num_rows:
        return np.zeros(0, dtype=np.int64)
    return join(listings, candidates(listings, rows(listings)))


def join(
    listings: pa.Table,
    likeness: Likeness,
    weights: Weights | None = None,
    sure: float = SURE,
) -> Ints:
    """The clusters from what is alike. O(candidates) but for the sorting."""
    groups = _Groups(listings["identifier"].to_pylist())
    probability = likeness.probability(weights)
    for one, other, alike in zip(likeness.one.tolist(), likeness.other.tolist(), probability.tolist(), strict=True):
        groups.compare(one, other, alike)
    kept = np.flatnonzero(probability >= sure)
    for place in kept[np.argsort(-probability[kept], kind="stable")].tolist():
        groups.join(int(likeness.one[place]), int(likeness.other[place]))
    roots = [groups.root(row) for row in range(listings.num_rows)]
    numbers: dict[int, int] = {}
    return np.array([numbers.setdefault(root, len(numbers)) for root in roots], dtype=np.int64)


class _Groups:
    """Union-find with what two groups are like, and the identifier each may have at most one of."""

    def __init__(self, identifiers: list[str | None]) -> None:
        self._parent = list(range(len(identifiers)))
        self._size = [1] * len(identifiers)
        self._identifier = [identifier or None for identifier in identifiers]
        self._alike: list[dict[int, list[float]]] = [{} for _ in identifiers]
        first: dict[str, int] = {}
        for row, identifier in enumerate(self._identifier):
            if identifier:
                self._unite(first.setdefault(identifier, row), row)

    def root(self, row: int) -> int:
        while self._parent[row] != row:
            self._parent[row] = self._parent[self._parent[row]]
            row = self._parent[row]
        return row

    def compare(self, one: int, other: int, alike: float) -> None:
        """Two listings were compared."""
        one, other = self.root(one), self.root(other)
        if one != other:
            for here, there in ((one, other), (other, one)):
                seen = self._alike[here].setdefault(there, [0.0, 0.0])
                seen[0] += alike
                seen[1] += 1

    def join(self, one: int, other: int) -> None:
        """Bring two groups together, unless that contradicts what is known."""
        one, other = self.root(one), self.root(other)
        if one == other:
            return
        mine, theirs = self._identifier[one], self._identifier[other]
        total, count = self._alike[one][other]
        if (mine and theirs and mine != theirs) or total / count < UNLIKE:
            return
        self._unite(one, other)

    def _unite(self, one: int, other: int) -> None:
        one, other = self.root(one), self.root(other)
        if one == other:
            return
        if self._size[one] < self._size[other]:
            one, other = other, one
        self._parent[other] = one
        self._size[one] += self._size[other]
        self._identifier[one] = self._identifier[one] or self._identifier[other]
        for group, (total, count) in self._alike[other].items():
            self._alike[group].pop(other, None)
            if group != one:
                for here, there in ((one, group), (group, one)):
                    seen = self._alike[here].setdefault(there, [0.0, 0.0])
                    seen[0] += total
                    seen[1] += count
        self._alike[other] = {}

"""Who dealt with whom, and the null model: what chance gives, had everyone dealt as much but with anybody.

A pair is a buyer and a shop with at least one deal: regulars are one pair, however often they come. The expected
number of pairs of buyer i and shop j is d_i · d_j · theta[g_i, c_j], d counting the pairs of each: the configuration
model, with the appetite theta of a group of buyers for a group of shops (categories) taken from the market itself.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
SMOOTHING = 20.0  # pairs as chance gives them, added to those seen between two groups


@dataclass(frozen=True, slots=True)
class Pairs:
    """Distinct (buyer, shop) pairs, sorted by buyer, then shop; indices from 0 below `buyers` and `shops`."""

    buyer: Ints
    shop: Ints
    buyers: int
    shops: int

    @property
    def of_buyer(self) -> Ints:
        """How many shops each buyer dealt with."""
        return np.bincount(self.buyer, minlength=self.buyers)

    @property
    def of_shop(self) -> Ints:
        """How many buyers each shop had."""
        return np.bincount(self.shop, minlength=self.shops)

    @property
    def starts(self) -> Ints:
        """Where each buyer's pairs begin, and at the end how many pairs there are: (buyers + 1,)."""
        return np.concatenate([[0], np.cumsum(self.of_buyer)])

    def without(self, gone: NDArray[np.bool_]) -> "Pairs":
        """The pairs that are not `gone`."""
        return Pairs(self.buyer[~gone], self.shop[~gone], self.buyers, self.shops)


@dataclass(frozen=True, slots=True)
class Null:
    """`of_buyer`, `of_shop`: pairs of each; `buyer_group`, `shop_group`: their groups; `theta` (groups, groups)."""

    of_buyer: Floats
    of_shop: Floats
    buyer_group: Ints
    shop_group: Ints
    theta: Floats

    def among(self, buyers: NDArray[np.bool_], shops: NDArray[np.bool_], of_buyer: Floats, of_shop: Floats) -> float:
        """The pairs that chance gives between the marked, were theirs `of_buyer` and `of_shop`."""
        size = len(self.theta)
        held = np.bincount(self.buyer_group[buyers], of_buyer[buyers], minlength=size)
        sold = np.bincount(self.shop_group[shops], of_shop[shops], minlength=size)
        return float(held @ self.theta @ sold)


def pairs(buyer: Ints, shop: Ints, buyers: int, shops: int) -> Pairs:
    """The distinct pairs among deals (`buyer[k]`, `shop[k]`). O(deals log deals)."""
    keys = np.unique(buyer.astype(np.int64) * shops + shop)
    return Pairs(keys // shops, keys % shops, buyers, shops)


def null(pairs: Pairs, shop_group: Ints | None = None) -> Null:
    """The null model of `pairs`. `shop_group`: a small whole number a shop (its main category); None: all alike.

    A buyer's group is the one it has most pairs with; of equals the first.
    """
    groups = np.zeros(pairs.shops, dtype=np.int64) if shop_group is None else shop_group
    size = int(groups.max(initial=0)) + 1
    tastes = np.bincount(pairs.buyer * size + groups[pairs.shop], minlength=pairs.buyers * size)
    own = tastes.reshape(pairs.buyers, size).argmax(axis=1)
    seen = np.bincount(own[pairs.buyer] * size + groups[pairs.shop], minlength=size * size).reshape(size, size)
    by_chance = np.outer(seen.sum(axis=1), seen.sum(axis=0)) / max(len(pairs.buyer), 1)
    theta = (seen + SMOOTHING) / (by_chance + SMOOTHING) / max(len(pairs.buyer), 1)
    return Null(pairs.of_buyer.astype(float), pairs.of_shop.astype(float), own, groups, theta)

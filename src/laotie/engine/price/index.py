"""The relative price index and its points.

Index = landed price ÷ the trimmed median of what the same item usually costs at three sellers or more; where there are
not so many, the hedonic residual; else not comparable. Points are full at 1.00 and below, falling to 0 at 1.30: being
cheaper than the others earns nothing more. What cannot be compared gets the median points of its category.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from laotie.engine.price import clusters as same
from laotie.engine.price.hedonic import residuals
from laotie.engine.price.matching import codes
from laotie.engine.price.tokens import rows

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
SELLERS = 3
TRIM = 3.0  # a price more than so many times above or below the median is a slip of the pen or bait
FULL, NOTHING = 1.00, 1.30
ITEM, KIND, NONE = "item", "kind", "none"


@dataclass(frozen=True, slots=True)
class Index:
    """One row a listing. `basis`: item, kind or none; `index` NaN for none; `sellers`: of the same item, with a price;
    `points` 0 … 1, NaN only where nothing in the market can be compared; `cluster`: which are the same item."""

    index: Floats
    basis: NDArray[np.str_]
    sellers: Ints
    points: Floats
    landed: Floats
    cluster: Ints


def index(listings: pa.Table, cluster: Ints | None = None) -> Index:
    """The index of every listing (see `listings.SCHEMA`). `cluster`: the same items where they are known already."""
    cluster = same.clusters(listings) if cluster is None else cluster
    now, usual = landed(listings)
    seller, category = codes(listings["seller"]), codes(listings["category"])
    middle, sellers = medians(cluster, seller, usual)
    figure = np.where(sellers >= SELLERS, now / middle, np.nan)
    by_item = ~np.isnan(figure)
    by_kind = residuals(listings, rows(listings), now, cluster) if not by_item.all() else figure
    figure = np.where(by_item, figure, by_kind)
    basis = np.where(by_item, ITEM, np.where(np.isnan(figure), NONE, KIND))
    return Index(figure, basis, sellers, _filled(points(figure), category), now, cluster)


def landed(listings: pa.Table) -> tuple[Floats, Floats]:
    """Price + freight − public discounts, now and usually; NaN where there is no price. Missing parts are nothing."""
    price, usual, freight, discount = (
        np.asarray(listings[name].to_numpy(zero_copy_only=False), dtype=float)
        for name in ("price", "usual", "freight", "discount")
    )
    beside = np.nan_to_num(freight, nan=0.0) - np.nan_to_num(discount, nan=0.0)
    usual = np.where(np.isnan(usual), price, usual)
    return _real(price + beside), _real(usual + beside)


def medians(cluster: Ints, seller: Ints, price: Floats) -> tuple[Floats, Ints]:
    """For each listing the trimmed median of its cluster over sellers, each seller's lowest, and how many there are.

    Listings without a price or a seller (−1) say nothing of others.
    """
    size = int(cluster.max(initial=-1)) + 1
    middle, sellers = np.full(size, np.nan), np.zeros(size, dtype=np.int64)
    known = np.flatnonzero(~np.isnan(price) & (seller >= 0))
    order = known[np.lexsort((price[known], seller[known], cluster[known]))]
    first = np.append(True, (np.diff(cluster[order]) != 0) | (np.diff(seller[order]) != 0))[: len(order)]
    lowest = order[first]
    starts = np.flatnonzero(np.append(True, np.diff(cluster[lowest]) != 0)[: len(lowest)])
    for begin, end in zip(starts, np.append(starts[1:], len(lowest))[: len(starts)], strict=True):
        kept = _trimmed(price[lowest[begin:end]])
        middle[cluster[lowest[begin]]], sellers[cluster[lowest[begin]]] = np.median(kept), len(kept)
    return middle[cluster], sellers[cluster]


def points(index: Floats) -> Floats:
    """Full at 1.00 and below, 0 at 1.30 and above; NaN stays NaN."""
    earned: Floats = np.clip((NOTHING - index) / (NOTHING - FULL), 0.0, 1.0)
    return earned


def _trimmed(prices: Floats) -> Floats:
    middle = np.median(prices)
    return prices[(prices <= TRIM * middle) & (prices * TRIM >= middle)]


def _real(price: Floats) -> Floats:
    """Prices of nothing and less are none."""
    return np.where(price > 0, price, np.nan)


def _filled(earned: Floats, category: Ints) -> Floats:
    """What cannot be compared gets the median of its category, else of all."""
    missing, filled = np.isnan(earned), earned.copy()
    if missing.all():
        return filled
    everyone = float(np.median(earned[~missing]))
    filled[missing] = everyone
    for kind in np.unique(category[missing]):
        own = (category == kind) & ~missing
        if own.any():
            filled[missing & (category == kind)] = np.median(earned[own])
    return filled

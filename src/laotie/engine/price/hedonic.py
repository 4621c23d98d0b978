"""What a thing of its kind costs, where it has no equal: log price from brand, words and facts, by category.

Ridge regression, each fifth of a category predicted from the other four, so that no price explains itself; residuals
are centred on their median. Rosen 1974; the ridge because a category has more words than goods.
"""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import linalg

from laotie.engine.price.matching import codes
from laotie.engine.price.tokens import Rows, unit

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
LEAST = 200  # priced items of a category
FOLDS = 5
RIDGE = 0.1
SEEN = 3  # goods of the category that a word or fact must be of to say anything of a price


def residuals(listings: pa.Table, rows: Rows, price: Floats, item: Ints) -> Floats:
    """How many times dearer than its kind each listing is (1: as dear); NaN where its category is too small.

    `price`: NaN where missing. `item`: the cluster of each: listings of one item are in one fold.
    """
    category, brand = codes(listings["category"]), codes(listings["brand"])
    brands = sparse.csr_array(
        (np.ones(len(brand)), (np.arange(len(brand)), brand + 1)), shape=(len(brand), int(brand.max(initial=-1)) + 2)
    )
    features = sparse.hstack([unit(rows.words), unit(rows.facts) * 0.5, brands], format="csr")
    dear = np.full(len(price), np.nan)
    priced = ~np.isnan(price) & (price > 0) & (category >= 0)
    for kind in np.unique(category[priced]):
        own = np.flatnonzero(priced & (category == kind))
        if len(np.unique(item[own])) >= LEAST:
            known = features[own]
            known = known[:, np.flatnonzero(np.asarray((known > 0).sum(axis=0)).ravel() >= SEEN)]
            rest = _cross_fitted(known, np.log(price[own]), item[own] % FOLDS)
            dear[own] = np.exp(rest - np.median(rest))
    return dear


def _cross_fitted(features: sparse.csr_array, values: Floats, fold: Ints) -> Floats:
    """What of each value the others do not explain."""
    rest = np.empty(len(values))
    for number in range(FOLDS):
        out = fold == number
        middle = values[~out].mean()
        found = linalg.lsqr(features[~out], values[~out] - middle, damp=np.sqrt(RIDGE), iter_lim=200)[0]
        rest[out] = values[out] - middle - features[out] @ found
    return rest

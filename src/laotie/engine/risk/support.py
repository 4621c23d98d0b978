"""How far the shops that a buyer dealt with share more buyers than chance gives them.

Two shops with o buyers in common where chance gives e: their surprise is o·ln(o/e) − (o − e), the log-likelihood ratio
of a Poisson count, where o > e. A pair (buyer, shop) is supported by the surprise of that shop with each other shop of
the buyer, as far as it goes beyond `NOISE`. Sums of what is never negative: dealing elsewhere too takes nothing away.
"""

import numba
import numpy as np
from scipy import sparse

from laotie.engine.risk.market import Floats, Ints, Null, Pairs

NOISE = 3.0  # nats; one buyer in common by chance stays below it
MOST = 300  # a buyer with more shops supports nothing: its pairs are common to everything


def support(pairs: Pairs, null: Null) -> Floats:
    """The support of every pair, in nats, ≥ 0. O(Σ shops²) over buyers."""
    moderate = pairs.of_buyer <= MOST
    surprise = _surprise(pairs, null, moderate)
    starts = np.where(moderate[:, None], np.stack([pairs.starts[:-1], pairs.starts[1:]], axis=1), 0)
    found: Floats = _support(starts, pairs.shop, surprise.indptr.astype(np.int64), surprise.indices, surprise.data)
    return found


def _surprise(pairs: Pairs, null: Null, moderate: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> sparse.csr_array:
    """Shops × shops, symmetric: what the surprise of each two goes beyond the noise."""
    kept = moderate[pairs.buyer]
    ones = np.ones(int(kept.sum()))
    table = sparse.csr_array((ones, (pairs.buyer[kept], pairs.shop[kept])), shape=(pairs.buyers, pairs.shops))
    common = (table.T @ table).tocoo()
    twice = null.of_buyer * np.maximum(null.of_buyer - 1, 0) * moderate
    held = np.bincount(null.buyer_group, twice, minlength=len(null.theta))
    both = null.theta.T @ (held[:, None] * null.theta)
    two = common.row != common.col
    first, second, seen = common.row[two], common.col[two], common.data[two]
    expected = null.of_shop[first] * null.of_shop[second] * both[null.shop_group[first], null.shop_group[second]]
    beyond = np.where(seen > expected, seen * np.log(seen / expected) - (seen - expected), 0.0) - NOISE
    kept = beyond > 0
    found = sparse.csr_array((beyond[kept], (first[kept], second[kept])), shape=common.shape)
    found.sort_indices()
    return found


@numba.njit(cache=True)  # type: ignore[untyped-decorator]
def _support(buyers: Ints, shop: Ints, starts: Ints, others: Ints, surprise: Floats) -> Floats:
    support = np.zeros(len(shop))
    for buyer in range(len(buyers)):
        for one in range(buyers[buyer, 0], buyers[buyer, 1]):
            row = others[starts[shop[one]] : starts[shop[one] + 1]]
            for two in range(one + 1, buyers[buyer, 1]):
                place = np.searchsorted(row, shop[two])
                if place < len(row) and row[place] == shop[two]:
                    found = surprise[starts[shop[one]] + place]
                    support[one] += found
                    support[two] += found
    return support

"""Who deals with whom in an honest market, and a block planted into it.

10,000 buyers × 2,000 shops in 20 categories. Shops' popularity is Zipf-like, a buyer makes a geometric number of deals
(5 in the mean, some 50), six of ten in the two categories it likes. A block is 200 accounts × 20 shops, each cell
filled with probability `density`; with camouflage every account also deals as often elsewhere, at popular shops most,
so that half of its deals look real. Its shops are ordinary ones with honest buyers of their own.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
BUYERS, SHOPS, CATEGORIES = 10_000, 2_000, 20
FAKES, TAKERS = 200, 20


@dataclass(frozen=True)
class Market:
    """Deals as (buyer, shop); `category` of each shop; planted `fakes` and `takers`, and which deals are `planted`."""

    buyer: Ints
    shop: Ints
    category: Ints
    fakes: Ints
    takers: Ints
    planted: NDArray[np.bool_]


def honest(random: np.random.Generator, buyers: int = BUYERS, shops: int = SHOPS) -> tuple[Ints, Ints, Ints]:
    """Buyer and shop of each honest deal, and the shops' categories."""
    category = random.integers(0, CATEGORIES, shops)
    fame = 1.0 / (np.arange(shops) + 10.0) ** 0.8
    random.shuffle(fame)
    count = random.geometric(0.2, buyers)
    buyer = np.repeat(np.arange(buyers), count)
    likes = random.integers(0, CATEGORIES, (buyers, 2))
    wanted = likes[buyer, random.integers(0, 2, len(buyer))]
    anywhere = random.random(len(buyer)) > 0.6
    shop = random.choice(shops, len(buyer), p=fame / fame.sum())
    for kind in range(CATEGORIES):
        own, of_kind = (wanted == kind) & ~anywhere, category == kind
        chance = np.where(of_kind, fame, 0)
        shop[own] = random.choice(shops, int(own.sum()), p=chance / chance.sum())
    return buyer, shop, category


def planted(random: np.random.Generator, density: float, camouflage: float) -> Market:
    """A market with one block. `camouflage`: the share of the fakes' deals that lie elsewhere."""
    buyer, shop, category = honest(random)
    fakes = np.sort(random.choice(BUYERS, FAKES, replace=False))
    takers = np.sort(random.choice(SHOPS, TAKERS, replace=False))
    kept = ~np.isin(buyer, fakes)
    buyer, shop = buyer[kept], shop[kept]
    row, column = np.nonzero(random.random((FAKES, TAKERS)) < density)
    elsewhere = round(len(row) * camouflage / (1 - camouflage))
    popularity = np.bincount(shop, minlength=SHOPS) / len(shop)
    hidden = random.choice(row, elsewhere) if elsewhere else row[:0]
    return Market(
        buyer=np.concatenate([buyer, fakes[row], fakes[hidden]]),
        shop=np.concatenate([shop, takers[column], random.choice(SHOPS, elsewhere, p=popularity)]),
        category=category,
        fakes=fakes,
        takers=takers,
        planted=np.concatenate([np.zeros(len(buyer)), np.ones(len(row)), np.zeros(elsewhere)]).astype(bool),
    )


def fans(random: np.random.Generator) -> tuple[Market, int]:
    """An honest market with hosts whose 150 fans buy at the same 4 shops, two of them each; and how many such hosts."""
    buyer, shop, category = honest(random)
    groups = 5
    for _ in range(groups):
        crowd, shelves = random.choice(BUYERS, 150, replace=False), random.choice(SHOPS, 4, replace=False)
        row, column = np.nonzero(random.random((150, 4)) < 0.5)
        buyer, shop = np.concatenate([buyer, crowd[row]]), np.concatenate([shop, shelves[column]])
    nobody = np.zeros(0, dtype=np.int64)
    return Market(buyer, shop, category, nobody, nobody, np.zeros(len(buyer), dtype=bool)), groups

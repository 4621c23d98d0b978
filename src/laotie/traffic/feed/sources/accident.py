"""A sample of everything, for the random arm: what nobody would have proposed has its chance, and is learnt about."""

import numpy as np

from laotie.engine.matching.noise import uniform
from laotie.kit import clock
from laotie.places.search import queries as search
from laotie.places.search.contracts import Columns, Sort
from laotie.traffic.feed.contracts import Asking

SAMPLES = 12
TOGETHER = 4  # neighbours in time of listing: a fourth of the look-ups, and still everything is alike likely


def propose(asking: Asking) -> Columns:
    """The same for everybody within a minute."""
    whole, minute = search.size(), int(clock.now().timestamp()) // 60
    starts = [int(uniform(minute, number) * whole) for number in range(SAMPLES)]
    parts = [search.columns(asking.filters, Sort.NEWEST, TOGETHER, start) for start in starts]
    names = Columns.__slots__
    return Columns(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))

"""Oscillation: shops that were good for a while and now harvest.

A score hears of a deal when it matures; complaints come sooner. A shop whose complaints of the last days could hardly
come from its own record is turning: its record is a beta posterior, the recent count beta-binomial under it.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.stats import betabinom

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
CHANCE = 1e-5


def turning(
    recent_n: Ints, recent_bad: Ints, a: Floats, b: Floats, *, chance: float = CHANCE, least: int = 5
) -> NDArray[np.bool_]:
    """Shops with `least` recent bad deals or more of `recent_n`, less likely than `chance` under Beta(a, b)."""
    tail = betabinom.sf(recent_bad - 1, recent_n, a, b)
    marked: NDArray[np.bool_] = (recent_bad >= least) & (tail < chance)
    return marked

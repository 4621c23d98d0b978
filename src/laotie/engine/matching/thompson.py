"""Beta–Thompson sampling with its propensities: the chance of each arm to be the best, and a draw from those chances.

Thompson (1933), "On the likelihood that one unknown probability exceeds another": an arm is chosen as often as it is
believed to be the best. The chances are integrated on a grid, so that what is recorded is what was drawn from.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc

Floats = NDArray[np.float64]
GRID = np.concatenate([[0.0], np.geomspace(1e-6, 1.0, 256)])


def best_chances(alpha: Floats, beta: Floats) -> Floats:
    """The chance (M,) of each arm, whose rate is Beta(alpha, beta), to have the highest rate. Sums to 1."""
    if not len(alpha):
        return np.zeros(0)
    below = betainc(alpha[:, None], beta[:, None], GRID[None, :])
    inside = np.diff(below, axis=1)
    under = np.log(np.maximum((below[:, 1:] + below[:, :-1]) / 2, 1e-300))
    others = np.exp(under.sum(axis=0)[None, :] - under)
    chances = (inside * others).sum(axis=1)
    return np.asarray(chances / chances.sum(), np.float64)

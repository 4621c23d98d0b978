"""Making a map: where the first and third quartile of a market's official entities are to stand.

Used once, when a rulebook is made; from then on the map is fixed, and if all improve, all rise.
"""

from collections.abc import Iterable

import numpy as np

from laotie.engine.scores.points import OFFICIAL, Scores
from laotie.engine.scores.rulebook import Line

LOWEST, HIGHEST = 3.0, 5.0
DIGITS = 3


def fit_map(markets: Iterable[Scores], good: float = 4.40, leading: float = 4.70) -> Line:
    """The map by which at most a quarter of the official entities stands below `good`, and a quarter at `leading`.

    Raises ValueError where there are too few of them, or none apart.
    """
    totals = np.concatenate([scores.total[scores.status == OFFICIAL] for scores in markets])
    if len(totals) < 4:
        raise ValueError(f"a map needs at least 4 official scores, there are {len(totals)}")
    low = float(np.floor(np.quantile(totals, 0.25, method="lower") * 10**DIGITS) / 10**DIGITS)
    high = round(float(np.quantile(totals, 0.75)), DIGITS)
    if not 0 < low < high < 1:
        raise ValueError(f"the quartiles of the totals ({low}, {high}) do not lie apart between 0 and 1")
    return Line((0.0, low, high, 1.0), (LOWEST, good, leading, HIGHEST))

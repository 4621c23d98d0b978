"""From changes of price to the price that counts on a day, and the usual one of the 30 days before it.

A price counts once it stood for 24 hours without a break. The usual price is the median over time of the 30 days before
the present price began (or before now, where it stands for longer), hours of each price as its weight: raising a price
for less than half of that time before cutting it moves nothing.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
LEAST_HOURS = 24.0
USUAL_DAYS = 30.0


@dataclass(frozen=True, slots=True)
class Shown:
    """One row an offer, 0 … offers − 1; NaN where nothing was shown long enough. `now` counts; `usual`: see above."""

    now: Floats
    usual: Floats

    @property
    def cut(self) -> Floats:
        """How much lower than usual, 0 … 1; 0 for what is no cut."""
        cut: Floats = np.maximum(1 - self.now / self.usual, 0.0)
        return np.nan_to_num(cut, nan=0.0)


def shown(offer: Ints, at: Floats, price: Floats, moment: Floats | float, offers: int) -> Shown:
    """What counts at `moment`. `at`: days, when `price[k]` (NaN: not on sale) of `offer[k]` began; any order."""
    order = np.lexsort((at, offer))
    offer, at, price = offer[order], at[order], price[order]
    now, usual = np.full(offers, np.nan), np.full(offers, np.nan)
    ends = np.cumsum(np.bincount(offer, minlength=offers))
    moments = np.broadcast_to(np.asarray(moment, dtype=float), (offers,))
    for number in np.unique(offer):
        first, last = ends[number - 1] if number else 0, ends[number]
        now[number], usual[number] = _one(at[first:last], price[first:last], float(moments[number]))
    return Shown(now, usual)


def _one(at: Floats, price: Floats, moment: float) -> tuple[float, float]:
    """Of one offer, its changes in order of time."""
    known = at <= moment
    at, price = at[known], price[known]
    fresh = np.append(True, (price[1:] != price[:-1]) & ~(np.isnan(price[1:]) & np.isnan(price[:-1])))[: len(at)]
    at, price = at[fresh], price[fresh]
    if not len(at) or np.isnan(price[-1]):
        return np.nan, np.nan
    until = np.append(at[1:], moment)
    long = until - at >= LEAST_HOURS / 24
    counted = np.flatnonzero(long & ~np.isnan(price))
    if not len(counted):
        return np.nan, np.nan
    place = counted[-1]
    began = float(at[place]) if place and moment - at[place] < USUAL_DAYS else moment
    usual = _median(price, np.minimum(until, began) - np.maximum(at, began - USUAL_DAYS))
    return float(price[place]), float(price[place]) if np.isnan(usual) else usual


def _median(price: Floats, weight: Floats) -> float:
    """The price below which half of the time lies. NaN where there was none."""
    kept = (weight > 0) & ~np.isnan(price)
    if not kept.any():
        return np.nan
    order = np.argsort(price[kept], kind="stable")
    reached = np.cumsum(weight[kept][order])
    return float(price[kept][order][np.searchsorted(reached, reached[-1] / 2)])

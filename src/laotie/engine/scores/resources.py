"""From a score to what it opens: a continuous multiplier of exposures, and few gates."""

import numpy as np
from numpy.typing import NDArray

from laotie.engine.scores.points import GOOD, LEADING, OFFICIAL, WEAK
from laotie.engine.scores.rulebook import ResourceRule

Floats = NDArray[np.float64]
STEPS = (WEAK, GOOD, LEADING)


def multipliers(
    figures: Floats, deals: NDArray[np.int64], category: NDArray[np.str_], rule: ResourceRule, least: int
) -> Floats:
    """clip(2^(rho z)): z = (score − p50) / (p90 − p50) among the entities of the category, rho = n / (n + rule.rho).

    A category of fewer than `least` entities is measured against all: the only one of its kind is not its own measure.
    p90 − p50 is at least rule.spread: where scores hardly differ, neither do multipliers. Entities without deals are
    not compared with, and have 1.
    """
    z, known = np.zeros(len(figures)), deals > 0
    for name in np.unique(category[known]):
        own = (category == name) & known
        peers = figures[own] if np.count_nonzero(own) >= least else figures[known]
        middle, high = np.quantile(peers, [0.5, 0.9])
        z[own] = (figures[own] - middle) / max(high - middle, rule.spread)
    rho = deals / (deals + rule.rho)
    return np.clip(np.exp2(rho * z), *rule.multiplier)


def may_offer_plans(band: str, status: str, rule: ResourceRule) -> bool:
    """Whether a shop may offer commission plans. Without an official score it is not barred."""
    return status != OFFICIAL or STEPS.index(band) >= STEPS.index(rule.plans_from)


def settlement_days(band: str, status: str, rule: ResourceRule) -> int:
    """Days from signing until a shop has its money; without an official score those of `good`."""
    return rule.settlement[band if status == OFFICIAL else GOOD]

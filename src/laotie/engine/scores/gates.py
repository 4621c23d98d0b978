"""Hard gates, judged by the favourable end of the 90 % credible interval: one bad in thirty is not 3.3 %."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv

from laotie.engine.scores.metrics import HIGHER, REGISTRY
from laotie.engine.scores.points import OFFICIAL, Scores
from laotie.engine.scores.rulebook import Gate

Floats = NDArray[np.float64]
TAIL = 0.05  # on either side of the interval


def closed(scores: Scores, gate: Gate) -> NDArray[np.bool_]:
    """Whether the gate is closed, for each entity. It never is without an official score or without the fact."""
    metric = next((metric for metric in scores.metrics if metric.name == gate.metric), None)
    if metric is None:
        return np.zeros(len(scores.total), dtype=np.bool_)
    favourable = np.zeros(len(scores.total))
    for name in np.unique(scores.evidence.category):
        own = scores.evidence.category == name
        prior = metric.at(str(name))[0]
        favourable[own] = favourable_end(metric.n[own], metric.bad[own], prior.a, prior.b, gate.metric)  # type: ignore[attr-defined]
    beyond = favourable < gate.above if REGISTRY[gate.metric].better == HIGHER else favourable > gate.above
    shut: NDArray[np.bool_] = (scores.status == OFFICIAL) & (metric.n > 0) & beyond
    return shut


def favourable_end(n: Floats, bad: Floats, a: float, b: float, metric: str) -> Floats:
    """The end of the 90 % credible interval of a rate that speaks for the entity."""
    share = 1 - TAIL if REGISTRY[metric].better == HIGHER else TAIL
    bad = np.minimum(bad, n)
    found: Floats = betaincinv(bad + a, n - bad + b, share)
    return found

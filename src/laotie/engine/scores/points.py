"""From evidence to a score: shrunk rates, points on the category's curve, one fixed map, status and band."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import beta

from laotie.engine.scores.evidence import Evidence
from laotie.engine.scores.prior import Beta, by_category
from laotie.engine.scores.rulebook import Cohort, Dimension, Line, Rulebook

Floats = NDArray[np.float64]
LEADING, GOOD, WEAK = "leading", "good", "weak"
NONE, PROVISIONAL, OFFICIAL = "none", "provisional", "official"


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric of all entities: the shrunk bad rate, the category's mean, points (0 … 1), weight, contribution."""

    name: str
    dimension: str
    weight: float
    n: Floats
    bad: Floats
    rate: Floats
    benchmark: Floats
    points: Floats
    priors: dict[str, Beta]

    @property
    def contribution(self) -> Floats:
        return self.weight * self.points


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of a day, one row an entity. `total` is the sum of contributions; `score` is it on the map, to 1e-4.

    `absent` names metrics of which the market has no fact; their weight went to the others.
    """

    evidence: Evidence
    metrics: tuple[Metric, ...]
    absent: tuple[str, ...]
    total: Floats
    score: Floats
    status: NDArray[np.str_]
    band: NDArray[np.str_]


def score(evidence: Evidence, entity: str, rulebook: Rulebook) -> Scores:
    """Score every entity of `evidence` by the dimensions of `entity` ("shop", "product")."""
    weights, absent = effective_weights(rulebook.dimensions[entity], evidence)
    metrics = tuple(_metric(evidence, *place, weight, rulebook) for place, weight in weights.items())
    total = np.zeros(len(evidence.entity))
    for metric in metrics:  # a fixed order: the sum of floats depends on it
        total = total + metric.contribution
    figures = np.round(on_line(rulebook.map, total), 4)
    return Scores(
        evidence, metrics, absent, total, figures, status(evidence.deals, rulebook.cohort), band(figures, rulebook)
    )


def effective_weights(
    dimensions: tuple[Dimension, ...], evidence: Evidence
) -> tuple[dict[tuple[str, str], float], tuple[str, ...]]:
    """Weights that sum to 1 over (dimension, metric) of which the market has facts, and the names of the others.

    An absent metric's weight stays in its dimension; an absent dimension's is shared by all in proportion.
    """
    shares: dict[tuple[str, str], float] = {}
    absent = []
    for dimension in dimensions:
        present = [(name, w) for name, w in dimension.metrics if evidence.n[name].any()]
        absent += [name for name, _ in dimension.metrics if not evidence.n[name].any()]
        held = sum(w for _, w in present)
        shares |= {(dimension.name, name): dimension.weight * w / held for name, w in present}
    whole = sum(shares.values())
    return {place: share / whole for place, share in shares.items()}, tuple(absent)


def status(deals: NDArray[np.int64], rule: Cohort) -> NDArray[np.str_]:
    """none without a matured deal, provisional below `enough`, else official."""
    return np.where(deals == 0, NONE, np.where(deals < rule.enough, PROVISIONAL, OFFICIAL))


def band(figures: Floats, rulebook: Rulebook) -> NDArray[np.str_]:
    """The band that a figure lies in today; how long it must lie there is the business of `settled_band`."""
    bands = rulebook.bands
    return np.where(figures >= bands.leading, LEADING, np.where(figures >= bands.good, GOOD, WEAK))


def settled_band(before: str, figures: Floats, rulebook: Rulebook) -> str:
    """The band after the days of `figures` (oldest first): it moves after `days` beyond the line by `margin`."""
    bands = rulebook.bands
    recent = figures[-bands.days :]
    if len(recent) < bands.days:
        return before
    lines = {LEADING: bands.leading, GOOD: bands.good}
    names = [WEAK, GOOD, LEADING]
    place = names.index(before)
    while place < 2 and (recent >= lines[names[place + 1]] + bands.margin).all():
        place += 1
    while place > 0 and (recent < lines[names[place]] - bands.margin).all():
        place -= 1
    return names[place]


def on_line(line: Line, x: Floats) -> Floats:
    """The line's height at `x`, flat beyond its ends."""
    return np.interp(x, line.x, line.y)


def rate_points(rate: Floats, prior: Beta, curve: Line) -> Floats:
    """Points of bad rates: their place among the prior of the category, on the curve."""
    return on_line(curve, beta.cdf(rate, prior.a, prior.b))


def _metric(evidence: Evidence, dimension: str, name: str, weight: float, rulebook: Rulebook) -> Metric:
    n, bad = evidence.n[name], evidence.bad[name]
    priors = by_category(evidence.category, evidence.plain_n[name], evidence.plain_bad[name], rulebook.prior)
    rate, benchmark, points = (np.zeros(len(n)) for _ in range(3))
    for category, prior in priors.items():
        own = evidence.category == category
        rate[own] = (bad[own] + prior.a) / (n[own] + prior.strength)
        benchmark[own] = prior.mean
        points[own] = rate_points(rate[own], prior, rulebook.curve)
    return Metric(name, dimension, weight, n, bad, rate, benchmark, points, priors)

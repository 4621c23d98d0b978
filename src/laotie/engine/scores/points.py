"""From evidence to a score: shrunk values, points on the category's curve, deductions, one fixed map, status, band."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from laotie.engine.scores.curves import Curves, fitted, lines, points_of_each
from laotie.engine.scores.evidence import Evidence, Stats
from laotie.engine.scores.keys import Ints, Texts, distinct
from laotie.engine.scores.prior import Prior, of_each
from laotie.engine.scores.rulebook import Cohort, Dimension, Line, Rulebook

Floats = NDArray[np.float64]
Coded = tuple[Texts, Ints]  # sorted names, and each row's place among them
LEADING, GOOD, WEAK = "leading", "good", "weak"
NONE, PROVISIONAL, OFFICIAL = "none", "provisional", "official"
BY_MARKET, BY_ENTITY = "market", "entity"  # why a metric is absent: its weight is shared; the category's prior counts


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric of all entities: the shrunk value (`rate`), the category's, points (0 … 1), weight, contribution."""

    name: str
    dimension: str
    weight: float
    stats: Stats
    rate: Floats
    benchmark: Floats
    points: Floats
    priors: dict[str, Prior]
    lines: dict[str, Line]

    @property
    def n(self) -> Floats:
        return self.stats.n

    @property
    def bad(self) -> Floats:
        return self.stats.a

    @property
    def contribution(self) -> Floats:
        return self.weight * self.points

    def at(self, category: str) -> tuple[Prior, Line]:
        """The prior and the curve of a category, else those of all."""
        name = category if category in self.priors else ""
        return self.priors[name], self.lines[name]


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of a day, one row an entity.

    `total` is the sum of contributions less `deduction`; `score` is it on the map, to 1e-4. `absent` names metrics of
    which the market has no fact; their weight went to the others.
    """

    evidence: Evidence
    metrics: tuple[Metric, ...]
    absent: tuple[str, ...]
    deduction: Floats
    total: Floats
    score: Floats
    status: NDArray[np.str_]
    band: NDArray[np.str_]
    curves: Curves


def score(
    evidence: Evidence,
    entity: str,
    rulebook: Rulebook,
    curves: Curves | None = None,
    deductions: Mapping[str, float] | None = None,
) -> Scores:
    """Score every entity of `evidence` by the dimensions of `entity` ("shop", "product", "creator").

    `curves`: what stands this week; without them they are fitted on this evidence. `deductions`: points by entity.
    """
    curves = curves or fitted(evidence, entity, date.min, rulebook)
    weights, absent = effective_weights(rulebook.dimensions[entity], curves.priors)
    categories = distinct(evidence.category)
    metrics = tuple(_metric(evidence, categories, curves, place, w, rulebook.curve) for place, w in weights.items())
    whole = np.zeros(len(evidence.entity))
    for metric in metrics:  # a fixed order: the sum of floats depends on it
        whole += metric.contribution
    deduction = np.minimum(_deducted(evidence, deductions or {}), whole)
    total = whole - deduction
    figures = np.round(on_line(rulebook.map, total), 4)
    return Scores(
        evidence,
        metrics,
        absent,
        deduction,
        total,
        figures,
        status(evidence.deals, rulebook.cohort),
        band(figures, rulebook),
        curves,
    )


def effective_weights(
    dimensions: tuple[Dimension, ...], present: Iterable[str]
) -> tuple[dict[tuple[str, str], float], tuple[str, ...]]:
    """Weights that sum to 1 over (dimension, metric) of which the market has facts, and the names of the others.

    An absent metric's weight stays in its dimension; an absent dimension's is shared by all in proportion.
    """
    shares: dict[tuple[str, str], float] = {}
    known, absent = set(present), []
    for dimension in dimensions:
        there = [(name, w) for name, w in dimension.metrics if name in known]
        absent += [name for name, _ in dimension.metrics if name not in known]
        held = sum(w for _, w in there)
        shares |= {(dimension.name, name): dimension.weight * w / held for name, w in there}
    whole = sum(shares.values())
    return {place: share / whole for place, share in shares.items()}, tuple(absent)


def status(deals: NDArray[np.int64], rule: Cohort) -> NDArray[np.str_]:
    """none without a matured deal, provisional below `enough`, else official."""
    return np.array([NONE, PROVISIONAL, OFFICIAL])[(deals > 0).astype(np.int8) + (deals >= rule.enough)]


def band(figures: Floats, rulebook: Rulebook) -> NDArray[np.str_]:
    """The band that a figure lies in today; how long it must lie there is the business of `settled_band`."""
    bands = rulebook.bands
    return np.array([WEAK, GOOD, LEADING])[(figures >= bands.good).astype(np.int8) + (figures >= bands.leading)]


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


def _deducted(evidence: Evidence, deductions: Mapping[str, float]) -> Floats:
    found = np.zeros(len(evidence.entity))
    for entity, points in deductions.items():
        row = int(np.searchsorted(evidence.entity, entity))
        if row < len(found) and evidence.entity[row] == entity:
            found[row] = points
    return found


def _metric(  # noqa: PLR0917
    evidence: Evidence, categories: Coded, curves: Curves, place: tuple[str, str], weight: float, curve: Line
) -> Metric:
    dimension, name = place
    stats, priors = evidence.stats.get(name) or _nothing(len(evidence.entity)), curves.priors[name]
    distinct = {id(prior): prior for prior in priors.values()}  # thin categories share one
    shared, own_lines = list(distinct.values()), lines(list(distinct.values()), name, curve)
    which = {key: number for number, key in enumerate(distinct)}
    names, row = categories
    own = np.array([which[id(priors.get(each, priors[""]))] for each in names.tolist()], dtype=np.intp)[row]
    rate = of_each(shared, own).shrunk(stats.n, stats.a, stats.b)
    benchmark = np.array([prior.mean for prior in shared])[own]
    points = points_of_each(rate, own_lines, own)
    of_category = {category: own_lines[which[id(prior)]] for category, prior in priors.items()}
    return Metric(name, dimension, weight, stats, rate, benchmark, points, priors, of_category)


def _nothing(size: int) -> Stats:
    return Stats(*[np.zeros(size)] * 6)

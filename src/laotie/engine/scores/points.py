"""From evidence to a score: shrunk values, points on the category's curve, deductions, one fixed map, status, band."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from laotie.engine.scores.curves import Curves, fitted, lines, points_of
from laotie.engine.scores.evidence import Evidence, Stats
from laotie.engine.scores.keys import coded
from laotie.engine.scores.prior import Prior
from laotie.engine.scores.rulebook import Cohort, Dimension, Line, Rulebook

Floats = NDArray[np.float64]
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
    groups = _grouped(evidence.category)
    metrics = tuple(_metric(evidence, groups, curves, place, w, rulebook.curve) for place, w in weights.items())
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


@dataclass(frozen=True, slots=True)
class _Groups:
    """Rows by category: `order` puts those of each beside one another, from `starts` on; its last is the end."""

    order: NDArray[np.int64]
    names: tuple[str, ...]
    starts: tuple[int, ...]

    def by_prior(self, priors: Mapping[str, Prior]) -> Iterable[tuple[Prior, slice]]:
        """Each prior with ordered rows that it is for: one may come several times."""
        mine = [priors.get(name, priors[""]) for name in self.names]
        for _, run in groupby(range(len(mine)), key=lambda place: id(mine[place])):
            places = list(run)
            yield mine[places[0]], slice(self.starts[places[0]], self.starts[places[-1] + 1])


def _grouped(category: NDArray[np.str_]) -> _Groups:
    names, place = coded(pa.chunked_array([pa.array(category)]))
    order = np.argsort(place.astype(np.int32), kind="stable")  # of small whole numbers: no text is compared
    starts = np.concatenate([[0], np.cumsum(np.bincount(place, minlength=len(names)))])
    return _Groups(order, tuple(map(str, names)), tuple(map(int, starts)))


def _metric(  # noqa: PLR0917
    evidence: Evidence, groups: _Groups, curves: Curves, place: tuple[str, str], weight: float, curve: Line
) -> Metric:
    dimension, name = place
    stats, priors = evidence.stats.get(name) or _nothing(len(evidence.entity)), curves.priors[name]
    distinct = {id(prior): prior for prior in priors.values()}
    own_lines = dict(zip(distinct, lines(list(distinct.values()), name, curve), strict=True))
    n, a, b = (values[groups.order] for values in (stats.n, stats.a, stats.b))
    rate, benchmark, points = (np.zeros(len(n)) for _ in range(3))
    for prior, own in groups.by_prior(priors):
        rate[own] = prior.shrunk(n[own], a[own], b[own])
        benchmark[own] = prior.mean
        points[own] = points_of(rate[own], own_lines[id(prior)])
    for values in (rate, benchmark, points):
        values[groups.order] = values.copy()
    of_category = {category: own_lines[id(prior)] for category, prior in priors.items()}
    return Metric(name, dimension, weight, stats, rate, benchmark, points, priors, of_category)


def _nothing(size: int) -> Stats:
    return Stats(*[np.zeros(size)] * 6)

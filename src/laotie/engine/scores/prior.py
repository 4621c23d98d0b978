"""The prior of a category: what is known of an entity before its own deals speak.

Rates: beta-binomial, fitted to the entities' rates by moments (Kleinman 1973, "Proportions with extraneous variance"),
with the strength bounded by the rulebook. Times and amounts: normal–normal on the logarithm, its spread by moments
(Hedges and Olkin 1985, "variance components"). Points judged elsewhere: their median. A thin category borrows from the
one above it.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, ndtri

from laotie.engine.scores.evidence import Stats
from laotie.engine.scores.metrics import Kind
from laotie.engine.scores.rulebook import PriorRule
from laotie.engine.scores.sides import STEP, STEPS

Floats = NDArray[np.float64]
LN2 = float(np.log(2))
POINTS = 10_000.0  # of a table's `a`
FARTHEST = 4.0  # standard deviations at which a curve on the logarithm ends
NARROWEST = 0.05  # least spread of a normal prior, on the natural logarithm


class Prior(ABC):
    """What a category's entities are like. Values are rates, minutes, minor units per 1,000 exposures or points."""

    @property
    @abstractmethod
    def mean(self) -> float:
        """The value of an entity of which nothing is known."""

    @abstractmethod
    def shrunk(self, n: Floats, a: Floats, b: Floats) -> Floats:
        """The value of entities with these weighted sums."""

    @abstractmethod
    def deviation(self, n: Floats, a: Floats, b: Floats) -> Floats:
        """The posterior standard deviation of that value."""

    @abstractmethod
    def quantiles(self, shares: Floats) -> Floats:
        """The values below which `shares` of the prior lie, rising with them."""

    def kept(self) -> dict[str, Any]:
        """As JSON; `restored` reads it."""
        fields: dict[str, Any] = asdict(self)  # type: ignore[call-overload]
        return {"family": type(self).__name__} | fields


@dataclass(frozen=True, slots=True)
class Beta(Prior):
    """`a` bad and `b` good deals' worth of belief; the mean bad rate is a / (a + b).

    Where bad is so rare that a < 1, most of the prior lies at nought and its mean far above its median: who is unknown
    would be called bad. Quantiles are therefore those of the prior with the same mean and `a` and `b` of 1 or more.
    """

    a: float
    b: float

    @property
    def mean(self) -> float:
        return self.a / (self.a + self.b)

    @property
    def strength(self) -> float:
        return self.a + self.b

    def shrunk(self, n: Floats, a: Floats, b: Floats) -> Floats:
        found: Floats = (np.minimum(a, n) + self.a) / (n + self.strength)
        return found

    def deviation(self, n: Floats, a: Floats, b: Floats) -> Floats:
        rate = self.shrunk(n, a, b)
        found: Floats = np.sqrt(rate * (1 - rate) / (n + self.strength + 1))
        return found

    def quantiles(self, shares: Floats) -> Floats:
        found: Floats = quantiles_of([self], shares)[0]
        return found


@dataclass(frozen=True, slots=True)
class LogNormal(Prior):
    """Values whose logarithm is normal about `middle` with `spread`; one case scatters by `noise` about its entity."""

    middle: float
    spread: float
    noise: float

    @property
    def mean(self) -> float:
        return float(np.exp(self.middle))

    def shrunk(self, n: Floats, a: Floats, b: Floats) -> Floats:
        log, k = self.observed(n, a, b)
        trust = k / (k + (self.noise / self.spread) ** 2)
        found: Floats = np.exp(self.middle + trust * (log - self.middle))
        return found

    def deviation(self, n: Floats, a: Floats, b: Floats) -> Floats:
        _log, k = self.observed(n, a, b)
        found: Floats = self.shrunk(n, a, b) / np.sqrt(1 / self.spread**2 + k / self.noise**2)
        return found

    def observed(self, n: Floats, a: Floats, b: Floats) -> tuple[Floats, Floats]:
        """(the logarithm that was seen, on how many cases it rests)"""
        seen = n > 0
        steps = np.divide(a, n, out=np.zeros_like(n), where=seen)
        return np.where(seen, steps_to_log(steps), self.middle), np.where(seen, n, 0.0)

    def quantiles(self, shares: Floats) -> Floats:
        z = np.clip(ndtri(shares), -FARTHEST, FARTHEST)
        found: Floats = np.exp(self.middle + self.spread * z)
        return found


@dataclass(frozen=True, slots=True)
class Amount(LogNormal):
    """Value for every thousand exposures. Half a typical deal is added to what was seen, so that none is nothing."""

    value: float  # of a typical deal
    shown: float  # exposures that bring one

    def observed(self, n: Floats, a: Floats, b: Floats) -> tuple[Floats, Floats]:
        value = np.maximum(a, 0.0) + self.value / 2
        found: Floats = np.log(1000 * value / (b + self.shown / 2))
        seen = b > 0
        return np.where(seen, found, self.middle), np.where(seen, np.maximum(n, b / self.shown), 0.0)


@dataclass(frozen=True, slots=True)
class Median(Prior):
    """Points that were judged elsewhere; who has none gets the median."""

    points: float

    @property
    def mean(self) -> float:
        return self.points

    def shrunk(self, n: Floats, a: Floats, b: Floats) -> Floats:
        return np.divide(a, n * POINTS, out=np.full_like(n, self.points), where=n > 0)

    def deviation(self, n: Floats, a: Floats, b: Floats) -> Floats:
        return np.zeros_like(n)

    def quantiles(self, shares: Floats) -> Floats:
        return shares


def of_each(priors: Sequence[Prior], place: NDArray[np.intp]) -> Prior:
    """One prior for many rows, whose figures are arrays: of each row those of the prior in its `place`. All are of one
    family, as those of a metric are; what it says element by element is what each would say."""
    figures = {field.name: [getattr(prior, field.name) for prior in priors] for field in fields(priors[0])}  # type: ignore[arg-type]
    together: Prior = type(priors[0])(**{name: np.array(values)[place] for name, values in figures.items()})
    return together


def quantiles_of(priors: Sequence[Prior], shares: Floats) -> Floats:
    """The quantiles of each prior, one a row; those of rates all at once."""
    found, rates = np.empty((len(priors), len(shares))), [p for p in priors if isinstance(p, Beta)]
    if rates:
        a, b = (np.array([getattr(prior, name) for prior in rates])[:, None] for name in "ab")
        scale = np.maximum(1.0, np.maximum(1 / a, 1 / b))
        found[[isinstance(p, Beta) for p in priors]] = betaincinv(a * scale, b * scale, shares)
    for row, prior in enumerate(priors):
        if not isinstance(prior, Beta):
            found[row] = prior.quantiles(shares)
    return found


FAMILIES: dict[str, Any] = {family.__name__: family for family in (Beta, LogNormal, Amount, Median)}


def restored(kept: Mapping[str, Any]) -> Prior:
    """A prior from what `kept` gave."""
    prior: Prior = FAMILIES[kept["family"]](**{name: value for name, value in kept.items() if name != "family"})
    return prior


def steps_to_log(steps: Floats) -> Floats:
    """From places on the scale of `sides.STEPS` to the natural logarithm of minutes."""
    minutes = np.log(np.array([0.5, *STEPS, STEPS[-1] * 2.0**STEP]))
    middles = (minutes[:-1] + minutes[1:]) / 2
    found: Floats = np.interp(steps, np.arange(len(middles)), middles)
    return found


def fit(n: Floats, bad: Floats, rule: PriorRule) -> Beta:
    """The prior of entities with `n` deals, `bad` of them bad, counted whole; half a bad one added, so none is zero."""
    whole = n.sum()
    mean = (bad.sum() + 0.5) / (whole + 1.0)
    rates = np.divide(bad, n, out=np.full_like(n, mean), where=n > 0)
    spread = (n * (rates - mean) ** 2).sum()
    expected = mean * (1 - mean) * max(np.count_nonzero(n) - 1, 0)
    excess = spread - expected
    information = whole - (n**2).sum() / whole if whole else 0.0
    variance = excess / information if information > 0 else 0.0
    strength = mean * (1 - mean) / variance - 1 if variance > 0 else np.inf
    strength = float(np.clip(strength, *rule.strength))
    return Beta(float(mean * strength), float((1 - mean) * strength))


def fit_times(n: Floats, a: Floats, b: Floats) -> LogNormal:
    """The prior of entities with `n` cases, `a` the sum and `b` the sum of squares of their steps."""
    held = n > 0
    n, a, b = n[held], a[held], b[held]
    if not len(n):
        return LogNormal(0.0, NARROWEST, 1.0)
    width = STEP * LN2  # a step on the natural logarithm
    within = (b - a**2 / n).sum() / max(n.sum() - len(n), 1.0)
    noise = max(float(np.sqrt(max(within, 0.0))) * width, NARROWEST)
    logs = steps_to_log(a / n)
    middle, spread = _between(logs, noise**2 / n)
    return LogNormal(middle, spread, noise)


def fit_amounts(n: Floats, a: Floats, b: Floats) -> Amount:
    """The prior of entities whose `n` deals brought `a` on `b` exposures. A deal's value scatters as its mean."""
    value, shown = a.sum() / max(n.sum(), 1.0) or 1.0, max(b.sum() / max(n.sum(), 1.0), 1.0)
    noise = float(np.sqrt(2.0))  # of the logarithm of a sum of deals whose number is Poisson and value exponential
    prior = Amount(float(np.log(1000 * value / shown)), 1.0, noise, float(value), float(shown))
    held = b > 0
    if not held.any():
        return prior
    logs, k = prior.observed(n[held], a[held], b[held])
    middle, spread = _between(logs, noise**2 / (k + 0.5))
    return Amount(middle, spread, noise, float(value), float(shown))


def _between(logs: Floats, variance: Floats) -> tuple[float, float]:
    """The mean of entities' true logarithms and their spread, from what was seen and its sampling variance.

    Entities count alike: weights that fall with the variance would follow the value, for who earns more has more deals.
    """
    between = max(float(np.var(logs, ddof=1) - variance.mean()), 0.0) if len(logs) > 1 else 0.0
    weight = 1 / (variance.mean() + between) if between else 1 / variance
    middle = float(np.average(logs, weights=np.broadcast_to(weight, logs.shape)))
    return middle, max(float(np.sqrt(between)), NARROWEST)


def fit_any(kind: Kind, stats: Stats, own: NDArray[np.bool_], rule: PriorRule) -> Prior:
    """The prior of the entities that are `own`, from what was counted whole."""
    n, a, b = stats.plain_n[own], stats.plain_a[own], stats.plain_b[own]
    if kind == Kind.TIME:
        return fit_times(n, a, b)
    if kind == Kind.AMOUNT:
        return fit_amounts(n, a, b)
    if kind == Kind.TABLE:
        held = n > 0
        return Median(float(np.median(a[held] / (n[held] * POINTS))) if held.any() else 0.5)
    return fit(n, np.minimum(a, n), rule)


def by_category(
    kind: Kind, category: NDArray[np.str_], stats: Stats, rule: PriorRule, parents: Mapping[str, str]
) -> dict[str, Prior]:
    """A prior for each category that occurs, and for all as ""; a thin one has that of the nearest above it."""
    enough = 1 if kind == Kind.TABLE else rule.deals  # what was judged elsewhere needs no deals
    priors: dict[str, Prior] = {"": fit_any(kind, stats, np.ones(len(category), dtype=np.bool_), rule)}
    names, place = np.unique(category, return_inverse=True)
    above = {str(name): _ancestors(str(name), parents) for name in names}
    for name in sorted({ancestor for line in above.values() for ancestor in line}):
        own = np.array([name in above[str(each)] for each in names], dtype=np.bool_)[place]
        if np.count_nonzero(stats.plain_n[own] >= enough) >= rule.entities:
            priors[name] = fit_any(kind, stats, own, rule)
    return {name: priors[next(a for a in (*line, "") if a in priors)] for name, line in above.items()} | {
        "": priors[""]
    }


def _ancestors(name: str, parents: Mapping[str, str]) -> tuple[str, ...]:
    """The category and what lies above it, nearest first."""
    line: list[str] = []
    while name and name not in line:
        line.append(name)
        name = parents.get(name, "")
    return tuple(line)

"""What a category's entities are measured against: a prior for each metric, and the curve through its quantiles.

Both are fitted on one day and stand for a week, so that a score moves by what an entity did and not by what its
neighbours did overnight.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laotie.engine.scores.evidence import Evidence
from laotie.engine.scores.loops import heights
from laotie.engine.scores.metrics import HIGHER, LOWER, REGISTRY, Kind
from laotie.engine.scores.prior import Prior, by_category, quantiles_of, restored
from laotie.engine.scores.rulebook import Line, Rulebook

Floats = NDArray[np.float64]
WEEK = 7


@dataclass(frozen=True, slots=True)
class Curves:
    """The priors of one kind of entity by metric and category ("" is all), fitted on `day` by a rulebook."""

    kind: str
    day: date
    rulebook: str
    priors: dict[str, dict[str, Prior]]

    def prior(self, metric: str, category: str) -> Prior:
        """The category's, else that of all. Raises KeyError where the market has no such facts."""
        found = self.priors[metric]
        return found.get(category, found[""])

    def kept(self) -> dict[str, Any]:
        """As JSON. Categories that share a prior share its place."""
        return {"kind": self.kind, "day": self.day.isoformat(), "rulebook": self.rulebook} | {
            "metrics": {metric: _packed(found) for metric, found in self.priors.items()}
        }

    @classmethod
    def restored(cls, kept: Mapping[str, Any]) -> "Curves":
        """From what `kept` gave, to the last digit."""
        priors = {metric: _unpacked(found) for metric, found in kept["metrics"].items()}
        return cls(kept["kind"], date.fromisoformat(kept["day"]), kept["rulebook"], priors)


def fitted(
    evidence: Evidence, kind: str, day: date, rulebook: Rulebook, parents: Mapping[str, str] | None = None
) -> Curves:
    """The curves of `day`. Metrics of which no entity has a fact get none: they are absent from this market."""
    return completed(Curves(kind, day, rulebook.version, {}), evidence, rulebook, parents)


def completed(
    standing: Curves, evidence: Evidence, rulebook: Rulebook, parents: Mapping[str, str] | None = None
) -> Curves:
    """The curves that stand, with those of metrics that the market has got facts of since; itself where none came."""
    wanted = dict.fromkeys(name for dimension in rulebook.dimensions[standing.kind] for name, _ in dimension.metrics)
    missing = [name for name in wanted if name not in standing.priors and _known(evidence, name)]
    if not missing:
        return standing
    priors = {
        name: by_category(REGISTRY[name].kind, evidence.category, evidence.stats[name], rulebook.prior, parents or {})
        for name in missing
    }
    return replace(standing, priors=standing.priors | priors)


def _known(evidence: Evidence, name: str) -> bool:
    stats = evidence.stats.get(name)
    return stats is not None and bool(stats.plain_n.any())


def freezing_day(day: date) -> date:
    """The Monday whose curves count on `day`."""
    return day - timedelta(days=day.weekday())


def line(prior: Prior, metric: str, curve: Line) -> Line:
    """Value → points: straight between the quantiles of the prior, flat beyond; `x` rises.

    The curve's `x` is the share of the prior that is better. Points judged elsewhere are what they are.
    """
    return lines([prior], metric, curve)[0]


def lines(priors: Sequence[Prior], metric: str, curve: Line) -> list[Line]:
    """The same of many priors."""
    spec = REGISTRY[metric]
    if spec.kind == Kind.TABLE:
        return [Line((0.0, 1.0), (0.0, 1.0))] * len(priors)
    better, points = np.array(curve.x), np.array(curve.y)
    shares, points = (better, points) if spec.better == LOWER else (1 - better[::-1], points[::-1])
    # quantiles of a narrow prior may meet in the last digit
    values = np.maximum.accumulate(quantiles_of(priors, shares), axis=1)
    return [Line(tuple(x), tuple(points.tolist())) for x in values.tolist()]


def points_of(values: Floats, own: Line) -> Floats:
    """Points at `values`; where quantiles meet the better points count."""
    found: Floats = np.interp(values, own.x, own.y)
    return found


def points_of_each(values: Floats, own: Sequence[Line], place: NDArray[np.intp]) -> Floats:
    """The same, each value on the line in its `place`, to the last digit. The lines have equally many corners."""
    x, y = (np.array([getattr(line, axis) for line in own]) for axis in "xy")
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):  # corners may meet: nothing is between
        slope = np.diff(y, axis=1) / np.diff(x, axis=1)
    found: Floats = heights(np.ascontiguousarray(values), np.ascontiguousarray(place), x, y, slope)
    return found


def reaching(own: Line, points: float, metric: str) -> float:
    """The value with `points` that is easiest to reach."""
    x, y = np.array(own.x), np.array(own.y)
    if REGISTRY[metric].better == HIGHER:
        return float(x[0]) if points <= y[0] else float(np.interp(points, *_strict(y, x)))
    return float(x[-1]) if points <= y[-1] else float(np.interp(points, *_strict(y[::-1], x[::-1])))


def _strict(points: Floats, values: Floats) -> tuple[Floats, Floats]:
    """Rising points, each with the first of its values."""
    rising, first = np.unique(points, return_index=True)
    return rising, values[first]


def _packed(found: dict[str, Prior]) -> dict[str, Any]:
    places: dict[int, int] = {}
    for prior in found.values():
        places.setdefault(id(prior), len(places))
    distinct = {id(prior): prior for prior in found.values()}
    return {
        "priors": [distinct[key].kept() for key in places],
        "categories": {category: places[id(prior)] for category, prior in found.items()},
    }


def _unpacked(kept: Mapping[str, Any]) -> dict[str, Prior]:
    priors = [restored(prior) for prior in kept["priors"]]
    return {category: priors[place] for category, place in kept["categories"].items()}

"""Where a score comes from: contributions that sum to it, and the deals that cost it most."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

import numpy as np
from ibis.expr.types import Table

from laotie.engine.scores.points import Metric, Scores, on_line, rate_points
from laotie.engine.scores.rulebook import METRICS, Rulebook

Deal = dict[str, Any]  # line_id, order_id, product_id, outcome, age, nth and a flag for each metric
DEAL = ("line_id", "order_id", "product_id", "outcome", "age", "nth")


@dataclass(frozen=True, slots=True)
class Part:
    """One metric's part of one entity's score.

    `n`, `bad`: weighted deals; `rate`: shrunk; `benchmark`: the category's mean; `contribution` = weight × points,
    and the contributions of an entity sum to its `total`. `stars` is the same share of the score above 3.00.
    """

    metric: str
    dimension: str
    weight: float
    n: float
    bad: float
    rate: float
    benchmark: float
    points: float
    contribution: float
    stars: float


@dataclass(frozen=True, slots=True)
class Cost:
    """A deal that went badly, and how much higher the score would stand had it gone well (score units, > 0).

    `age`: days since it matured.
    """

    line_id: str
    order_id: str
    product_id: str
    outcome: str
    metrics: tuple[str, ...]
    age: int
    cost: float


def parts(scores: Scores, entity: str) -> list[Part]:
    """The parts of `entity`'s score in the rulebook's order. Raises KeyError where it has none."""
    row = row_of(scores, entity)
    total, above = float(scores.total[row]), float(scores.score[row]) - 3.0
    return [_part(metric, row, total, above) for metric in scores.metrics]


def bad_deals(cohort: Table, kind: str, metrics: Iterable[str]) -> dict[str, list[Deal]]:
    """Every deal of the cohort that went badly by one of `metrics`, by its `kind` ("shop" or "product"). One query."""
    flags = list(metrics)
    hurt = reduce(or_, [cohort[m].fill_null(0) > 0 for m in flags])
    columns = {"entity": cohort[f"{kind}_id"]} | {name: cohort[name] for name in (*DEAL, *flags)}
    found: dict[str, list[Deal]] = defaultdict(list)
    for deal in cohort.filter(hurt).select(**columns).to_pyarrow().to_pylist():
        found[deal["entity"]].append(deal)
    return found


def costs(scores: Scores, bad: Iterable[Deal], entity: str, rulebook: Rulebook) -> list[Cost]:
    """What each of an entity's `bad` deals (see `bad_deals`) costs its score, dearest first."""
    row = row_of(scores, entity)
    window = int(scores.evidence.window[row])
    found = [_cost(scores, row, deal, rulebook) for deal in bad if deal["age"] < window]
    return sorted(found, key=lambda cost: (-cost.cost, cost.line_id))


def row_of(scores: Scores, entity: str) -> int:
    """The entity's row. Raises KeyError."""
    row = int(np.searchsorted(scores.evidence.entity, entity))
    if row == len(scores.evidence.entity) or scores.evidence.entity[row] != entity:
        raise KeyError(entity)
    return row


def _part(metric: Metric, row: int, total: float, above: float) -> Part:
    contribution = float(metric.contribution[row])
    return Part(
        metric=metric.name,
        dimension=metric.dimension,
        weight=metric.weight,
        n=float(metric.n[row]),
        bad=float(metric.bad[row]),
        rate=float(metric.rate[row]),
        benchmark=float(metric.benchmark[row]),
        points=float(metric.points[row]),
        contribution=contribution,
        stars=above * contribution / total if total else 0.0,
    )


def _cost(scores: Scores, row: int, deal: Deal, rulebook: Rulebook) -> Cost:
    weight = 2.0 ** (-deal["age"] / rulebook.cohort.half_life) / deal["nth"]
    hurt = tuple(m for m in METRICS if deal.get(m) == 1)
    better = 0.0
    for metric in scores.metrics:
        points = _mended(scores, metric, row, weight, rulebook) if metric.name in hurt else metric.points[row]
        better += metric.weight * float(points)
    figure = float(on_line(rulebook.map, np.array([better]))[0])
    now = float(on_line(rulebook.map, scores.total[row : row + 1])[0])
    return Cost(deal["line_id"], deal["order_id"], deal["product_id"], deal["outcome"], hurt, deal["age"], figure - now)


def _mended(scores: Scores, metric: Metric, row: int, weight: float, rulebook: Rulebook) -> float:
    """The metric's points had one bad deal of `weight` been good."""
    prior = metric.priors[str(scores.evidence.category[row])]
    rate = (max(metric.bad[row] - weight, 0.0) + prior.a) / (metric.n[row] + prior.strength)
    return float(rate_points(np.array([rate]), prior, rulebook.curve)[0])

"""Where a score comes from: contributions that sum to it, and the deals that cost it most."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

import ibis
import numpy as np
from ibis.expr.types import Table

from laotie.engine.scores.counting import SELLERS
from laotie.engine.scores.curves import points_of
from laotie.engine.scores.metrics import OF_DEALS, REGISTRY, REVIEWED
from laotie.engine.scores.points import BY_ENTITY, Metric, Scores, on_line
from laotie.engine.scores.rulebook import Rulebook
from laotie.engine.scores.weighing import weight_of

Deal = dict[str, Any]  # line_id, order_id, product_id, outcome, age, nth and a flag for each metric
DEAL = ("line_id", "order_id", "product_id", "outcome")
VIOLATIONS, DEDUCTION = "violations", "deduction"  # the part of judged violations: its metric and its dimension


@dataclass(frozen=True, slots=True)
class Part:
    """One metric's part of one entity's score.

    `n`, `bad`: weighted sums (see `sides`); `rate`: the shrunk value; `benchmark`: the category's; `contribution` =
    weight × points, and the contributions of an entity sum to its `total`. `stars` is the same share of the score above
    3.00. `kind`: rate, time (minutes), amount (minor units per 1,000 exposures) or table; `better`: lower or higher.
    `absent`: "entity" where nothing is known of it and the category's value stands in. What judged violations took off
    is a part of its own, with a contribution below nought.
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
    kind: str = "rate"
    better: str = "lower"
    absent: str = ""


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
    return parts_at(scores, row_of(scores, entity))


def parts_at(scores: Scores, row: int) -> list[Part]:
    """The parts of the score in a row."""
    total, above = float(scores.total[row]), float(scores.score[row]) - 3.0
    found = [_part(metric, row, total, above) for metric in scores.metrics]
    if scores.deduction[row] > 0:
        found.append(_violations(float(scores.deduction[row]), total, above))
    return found


def bad_deals(cohort: Table, kind: str, metrics: Iterable[str]) -> dict[str, list[Deal]]:
    """Every deal of the cohort that went badly by one of `metrics`, by its `kind` (shop, product, creator).

    A late review is of the day on which it was written, so that its deal may be here twice.
    """
    flags = [name for name in metrics if name in OF_DEALS]
    late = (cohort.review_day > cohort.day).fill_null(False)
    in_time = cohort.mutate(**{m: late.ifelse(ibis.null("int8"), cohort[m]) for m in flags if m in REVIEWED})
    told = cohort.filter(late).mutate(age=cohort.age + cohort.day - cohort.review_day)
    found: dict[str, list[Deal]] = defaultdict(list)
    for rows, names in ((in_time, flags), (told, [m for m in flags if m in REVIEWED])):
        for deal in _hurt(rows, kind, names):
            found[str(deal["entity"])].append(deal)
    return found


def costs(scores: Scores, bad: Iterable[Deal], entity: str, rulebook: Rulebook) -> list[Cost]:
    """What each of an entity's `bad` deals (see `bad_deals`) costs its score, dearest first."""
    row = row_of(scores, entity)
    window = int(scores.evidence.window[row])
    found = [_cost(scores, row, deal, rulebook) for deal in bad if 0 <= deal["age"] < window]
    return sorted(found, key=lambda cost: (-cost.cost, cost.line_id))


def row_of(scores: Scores, entity: str) -> int:
    """The entity's row. Raises KeyError."""
    row = int(np.searchsorted(scores.evidence.entity, entity))
    if row == len(scores.evidence.entity) or scores.evidence.entity[row] != entity:
        raise KeyError(entity)
    return row


def _hurt(rows: Table, kind: str, flags: list[str]) -> list[Deal]:
    if not flags:
        return []
    key, nth = SELLERS[kind]
    hurt = reduce(or_, [rows[m].fill_null(0) > 0 for m in flags])
    columns = {"entity": rows[key], "nth": rows[nth], "age": rows.age} | {name: rows[name] for name in (*DEAL, *flags)}
    deals: list[Deal] = rows.filter(hurt & rows[key].notnull()).select(**columns).to_pyarrow().to_pylist()
    return deals


def _part(metric: Metric, row: int, total: float, above: float) -> Part:
    contribution, spec = float(metric.contribution[row]), REGISTRY[metric.name]
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
        kind=spec.kind.value,
        better=spec.better,
        absent="" if metric.n[row] > 0 or metric.stats.b[row] > 0 else BY_ENTITY,
    )


def _violations(deduction: float, total: float, above: float) -> Part:
    stars = -above * deduction / total if total else 0.0
    return Part(VIOLATIONS, DEDUCTION, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, -deduction, stars, "table")


def _cost(scores: Scores, row: int, deal: Deal, rulebook: Rulebook) -> Cost:
    weight = weight_of(deal["age"], deal["nth"], int(scores.evidence.window[row]), rulebook.cohort)
    hurt = tuple(m for m in OF_DEALS if deal.get(m) == 1)
    better = -float(scores.deduction[row])
    for metric in scores.metrics:
        points = _mended(scores, metric, row, weight) if metric.name in hurt else metric.points[row]
        better += metric.weight * float(points)
    figure = float(on_line(rulebook.map, np.array([better]))[0])
    now = float(on_line(rulebook.map, scores.total[row : row + 1])[0])
    line, order, product = (str(deal[name]) for name in ("line_id", "order_id", "product_id"))
    return Cost(line, order, product, deal["outcome"], hurt, deal["age"], figure - now)


def _mended(scores: Scores, metric: Metric, row: int, weight: float) -> float:
    """The metric's points had one bad deal of `weight` been good."""
    prior, line = metric.at(str(scores.evidence.category[row]))
    n, a, b = (values[row : row + 1] for values in (metric.stats.n, metric.stats.a, metric.stats.b))
    return float(points_of(prior.shrunk(n, np.maximum(a - weight, 0.0), b), line)[0])

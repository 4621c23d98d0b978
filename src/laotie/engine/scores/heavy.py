"""Heavy actors: buyers without whom an official score would stand elsewhere.

Where leaving one buyer out moves an official score by more than two posterior standard errors, it is flagged and the
buyer's deals go to risk. Only buyers who came twice or more are looked at: one deal is what any buyer may weigh.
"""

from dataclasses import dataclass
from functools import reduce
from operator import or_

import numpy as np
from ibis.expr.types import Table
from numpy.typing import NDArray

from laotie.engine.scores.counting import SELLERS, once
from laotie.engine.scores.curves import points_of
from laotie.engine.scores.explaining import Deal, row_of
from laotie.engine.scores.metrics import OF_DEALS
from laotie.engine.scores.points import OFFICIAL, Metric, Scores
from laotie.engine.scores.rulebook import Cohort, Rulebook
from laotie.engine.scores.weighing import weight_of

Floats = NDArray[np.float64]
ERRORS = 2.0  # posterior standard errors


@dataclass(frozen=True, slots=True)
class Heavy:
    """`shift`: how far the total falls without the buyer (below nought: rises); `error`: its standard error."""

    entity: str
    buyer: str
    lines: tuple[str, ...]
    shift: float
    error: float


def heavy_actors(scores: Scores, cohort: Table, kind: str, rulebook: Rulebook) -> list[Heavy]:
    """Every (official entity, buyer) that is too heavy, in order of entity and buyer."""
    names = [metric.name for metric in scores.metrics if metric.name in OF_DEALS]
    if not names:
        return []
    errors = standard_errors(scores)
    found = []
    for (entity, buyer), deals in sorted(_regulars(cohort, kind, names, rulebook.cohort).items()):
        try:
            row = row_of(scores, entity)
        except KeyError:
            continue
        inside = [deal for deal in deals if 0 <= deal["age"] < scores.evidence.window[row]]
        if scores.status[row] != OFFICIAL or len(inside) < 2:
            continue
        shift = _shift(scores, row, inside, rulebook)
        if abs(shift) > ERRORS * errors[row]:
            lines = tuple(sorted(str(deal["line_id"]) for deal in inside))
            found.append(Heavy(entity, buyer, lines, shift, float(errors[row])))
    return found


def standard_errors(scores: Scores) -> Floats:
    """The posterior standard error of every total, by the slope of the curves where the values stand (delta method)."""
    variance = np.zeros(len(scores.total))
    names, place = np.unique(scores.evidence.category, return_inverse=True)
    for metric in scores.metrics:
        for index, name in enumerate(names):
            own = np.flatnonzero(place == index)
            variance[own] += _variance(metric, str(name), own)
    return np.sqrt(variance)


def _variance(metric: Metric, category: str, own: NDArray[np.int64]) -> Floats:
    prior, line = metric.at(category)
    stats, value = metric.stats, metric.rate[own]
    deviation = prior.deviation(stats.n[own], stats.a[own], stats.b[own])
    across = points_of(value + deviation, line) - points_of(np.maximum(value - deviation, 0.0), line)
    found: Floats = (metric.weight * across / 2) ** 2
    return found


def _regulars(cohort: Table, kind: str, names: list[str], rule: Cohort) -> dict[tuple[str, str], list[Deal]]:
    """The deals of buyers who met an entity's seller more than once."""
    key, nth = SELLERS[kind]
    again = cohort.filter((cohort[nth] > once(rule.windows)) & cohort[key].notnull() & cohort.buyer.notnull()).select(
        key, "buyer"
    )
    rows = cohort.semi_join(again.distinct(), [key, "buyer"])
    any_known = reduce(or_, [rows[m].notnull() for m in names])
    columns = {"entity": rows[key], "nth": rows[nth]} | {c: rows[c] for c in ("buyer", "line_id", "age", *names)}
    found: dict[tuple[str, str], list[Deal]] = {}
    for deal in rows.filter(any_known).select(**columns).to_pyarrow().to_pylist():
        found.setdefault((str(deal["entity"]), str(deal["buyer"])), []).append(deal)
    return found


def _shift(scores: Scores, row: int, deals: list[Deal], rulebook: Rulebook) -> float:
    """How far the total falls when the deals are left out."""
    weight = [weight_of(d["age"], d["nth"], int(scores.evidence.window[row]), rulebook.cohort) for d in deals]
    category, shift = str(scores.evidence.category[row]), 0.0
    for metric in scores.metrics:
        if metric.name not in OF_DEALS:
            continue
        n = sum(w for w, d in zip(weight, deals, strict=True) if d[metric.name] is not None)
        bad = sum(w for w, d in zip(weight, deals, strict=True) if d[metric.name] == 1)
        prior, line = metric.at(category)
        all_n, all_bad, b = (values[row : row + 1] for values in (metric.stats.n, metric.stats.a, metric.stats.b))
        points = points_of(prior.shrunk(np.maximum(all_n - n, 0.0), np.maximum(all_bad - bad, 0.0), b), line)
        shift += metric.weight * float(metric.points[row] - points[0])
    return shift

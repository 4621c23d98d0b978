"""A day's scores as tables: one row an entity, one row an entity and metric."""

from datetime import date

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from laotie.engine.scores.metrics import REGISTRY
from laotie.engine.scores.points import Metric, Scores
from laotie.engine.scores.rulebook import Rulebook

Floats = NDArray[np.float64]


def figures(scores: Scores, day: date, rulebook: Rulebook) -> pa.Table:
    """One row an entity: score, status, band, deals, and the points (0 … 1) of each dimension."""
    size = len(scores.evidence.entity)
    return pa.table(
        {
            "entity": scores.evidence.entity.tolist(),
            "day": [day] * size,
            "score": scores.score,
            "status": scores.status.tolist(),
            "band": scores.band.tolist(),
            "deals": scores.evidence.deals,
            "window": scores.evidence.window,
            "category": scores.evidence.category.tolist(),
        }
        | {f"points_{name}": points for name, points in dimensions(scores).items()}
        | {"deduction": scores.deduction, "total": scores.total}
        | {"rulebook": [f"{rulebook.name}-{rulebook.version}"] * size}
    )


def dimensions(scores: Scores) -> dict[str, Floats]:
    """The points of each dimension (0 … 1): the weighted mean of its metrics' points."""
    found: dict[str, Floats] = {}
    for name in dict.fromkeys(metric.dimension for metric in scores.metrics):
        own = [metric for metric in scores.metrics if metric.dimension == name]
        found[name] = np.sum([metric.contribution for metric in own], axis=0) / sum(metric.weight for metric in own)
    return found


def parts(scores: Scores) -> pa.Table:
    """One row an entity and metric, as explaining.Part; an entity's contributions, less its deduction, are its total,
    and `stars`, less that of its deduction, sum to its score above 3."""
    tables = [_part(scores, place, metric) for place, metric in enumerate(scores.metrics)]
    found = pa.concat_tables(tables).sort_by([("entity", "ascending"), ("place", "ascending")])
    return found.drop_columns(["place"])


def _part(scores: Scores, place: int, metric: Metric) -> pa.Table:
    entity, size = scores.evidence.entity, len(scores.evidence.entity)
    share = np.divide(scores.score - 3.0, scores.total, out=np.zeros(size), where=scores.total > 0)
    return pa.table(
        {
            "entity": entity.tolist(),
            "place": [place] * size,
            "metric": [metric.name] * size,
            "dimension": [metric.dimension] * size,
            "kind": [REGISTRY[metric.name].kind.value] * size,
            "weight": np.full(size, metric.weight),
            "n": metric.n,
            "bad": metric.bad,
            "plain_n": metric.stats.plain_n,
            "plain_bad": metric.stats.plain_a,
            "value": metric.rate,
            "benchmark": metric.benchmark,
            "points": metric.points,
            "contribution": metric.contribution,
            "stars": metric.contribution * share,
        }
    )

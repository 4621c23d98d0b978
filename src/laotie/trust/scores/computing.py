"""All scores of one day, from the engine's tables to rows ready to keep. No database."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from ibis.expr.types import Table

from laotie.engine.scores import counting, evidence, explaining, points, resources
from laotie.engine.scores.deals import Facts, deals
from laotie.engine.scores.points import Scores
from laotie.engine.scores.rulebook import Rulebook

MOST_COSTS = 10


@dataclass(frozen=True, slots=True)
class Day:
    """The scores of one kind on one day. `bad`: its bad deals by entity; `multiplier`: one an entity."""

    kind: str
    scores: Scores
    bad: dict[str, list[explaining.Deal]]
    multiplier: np.ndarray[Any, np.dtype[np.float64]]

    @property
    def entities(self) -> list[str]:
        return [str(entity) for entity in self.scores.evidence.entity]

    def parts(self, entity: str) -> list[explaining.Part]:
        return explaining.parts(self.scores, entity)

    def costs(self, entity: str, rulebook: Rulebook) -> list[explaining.Cost]:
        """The deals that cost an entity most, at most `MOST_COSTS`."""
        return explaining.costs(self.scores, self.bad.get(entity, ()), entity, rulebook)[:MOST_COSTS]


def compute(facts: Facts, day: date, rulebook: Rulebook, kinds: tuple[str, ...]) -> list[Day]:
    """Score every shop and product that has matured deals on `day`."""
    cohort = counting.cohort(deals(facts, rulebook.cohort), day, rulebook.cohort)
    return [_day(cohort, kind, rulebook) for kind in kinds]


def _day(cohort: Table, kind: str, rulebook: Rulebook) -> Day:
    weighed = evidence.weigh(counting.count(cohort, kind), rulebook.cohort)
    scores = points.score(weighed, kind, rulebook)
    multiplier = resources.multipliers(
        scores.score, weighed.deals, weighed.category, rulebook.resources, rulebook.prior.entities
    )
    bad = explaining.bad_deals(cohort, kind, [metric.name for metric in scores.metrics]) if scores.metrics else {}
    return Day(kind, scores, bad, multiplier)

"""All scores of one day, from the engine's tables to rows ready to keep. No database."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np

from laotie.engine.scores import explaining, gates, resources
from laotie.engine.scores.changing import Changes, Standpoint, changes
from laotie.engine.scores.curves import Curves
from laotie.engine.scores.deals import Facts
from laotie.engine.scores.heavy import Heavy, heavy_actors
from laotie.engine.scores.points import Scores
from laotie.engine.scores.rulebook import Rulebook
from laotie.engine.scores.scoring import Market, counted, scored

MOST_COSTS = 10


@dataclass(frozen=True, slots=True)
class Day:
    """The scores of one kind on one day. `bad`: its bad deals by entity; `multiplier`: one an entity; `closed`: for
    each gate of this kind whether it is closed, by row; `heavy`: actors that are too heavy; `changes` since the last
    day, where one was given."""

    kind: str
    scores: Scores
    bad: dict[str, list[explaining.Deal]]
    multiplier: np.ndarray[Any, np.dtype[np.float64]]
    closed: dict[str, np.ndarray[Any, np.dtype[np.bool_]]] = field(default_factory=dict)
    heavy: tuple[Heavy, ...] = ()
    changes: Changes | None = None

    @property
    def entities(self) -> list[str]:
        return [str(entity) for entity in self.scores.evidence.entity]

    def parts(self, entity: str) -> list[explaining.Part]:
        return explaining.parts(self.scores, entity)

    def costs(self, entity: str, rulebook: Rulebook) -> list[explaining.Cost]:
        """The deals that cost an entity most, at most `MOST_COSTS`."""
        return explaining.costs(self.scores, self.bad.get(entity, ()), entity, rulebook)[:MOST_COSTS]

    def gates(self, row: int) -> list[str]:
        """The names of the gates that are closed to the entity in a row."""
        return [name for name, shut in self.closed.items() if shut[row]]


def compute(
    facts: Facts, day: date, rulebook: Rulebook, kinds: tuple[str, ...], curves: Mapping[str, Curves] | None = None
) -> list[Day]:
    """Score every shop, product and creator of whom there are facts on `day`."""
    market = counted(facts, day, rulebook)
    return days_of(market, scored(market, rulebook, curves), rulebook, kinds)


def days_of(market: Market, found: Mapping[str, Scores], rulebook: Rulebook, kinds: tuple[str, ...]) -> list[Day]:
    """What was `found` of a counted market; of kinds that the rulebook does not score there is nothing."""
    return [_day(market, kind, found[kind], rulebook) for kind in kinds if kind in found]


def with_changes(days: list[Day], today: Standpoint, yesterday: Standpoint, old: Market | None) -> list[Day]:
    """The days, each with what changed since `yesterday`. `old`: today by yesterday's cohort, where they differ."""
    found = changes(yesterday, today, {day.kind: day.scores for day in days}, old)
    return [replace(day, changes=found[day.kind]) for day in days]


def _day(market: Market, kind: str, scores: Scores, rulebook: Rulebook) -> Day:
    evidence, cohort = scores.evidence, market.cohort
    multiplier = resources.multipliers(
        scores.score, evidence.deals, evidence.category, rulebook.resources, rulebook.prior.entities
    )
    names = [metric.name for metric in scores.metrics]
    return Day(
        kind,
        scores,
        explaining.bad_deals(cohort, kind, names) if cohort is not None else {},
        multiplier,
        {gate.name: gates.closed(scores, gate) for gate in rulebook.gates if gate.kind == kind},
        tuple(heavy_actors(scores, cohort, kind, rulebook)) if cohort is not None else (),
    )

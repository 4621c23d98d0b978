"""What changed since yesterday, in four parts that sum to the difference: new facts, facts that aged, benchmark, rule.

The score is walked from yesterday's to today's one cause at a time, each with all else as it then stood:
yesterday's counts a day older → today's counts → this week's curves → today's rulebook.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from laotie.engine.scores.curves import Curves
from laotie.engine.scores.points import Scores, on_line
from laotie.engine.scores.rulebook import Rulebook
from laotie.engine.scores.scoring import Market, scored

Floats = NDArray[np.float64]
WeekCurves = Mapping[str, Curves]


@dataclass(frozen=True, slots=True)
class Standpoint:
    """All that a day's scores were made of."""

    market: Market
    curves: WeekCurves
    rulebook: Rulebook


@dataclass(frozen=True, slots=True)
class Changes:
    """Score units, before rounding, one row an entity; an entity that yesterday did not know has only new facts."""

    entity: NDArray[np.str_]
    new: Floats
    aged: Floats
    benchmark: Floats
    rule: Floats

    def of(self, row: int) -> dict[str, float]:
        """The four parts of one entity."""
        return {name: float(getattr(self, name)[row]) for name in ("new", "aged", "benchmark", "rule")}


def changes(
    yesterday: Standpoint, today: Standpoint, now: Mapping[str, Scores], by_old_rule: Market | None = None
) -> dict[str, Changes]:
    """The changes by kind; `now` are today's scores. `by_old_rule`: today counted by yesterday's cohort,
    where rulebooks differ in it."""
    market, book = by_old_rule or today.market, yesterday.rulebook
    older = _older(yesterday.market, market)
    steps = [
        scored(yesterday.market, book, yesterday.curves),
        scored(older, book, yesterday.curves),
        scored(market, book, yesterday.curves),
        scored(market, book, today.curves),
    ]
    figures = [{kind: _figures(scores, book) for kind, scores in step.items()} for step in steps]
    return {
        kind: _changes(scores, [step.get(kind) for step in figures], today.rulebook) for kind, scores in now.items()
    }


def _older(yesterday: Market, today: Market) -> Market:
    """Yesterday's counts on today's day; of violations only what wore off."""
    days = (today.day - yesterday.day).days
    worn = {
        kind: {entity: min(points, today.deductions.get(kind, {}).get(entity, 0.0)) for entity, points in found.items()}
        for kind, found in yesterday.deductions.items()
    }
    if yesterday.later is None:
        raise ValueError("of the earlier day only its counts were kept, not how they age")
    tallies = yesterday.later(days)
    return replace(yesterday, day=today.day, tallies=tallies, deductions=worn, cohort=None)


def _figures(scores: Scores, book: Rulebook) -> tuple[NDArray[np.str_], Floats]:
    return scores.evidence.entity, on_line(book.map, scores.total)


def _changes(now: Scores, steps: list[tuple[NDArray[np.str_], Floats] | None], book: Rulebook) -> Changes:
    entity, last = now.evidence.entity, on_line(book.map, now.total)
    before, aged, new, benchmark = (_aligned(entity, step) for step in steps)
    new = np.where(np.isnan(new), last, new)
    benchmark = np.where(np.isnan(benchmark), new, benchmark)
    aged = np.where(np.isnan(aged), new, aged)
    before = np.where(np.isnan(before), aged, before)
    return Changes(entity, new - aged, aged - before, benchmark - new, last - benchmark)


def _aligned(entity: NDArray[np.str_], step: tuple[NDArray[np.str_], Floats] | None) -> Floats:
    if step is None or not len(step[0]):
        return np.full(len(entity), np.nan)
    names, values = step
    place = np.clip(np.searchsorted(names, entity), 0, len(names) - 1)
    return np.where(names[place] == entity, values[place], np.nan)

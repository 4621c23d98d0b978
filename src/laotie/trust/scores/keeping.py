"""Scores as rows: who gets one, and what is kept of how it came about."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

import numpy as np

from laotie.engine.scores.points import GOOD, NONE, WEAK, settled_band
from laotie.engine.scores.rulebook import Rulebook
from laotie.people.accounts import queries as accounts
from laotie.trust.scores import queries
from laotie.trust.scores.computing import Day
from laotie.trust.scores.contracts import CREATOR, PRODUCT, Run
from laotie.trust.scores.models import CurveSet, ScoreRow, ScoreRun


def keep(
    days: list[Day],
    day: date,
    series: str,
    *,
    rulebook: Rulebook,
    known_until: datetime,
    curves: CurveSet | None,
    floors: frozenset[str] = frozenset(),
) -> Run:
    """Write a run and its scores down. The band of the sellers in `floors` does not fall below good."""
    run = ScoreRun.objects.create(
        day=day,
        series=series,
        rulebook=f"{rulebook.name}-{rulebook.version}",
        known_until=known_until,
        absent={found.kind: list(found.scores.absent) for found in days},
        curves=curves,
        heavy=[asdict(actor) | {"kind": found.kind} for found in days for actor in found.heavy],
    )
    for found in days:
        ScoreRow.objects.bulk_create(_rows(run, found, rulebook, floors), batch_size=1000)
    return queries.run_view(run)


def entities(found: Day) -> Iterator[tuple[int, UUID]]:
    """(row, id) of every scored entity that the market knows: facts know creators by pseudonym, standing by account."""
    if found.kind != CREATOR:
        yield from ((row, UUID(entity)) for row, entity in enumerate(found.entities))
        return
    known = accounts.by_pseudonym(UUID(entity) for entity in found.entities)
    for row, entity in enumerate(found.entities):
        if UUID(entity) in known:
            yield row, known[UUID(entity)]


def _rows(run: ScoreRun, found: Day, rulebook: Rulebook, floors: frozenset[str]) -> Iterator[ScoreRow]:
    """A row for whoever has deals in the window, or had until now: their standing is to end with their score."""
    earlier = queries.recent_figures(found.kind, run.day, rulebook.bands.days - 1)
    for row, entity in entities(found):
        if found.scores.status[row] != NONE or entity in earlier:
            kept = ScoreRow(run=run, day=run.day, **_row(found, row, entity, earlier, rulebook))
            if kept.band == WEAK and found.kind != PRODUCT and str(entity) in floors:
                kept.band = GOOD
            yield kept


def _row(
    found: Day, row: int, entity: UUID, earlier: dict[UUID, tuple[str, list[float]]], rulebook: Rulebook
) -> dict[str, Any]:
    scores, name = found.scores, str(found.scores.evidence.entity[row])
    before, figures = earlier.get(entity, (str(scores.band[row]), []))
    return {
        "kind": found.kind,
        "entity_id": entity,
        "category": str(scores.evidence.category[row]),
        "score_e4": round(float(scores.score[row]) * 10_000),
        "total": float(scores.total[row]),
        "status": str(scores.status[row]),
        "band": settled_band(before, np.array([*figures, scores.score[row]]), rulebook),
        "window": int(scores.evidence.window[row]),
        "deals": int(scores.evidence.deals[row]),
        "parts": [asdict(part) for part in found.parts(name)],
        "costs": [asdict(cost) for cost in found.costs(name, rulebook)],
        "change": found.changes.of(row) if found.changes else None,
        "gates": found.gates(row),
    }

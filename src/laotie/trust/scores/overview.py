"""The market's scores from above: where they stand, and who moved most since the day before. For operators."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np

from laotie.engine.scores.points import OFFICIAL
from laotie.trust.scores.contracts import PUBLISHED
from laotie.trust.scores.models import ScoreRow, ScoreRun

BINS = 40  # from 3.00 to 5.00
STACKS = ("weak", "good", "leading", "unofficial")
MOST = 15


@dataclass(frozen=True, slots=True)
class Moved:
    entity_id: UUID
    before: float
    after: float
    band_before: str
    band: str


@dataclass(frozen=True, slots=True)
class Overview:
    """One kind on the newest published day. `stacks`: a count a bin for each of STACKS; `counts`: how many in each."""

    kind: str
    day: date
    rulebook: str
    count: int
    counts: dict[str, int]
    stacks: dict[str, tuple[int, ...]]
    quartiles: tuple[float, ...]
    turned: int
    rose: tuple[Moved, ...]
    fell: tuple[Moved, ...]


def overview(kind: str) -> Overview | None:
    """Of the newest published run; None before the first."""
    runs = list(ScoreRun.objects.filter(series=PUBLISHED).order_by("-day")[:2])
    if not runs:
        return None
    rows = list(ScoreRow.objects.filter(run=runs[0], kind=kind).values_list("entity_id", "score_e4", "status", "band"))
    official = [score / 10_000 for _, score, status, _ in rows if status == OFFICIAL]
    moved = _moved(kind, runs, rows)
    counts = Counter(_stack(status, band) for _, _, status, band in rows)
    return Overview(
        kind=kind,
        day=runs[0].day,
        rulebook=runs[0].rulebook,
        count=len(rows),
        counts={name: counts[name] for name in STACKS},
        stacks={name: _bins(row[1] for row in rows if _stack(*row[2:]) == name) for name in STACKS},
        quartiles=tuple(float(q) for q in np.quantile(official, [0.25, 0.5, 0.75])) if official else (),
        turned=sum(each.band != each.band_before for each in moved),
        rose=tuple(each for each in sorted(moved, key=_rise) if each.after > each.before)[:MOST],
        fell=tuple(each for each in sorted(moved, key=_rise, reverse=True) if each.after < each.before)[:MOST],
    )


def _stack(status: str, band: str) -> str:
    return band if status == OFFICIAL else "unofficial"


def _bins(scores_e4: Iterable[int]) -> tuple[int, ...]:
    counts, _ = np.histogram([score / 10_000 for score in scores_e4], bins=BINS, range=(3.0, 5.0))
    return tuple(int(count) for count in counts)


def _moved(kind: str, runs: list[ScoreRun], rows: list[tuple[UUID, int, str, str]]) -> list[Moved]:
    if len(runs) < 2:
        return []
    earlier = ScoreRow.objects.filter(run=runs[1], kind=kind).values_list("entity_id", "score_e4", "band")
    before = {entity: (score, band) for entity, score, band in earlier}
    return [
        Moved(entity, before[entity][0] / 10_000, score / 10_000, before[entity][1], band)
        for entity, score, _status, band in rows
        if entity in before
    ]


def _rise(moved: Moved) -> tuple[float, str]:
    return moved.before - moved.after, str(moved.entity_id)

"""What a table of scores says at a glance: who stands where and mostly why, who moved and by what."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laotie.engine.scores.explaining import Part
from laotie.engine.scores.metrics import REGISTRY, Kind
from laotie.engine.scores.points import NONE, OFFICIAL, Metric, Scores
from laotie.lab.scoring.day import Day

Floats = NDArray[np.float64]
FEW = 10  # official scores below which provisional ones are shown among them
CAUSES = ("new", "aged", "benchmark", "rule")


@dataclass(frozen=True, slots=True)
class Moved:
    """Entities with matured deals on both days: `change` in score units and the cause of most of it."""

    entity: list[str]
    score: Floats
    change: Floats
    cause: list[str]

    @property
    def compared(self) -> int:
        return len(self.entity)


def ranked(scores: Scores, *, best: bool) -> NDArray[np.int64]:
    """Rows from the best (worst), of official scores only where there are FEW or more; never those without a deal."""
    official = scores.status == OFFICIAL
    pool = official if official.sum() >= FEW else scores.status != NONE
    order = np.lexsort((scores.evidence.entity, -scores.score if best else scores.score))
    kept: NDArray[np.int64] = order[pool[order]]
    return kept


def reason_of(scores: Scores, row: int, *, best: bool) -> Metric:
    """The metric that lifts (lowers) the entity most beside one that stands in the middle of its category."""
    middle = _middle(scores)
    gains = [metric.weight * (float(metric.points[row]) - middle) for metric in scores.metrics]
    return scores.metrics[int(np.argmax(gains) if best else np.argmin(gains))]


def movers(found: Day, kind: str) -> Moved:
    """Who had matured deals on both days, and how far they went."""
    now, before = found.scores[kind], (found.before or {})[kind]
    changed = found.changes[kind]
    seen_before = np.isin(now.evidence.entity, before.evidence.entity[before.evidence.deals > 0])
    rows = np.flatnonzero((now.evidence.deals > 0) & seen_before)
    causes = np.stack([getattr(changed, cause)[rows] for cause in CAUSES])
    mostly = np.abs(causes).argmax(axis=0) if len(rows) else np.zeros(0, dtype=np.int64)
    return Moved(
        now.evidence.entity[rows].tolist(), now.score[rows], causes.sum(axis=0), [CAUSES[place] for place in mostly]
    )


def shown_rate(metric: str, value: float) -> str:
    """A metric's value with its unit."""
    kind = REGISTRY[metric].kind if metric in REGISTRY else Kind.TABLE
    if kind == Kind.RATE:
        return f"{100 * value:.2f} %"
    return f"{100 * value:.0f}" if kind == Kind.TABLE else f"{value:,.0f}"


def counted(part: Part) -> str:
    """A part's n as it is shown: weighted deals or cases."""
    return f"{part.n:.1f}" if part.n else "–"


def _middle(scores: Scores) -> float:
    """Points of whoever stands in the middle of the prior."""
    return float(np.mean([np.median(metric.points) for metric in scores.metrics])) if scores.metrics else 0.5

"""One score, explained: its parts that sum to it, the deals that cost most, what changed, what would raise it."""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

import numpy as np

from laotie.engine.scores import explaining, wishing
from laotie.engine.scores.explaining import Cost, Part
from laotie.engine.scores.points import Scores
from laotie.engine.scores.rulebook import Rulebook
from laotie.engine.scores.wishing import WhatIf
from laotie.kit.errors import NotFound
from laotie.lab.scoring.day import Day

DEAREST = 10  # deals shown


class NoSuchEntity(NotFound):
    code = "scoring.no_such"
    sentence = "There is no {kind} {entity} in it.{near}"


@dataclass(frozen=True, slots=True)
class Explanation:
    """`parts` sum to `total` by their contributions and to `score` − 3 by their stars. `changes`: score units since
    `since`, by cause; empty without an earlier day."""

    kind: str
    entity: str
    day: date
    score: float
    status: str
    band: str
    deals: int
    window: int
    category: str
    total: float
    rulebook: str
    parts: tuple[Part, ...]
    costs: tuple[Cost, ...] = ()
    absent: tuple[str, ...] = ()
    since: date | None = None
    changes: dict[str, float] = field(default_factory=dict)
    wish: WhatIf | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain values; days as ISO text."""
        return asdict(self) | {"day": self.day.isoformat(), "since": self.since.isoformat() if self.since else None}


def explain(found: Day, kind: str, entity: str, target: float | None = None) -> Explanation:
    """Explain one score of the day. Raises NoSuchEntity."""
    scores = found.scores.get(kind)
    if scores is None:
        raise NoSuchEntity(kind=kind, entity=entity, near="")
    name = _known(scores, kind, entity)
    row, book = explaining.row_of(scores, name), found.rulebook
    parts = tuple(explaining.parts_at(scores, row))
    wish = wishing.what_if(parts, str(scores.evidence.category[row]), scores.curves, target, book) if target else None
    return Explanation(
        kind=kind,
        entity=name,
        day=found.day,
        score=float(scores.score[row]),
        status=str(scores.status[row]),
        band=str(scores.band[row]),
        deals=int(scores.evidence.deals[row]),
        window=int(scores.evidence.window[row]),
        category=str(scores.evidence.category[row]),
        total=float(scores.total[row]),
        rulebook=f"{book.name}-{book.version}",
        parts=parts,
        costs=_costs(found, scores, kind, name, book),
        absent=scores.absent,
        since=found.earlier.day if found.earlier else None,
        changes=_changes(found, kind, name),
        wish=wish,
    )


def _known(scores: Scores, kind: str, entity: str) -> str:
    """The whole key that `entity` is, or begins. Raises NoSuchEntity, naming near ones."""
    names = scores.evidence.entity
    if entity in names:
        return entity
    near = [str(name) for name in names[np.char.startswith(names, entity)][:4]] if entity else []
    if len(near) == 1:
        return near[0]
    hint = f" These begin so: {', '.join(near)}." if near else f" It has {len(names):,}, such as {names[0]}."
    raise NoSuchEntity(kind=kind, entity=entity, near=hint)


def _costs(found: Day, scores: Scores, kind: str, entity: str, book: Rulebook) -> tuple[Cost, ...]:
    """The dearest deals of one entity; the query asks for its deals alone."""
    if found.market.cohort is None:
        return ()
    cohort = found.market.cohort
    own = cohort.filter(cohort[f"{kind}_id"].cast("string") == entity)
    bad = explaining.bad_deals(own, kind, [metric.name for metric in scores.metrics])
    return tuple(explaining.costs(scores, bad.get(entity, ()), entity, book)[:DEAREST])


def _changes(found: Day, kind: str, entity: str) -> dict[str, float]:
    changed = found.changes.get(kind)
    return changed.of(int(np.searchsorted(changed.entity, entity))) if changed is not None else {}

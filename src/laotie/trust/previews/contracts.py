"""What a trial leaves: how it stands, what it would do to the market, and to one seller. No framework."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class State(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


STEPS = 4  # read and score by today's rulebook, score by the tried one, compare, keep


@dataclass(frozen=True, slots=True)
class Mover:
    """One of the largest changes. Shares are of all exposures of the kind, all else being equal."""

    entity_id: UUID
    before: float
    after: float
    band_before: str
    band_after: str
    share_before: float
    share_after: float


@dataclass(frozen=True, slots=True)
class KindResult:
    """What a rulebook would do to one kind of score.

    `bands`: (before, after, how many) of those who change band; `traffic`: Σ|Δ share of exposures|; `gini` of the
    shares; `new_*`: entities without an official score, and their share of exposures; `quartiles`: of official scores;
    `histogram`: how many stand from 3.00 on in steps of 0.05; `plans_*`, `sooner`, `later`: rights of sellers.
    """

    kind: str
    count: int
    bands: tuple[tuple[str, str, int], ...]
    rose: int
    fell: int
    traffic: float
    gini_before: float
    gini_after: float
    new_count: int
    new_before: float
    new_after: float
    quartiles_before: tuple[float, ...]
    quartiles_after: tuple[float, ...]
    histogram_before: tuple[int, ...]
    histogram_after: tuple[int, ...]
    plans_lost: int
    plans_won: int
    sooner: int
    later: int
    movers: tuple[Mover, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """A trial. `step` of STEPS are done; `results` are there once it is done."""

    id: UUID
    name: str
    version: str
    base: str
    day: date
    state: State
    step: int
    asked_at: datetime
    asked_by: UUID | None
    ended_at: datetime | None
    results: tuple[KindResult, ...]

    @property
    def waiting(self) -> bool:
        return self.state in (State.WAITING, State.RUNNING)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What one entity would have by a rulebook."""

    score: float
    band: str
    multiplier: float
    may_offer_plans: bool
    settlement_days: int


@dataclass(frozen=True, slots=True)
class Effect:
    """What a coming rulebook would make of one entity, by the facts of `day`."""

    version: str
    name: str
    effective_from: date
    day: date
    before: Outlook
    after: Outlook


def result_of(kept: dict[str, Any]) -> KindResult:
    """A result as it was kept in JSON."""
    movers = tuple(Mover(**mover | {"entity_id": UUID(mover["entity_id"])}) for mover in kept["movers"])
    lists = {name: tuple(value) for name, value in kept.items() if isinstance(value, list)}
    return KindResult(**kept | lists | {"bands": tuple((a, b, n) for a, b, n in kept["bands"]), "movers": movers})

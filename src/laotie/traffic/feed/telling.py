"""A record as its page tells it: the same for HTML and REST, of nothing but what was recorded."""

from dataclasses import dataclass
from datetime import datetime
from math import exp
from uuid import UUID

from laotie.traffic.feed import words
from laotie.traffic.feed.contracts import Record
from laotie.trust.scores import queries as scores
from laotie.trust.scores.contracts import CREATOR, PRODUCT, SHOP


@dataclass(frozen=True, slots=True)
class Factor:
    """A multiplier (None: nothing was decided) and the score it came of, where its run still stands."""

    multiplier: float | None
    score: float | None
    run: str


@dataclass(frozen=True, slots=True)
class Told:
    """Why something was shown. `chance`: of standing in this place, given those above it (0 … 1)."""

    decision: UUID
    position: int
    at: datetime
    kind: str
    item: UUID
    seller: UUID
    arm: str
    headline: str
    parts: list[tuple[str, float]]
    score: float
    multiplier: float
    of_item: Factor
    of_seller: Factor
    chance: float
    candidates: int
    dropped: list[tuple[str, int]]
    policy: str
    rules: list[str]
    model: str
    place: int


def told(record: Record, position: int) -> Told:
    """What the record says of one slot."""
    fact = record.fact
    return Told(
        decision=fact.decision,
        position=position,
        at=record.at,
        kind=fact.kinds[position],
        item=fact.items[position],
        seller=fact.sellers[position],
        arm=fact.arms[position],
        headline=words.headline(fact, position),
        parts=words.parts(fact, position),
        score=fact.score_e6[position] / 1e6,
        multiplier=fact.multiplier_bp[position] / 10_000,
        of_item=_factor(record, PRODUCT, fact.items[position], fact.item_bp[position], fact.item_by[position]),
        of_seller=_factor(
            record,
            _seller_kind(fact.kinds[position]),
            fact.sellers[position],
            fact.seller_bp[position],
            fact.seller_by[position],
        ),
        chance=exp(fact.log_propensity_e6[position] / 1e6),
        candidates=fact.candidates,
        dropped=[
            (words.rule(name), count) for name, count in zip(fact.dropped_rules, fact.dropped_counts, strict=True)
        ],
        policy=f"{fact.policy} ({fact.policy_version})",
        rules=fact.rules,
        model=fact.model,
        place=fact.first + position + 1,
    )


def _seller_kind(kind: str) -> str:
    """Whose score the seller of a slot has: a room's is its host."""
    return CREATOR if kind == "session" else SHOP


def _factor(record: Record, kind: str, entity: UUID, points: int, by: int) -> Factor:
    if points < 0:
        return Factor(None, None, "")
    run = record.fact.decided_by[by] if by >= 0 else ""
    return Factor(points / 10_000, _score(run, kind, entity), run)


def _score(run: str, kind: str, entity: UUID) -> float | None:
    """The score that the run named in a standing gave; None where the name tells of no run, or it gave none."""
    try:
        found = scores.in_run(UUID(run.rpartition("/")[2]), kind, entity)
    except ValueError:
        return None
    return found.score if found else None

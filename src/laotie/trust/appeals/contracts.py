"""An appeal, and the facts that it leaves; the void of a deal is `trust.voids`'."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from laotie.stream.facts import Fact, fact

WITHIN_DAYS = 7  # after a deal matured, or a violation was judged
SEASON_DAYS = 90  # in which one claim of a malicious review needs no judge, and two or three give a floor
FLOOR_FROM, FLOOR_TO = 2, 3


class State(StrEnum):
    OPEN = "open"
    UPHELD = "upheld"
    REJECTED = "rejected"


class Subject(StrEnum):
    """Against what: a deal that costs the score, or a judged violation."""

    DEAL = "deal"
    VIOLATION = "violation"


class Ground(StrEnum):
    """Why: the whole of it should not count; or only its review, which was written to harm."""

    WRONG = "wrong"
    MALICIOUS = "malicious"


@dataclass(frozen=True, slots=True)
class Appeal:
    """A seller's word against what hurts a score (`kind`, `entity_id`). `subject_id`: the line, or the violation.

    `cost` is what it cost the score when the appeal was made; `order_id` and `product_id` are there for deals.
    """

    id: UUID
    kind: str
    entity_id: UUID
    seller_id: UUID
    subject: Subject
    subject_id: UUID
    ground: Ground
    order_id: UUID | None
    product_id: UUID | None
    outcome: str
    cost: float
    words: str
    state: State
    made_at: datetime
    answer: str
    judged_at: datetime | None


@fact("appeal.made", version=1)
@dataclass(frozen=True, slots=True)
class AppealMade(Fact):
    """A seller appealed. Until it is judged, what it is against is held: it counts in no score."""

    appeal_id: UUID
    subject: str
    subject_id: UUID
    ground: str
    seller_id: UUID


@fact("appeal.judged", version=1)
@dataclass(frozen=True, slots=True)
class AppealJudged(Fact):
    """An appeal was judged: upheld or rejected. What was held counts again, unless a void says otherwise."""

    appeal_id: UUID
    verdict: str


@fact("review.voided", version=1)
@dataclass(frozen=True, slots=True)
class ReviewVoided(Fact):
    """A review counts in no score any more, its deal still does. `rule`: appeal, or the first one of a season."""

    line_id: UUID
    rule: str
    cause_id: UUID

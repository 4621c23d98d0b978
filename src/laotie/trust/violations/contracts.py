"""A violation, the rules that can be broken, and the facts that judging leaves."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from laotie.stream.facts import Fact, fact


class Rule(StrEnum):
    """Which rule was broken. What it usually costs is in USUAL."""

    MISLEADING = "misleading"
    COUNTERFEIT = "counterfeit"
    FORBIDDEN = "forbidden"
    OFF_PLATFORM = "off_platform"
    FAKE_DEALS = "fake_deals"
    BOUGHT_REVIEWS = "bought_reviews"
    ABUSE = "abuse"
    OTHER = "other"


USUAL_BP: dict[Rule, int] = {
    # basis points of the whole total of points, from which the score is made
    Rule.MISLEADING: 300,
    Rule.COUNTERFEIT: 2000,
    Rule.FORBIDDEN: 1000,
    Rule.OFF_PLATFORM: 500,
    Rule.FAKE_DEALS: 1000,
    Rule.BOUGHT_REVIEWS: 500,
    Rule.ABUSE: 500,
    Rule.OTHER: 200,
}
LEAST_BP, MOST_BP = 50, 4000


@dataclass(frozen=True, slots=True)
class Violation:
    """`points_bp` came off the total of `entity_id`'s score on the day of judging, and wear off by the rulebook."""

    id: UUID
    kind: str
    entity_id: UUID
    rule: Rule
    points_bp: int
    note: str
    judged_at: datetime
    judged_by: UUID
    voided_at: datetime | None


@fact("violation.judged", version=1)
@dataclass(frozen=True, slots=True)
class ViolationJudged(Fact):
    """An operator judged that a rule was broken; `points_bp` come off the score. A creator appears as pseudonym."""

    violation_id: UUID
    score_kind: str
    entity_id: UUID
    rule: str
    points_bp: int


@fact("violation.voided", version=1)
@dataclass(frozen=True, slots=True)
class ViolationVoided(Fact):
    """A judged violation counts no more, and never did: an appeal was upheld. `cause_id` says which."""

    violation_id: UUID
    cause_id: UUID

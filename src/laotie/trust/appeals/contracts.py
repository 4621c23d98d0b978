"""An appeal, and the fact that an upheld one leaves."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from laotie.stream.facts import Fact, fact


class State(StrEnum):
    OPEN = "open"
    UPHELD = "upheld"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Appeal:
    """A shop's word against a deal's weight. `cost` is what the deal cost its score when the appeal was made."""

    id: UUID
    shop_id: UUID
    line_id: UUID
    order_id: UUID
    product_id: UUID
    outcome: str
    cost: float
    words: str
    state: State
    made_at: datetime
    answer: str
    judged_at: datetime | None


@fact("deal.voided", version=1)
@dataclass(frozen=True, slots=True)
class DealVoided(Fact):
    """A deal counts in no score any more. `rule` says by what (appeal), `cause_id` which one."""

    line_id: UUID
    order_id: UUID
    shop_id: UUID
    rule: str
    cause_id: UUID

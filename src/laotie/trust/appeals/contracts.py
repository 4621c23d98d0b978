"""An appeal. The fact that an upheld one leaves is `trust.voids`'."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


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

"""What leaves the refunds: asking for money back, the answer, and the facts of both."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from laotie.kit.money import Money
from laotie.stream.facts import Fact, fact


class Reason(StrEnum):
    """Why a deal went wrong, in the buyer's own choice. The first one chosen for a line is the deal's outcome."""

    QUALITY = "quality"
    NOT_AS_CLAIMED = "not_as_claimed"
    DAMAGED = "damaged"
    LATE = "late"
    SERVICE = "service"
    CHANGED_MIND = "changed_mind"


class RefundState(StrEnum):
    """`asked` waits for the seller, `disputed` for the market; `settled` means the money is on its way."""

    ASKED = "asked"
    DECLINED = "declined"
    DISPUTED = "disputed"
    SETTLED = "settled"
    REJECTED = "rejected"  # by the market
    WITHDRAWN = "withdrawn"


OPEN = frozenset({RefundState.ASKED, RefundState.DECLINED, RefundState.DISPUTED})


@dataclass(frozen=True, slots=True)
class RefundLine:
    """So many pieces of a line, and what goes back for them."""

    line_id: UUID
    quantity: int
    amount: Money


@dataclass(frozen=True, slots=True)
class Refund:
    """One asking. `answer_by`: the buyer gets his way if the seller has not answered by then."""

    id: UUID
    order_id: UUID
    state: RefundState
    reason: Reason
    words: str
    amount: Money
    lines: tuple[RefundLine, ...]
    asked_at: datetime
    answer_by: datetime
    answer: str
    answered_at: datetime | None
    judgement: str
    closed_at: datetime | None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


@fact("refund.asked", version=1)
@dataclass(frozen=True, slots=True)
class RefundAsked(Fact):
    """A buyer asked for money back on a line; `first` tells whether this reason is the deal's outcome."""

    refund_id: UUID
    order_id: UUID
    line_id: UUID
    shop_id: UUID
    buyer: UUID | None
    reason: str
    first: bool
    quantity: int
    amount_minor: int
    currency: str
    shipped: bool


@fact("refund.settled", version=1)
@dataclass(frozen=True, slots=True)
class RefundSettled(Fact):
    """An asking ended. `outcome`: settled, declined, rejected, withdrawn; `by`: buyer, seller, operator, clock."""

    refund_id: UUID
    order_id: UUID
    shop_id: UUID
    buyer: UUID | None
    outcome: str
    by: str
    amount_minor: int
    currency: str
    hours: int

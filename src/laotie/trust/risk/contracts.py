"""A finding: deals that a rule takes for no real ones, why, and what became of it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class State(StrEnum):
    HELD = "held"  # waits for an operator; its deals count
    UPHELD = "upheld"  # its deals are void
    RELEASED = "released"  # its deals count, and are not proposed again


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a night found. `lines`: rows of the night's deals; `shares`: by trace the share of them that it marks.

    `expected`, `evidence`: pairs that chance gives and nats beyond naming the members; 0 where no block was sought.
    """

    rule: str
    lines: tuple[int, ...]
    confidence: float
    shares: dict[str, float]
    expected: float = 0.0
    evidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Deal:
    """One deal of a finding. `buyer` is the pseudonym; `marks`: the traces it bears."""

    line_id: UUID
    order_id: UUID
    shop_id: UUID
    product_id: UUID
    buyer: UUID
    placed_at: datetime
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """`count` deals between `buyers` buyers and `shops` shops. `by_itself`: upheld by its confidence alone."""

    id: UUID
    rule: str
    day: date
    state: State
    confidence: float
    count: int
    buyers: int
    shops: int
    shares: dict[str, float]
    expected: float
    evidence: float
    found_at: datetime
    by_itself: bool
    answer: str
    judged_at: datetime | None
    objections: int


@dataclass(frozen=True, slots=True)
class Objection:
    """What someone whose deals are void says against it. `shop_id` is None for a buyer."""

    id: UUID
    finding_id: UUID
    account_id: UUID
    shop_id: UUID | None
    words: str
    made_at: datetime
    answer: str
    judged_at: datetime | None


@dataclass(frozen=True, slots=True)
class Touched:
    """A finding as one whom it touches sees it: their own deals of it, and whether they may still object."""

    finding: Finding
    deals: tuple[Deal, ...]
    shop_id: UUID | None
    objection: Objection | None
    may_object: bool

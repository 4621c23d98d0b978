"""A score as it leaves the slice: figures of one entity on one day, and where they come from."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

SHOP, PRODUCT = "shop", "product"
KINDS = (SHOP, PRODUCT)
PUBLISHED, CORRECTED = "published", "corrected"


@dataclass(frozen=True, slots=True)
class Part:
    """One metric's part. Deals are weighted; rates and points are 0 … 1; `stars` sum to the score above 3.00."""

    metric: str
    dimension: str
    weight: float
    n: float
    bad: float
    rate: float
    benchmark: float
    points: float
    contribution: float
    stars: float


@dataclass(frozen=True, slots=True)
class Cost:
    """A deal that went badly and what it costs the score. `age`: days since it matured."""

    line_id: UUID
    order_id: UUID
    product_id: UUID
    outcome: str
    metrics: tuple[str, ...]
    age: int
    cost: float


@dataclass(frozen=True, slots=True)
class Score:
    """`score` is 3.0000 … 5.0000; `status` none, provisional or official; `band` is the settled one."""

    kind: str
    entity_id: UUID
    day: date
    series: str
    rulebook: str
    score: float
    total: float
    status: str
    band: str
    window: int
    deals: int
    parts: tuple[Part, ...]
    costs: tuple[Cost, ...]
    absent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """What follows from a score."""

    entity_id: UUID
    status: str
    band: str


@dataclass(frozen=True, slots=True)
class Run:
    """One computing of all scores of a day. `known_until`: facts recorded later were not seen."""

    id: UUID
    day: date
    series: str
    rulebook: str
    known_until: datetime
    shops: int
    products: int


@dataclass(frozen=True, slots=True)
class Tried:
    """A score by a rulebook that was only tried. `band` is that of the day itself, without waiting for more days."""

    kind: str
    entity_id: UUID
    score: float
    band: str
    status: str
    deals: int
    multiplier: float
    may_offer_plans: bool
    settlement_days: int

"""A score as it leaves the slice: figures of one entity on one day, and where they come from."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

SHOP, PRODUCT, CREATOR = "shop", "product", "creator"
KINDS = (SHOP, PRODUCT, CREATOR)
PUBLISHED, CORRECTED = "published", "corrected"


@dataclass(frozen=True, slots=True)
class Part:
    """One metric's part. Deals are weighted; rates and points are 0 … 1; `stars` sum to the score above 3.00.

    `kind` tells what `rate` and `benchmark` are: a rate, a time (minutes), an amount (minor units per 1,000 exposures)
    or points of a table. `better`: lower or higher. `absent` is "entity" where nothing is known of the entity and the
    category's value stands in. Judged violations are the part "violations" of the dimension "deduction".
    """

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
    kind: str = "rate"
    better: str = "lower"
    absent: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What moved a score since the day before; the four sum to the difference of the unrounded scores."""

    new: float
    aged: float
    benchmark: float
    rule: float


@dataclass(frozen=True, slots=True)
class Wish:
    """One metric's change that a target asks for. `deals`: so many good deals in a row would do it; 0: not told."""

    metric: str
    dimension: str
    value: float
    wanted: float
    points: float
    points_wanted: float
    deals: int


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The fewest changes that lead to `target`; to `score` where that is as high as it goes (`reached` False)."""

    target: float
    score: float
    reached: bool
    wishes: tuple[Wish, ...]


@dataclass(frozen=True, slots=True)
class HeavyActor:
    """A buyer without whom an official score would stand elsewhere: by `shift` of its total, beyond twice `error`."""

    kind: str
    entity_id: UUID
    buyer: str
    line_ids: tuple[UUID, ...]
    shift: float
    error: float


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
    change: Change | None = None
    gates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decided:
    """What follows from a score."""

    entity_id: UUID
    status: str
    band: str
    gates: tuple[str, ...] = ()


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
    creators: int = 0


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


@dataclass(frozen=True, slots=True)
class Named:
    """What a page calls a shop, a product or a creator, and the address of its public page."""

    name: str
    link: str

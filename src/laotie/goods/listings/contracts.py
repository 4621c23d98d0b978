"""What a merchant lists in one go."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ListingSku:
    """A variant with its price in minor units and the pieces there are."""

    price_minor: int
    stock: int
    options: str = ""
    code: str = ""
    ships_within_hours: int = 48
    freight_plan_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A product with everything that puts it on sale. `brand` is a name, "" for none."""

    title: str
    category_id: UUID
    skus: tuple[ListingSku, ...]
    description: str = ""
    brand: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    pictures: tuple[UUID, ...] = ()

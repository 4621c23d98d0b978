"""What popularity is made of and what it says."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Sale:
    """`quantity` of a product ordered at `at`."""

    product_id: UUID
    quantity: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Pulse:
    """`sold` units ever; `recent` the same with every two weeks halving a unit's weight; `last_at` the last order."""

    product_id: UUID
    sold: int
    heat: float
    recent: float
    last_at: datetime

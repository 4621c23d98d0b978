"""A product's standing, as a dated decision."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Standing:
    """How `product_id` counts from `since` until the next row. `multiplier_bp` scales exposures (10,000 = 1)."""

    product_id: UUID
    since: datetime
    band: str = "good"
    multiplier_bp: int = 10_000
    decided_by: str = "default"

"""What other slices know of a merchant."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Shop:
    """A merchant as buyers see it. `status` is applied, approved, rejected or closed; `face` a kit.pictures id."""

    id: UUID
    slug: str
    name: str
    intro: str
    face: UUID | None
    ships_from: str
    status: str
    applied_at: datetime
    approved_at: datetime | None
    answer: str = ""

    @property
    def is_open(self) -> bool:
        return self.status == "approved"

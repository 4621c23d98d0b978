"""What other slices know of an address."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Address:
    """Where a parcel goes. `region` is a first-level division of the market's country."""

    id: UUID
    name: str
    phone: str
    region: str
    city: str
    street: str
    postcode: str
    is_default: bool = False

    @property
    def line(self) -> str:
        """City and street first, as on a label."""
        return ", ".join(part for part in (self.street, self.city, self.region, self.postcode) if part)

"""What other slices know of an address."""

import re
from dataclasses import dataclass
from uuid import UUID

CHINESE = re.compile(r"[\u4e00-\u9fff]")


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
        """As on a label: the region first in Chinese, the street first elsewhere."""
        if CHINESE.search(self.street):
            return " ".join(part for part in (self.region, self.city, self.street, self.postcode) if part)
        return ", ".join(part for part in (self.street, self.city, self.region, self.postcode) if part)

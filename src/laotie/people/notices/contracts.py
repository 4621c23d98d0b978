"""What a person reads in the notice list."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice. `sentence` is a msgid with {places}; `data` fills it; `link` is an address in this market."""

    id: UUID
    kind: str
    sentence: str
    data: dict[str, Any]
    link: str
    at: datetime
    is_read: bool


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of notice that people choose mail for. `label` is a msgid; `by_email` what holds until they choose."""

    name: str
    label: str
    by_email: bool

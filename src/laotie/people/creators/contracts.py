"""What other slices know of a creator."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from laotie.stream.facts import Fact, fact


@dataclass(frozen=True, slots=True)
class Creator:
    """An account that makes content. `persona` is what it declares to be about; clips and cards are held to it."""

    account_id: UUID
    slug: str
    name: str
    face: UUID | None
    persona: str
    intro: str
    joined_at: datetime


@fact("creator.joined", version=1)
@dataclass(frozen=True, slots=True)
class CreatorJoined(Fact):
    """An account became a creator; `account` is its pseudonym."""

    account: UUID
    persona: str


@fact("creator.changed", version=1)
@dataclass(frozen=True, slots=True)
class CreatorChanged(Fact):
    """A creator declares another persona."""

    account: UUID
    persona: str

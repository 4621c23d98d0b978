"""What people do with what they are shown. Each names the slot: `decision`, `item`, `position` and the pseudonym that
its token was sealed for (None for a visitor who is not signed in)."""

from dataclasses import dataclass
from uuid import UUID

from laotie.stream.facts import Fact, fact


@fact("impression", version=1)
@dataclass(frozen=True, slots=True)
class Impression(Fact):
    """At least half of the slot was on screen for a second."""

    decision: UUID
    item: UUID
    position: int
    viewer: UUID | None


@fact("view", version=1)
@dataclass(frozen=True, slots=True)
class View(Fact):
    """The item's own page was opened."""

    decision: UUID
    item: UUID
    position: int
    viewer: UUID | None


@fact("dwell", version=1)
@dataclass(frozen=True, slots=True)
class Dwell(Fact):
    """How long the slot was on screen, in milliseconds, told once when the page was left."""

    decision: UUID
    item: UUID
    position: int
    viewer: UUID | None
    milliseconds: int


@fact("click", version=1)
@dataclass(frozen=True, slots=True)
class Click(Fact):
    """The slot was chosen, for the first time on this page."""

    decision: UUID
    item: UUID
    position: int
    viewer: UUID | None


@fact("search", version=1)
@dataclass(frozen=True, slots=True)
class Search(Fact):
    """`words` were searched and `found` goods were found (capped at 65,535)."""

    decision: UUID
    viewer: UUID | None
    words: str
    found: int


Behaviour = Impression | View | Dwell | Click | Search

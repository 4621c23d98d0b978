"""The facts of a viewer's stay, as his page tells them."""

from dataclasses import dataclass
from uuid import UUID

from laotie.stream.facts import Fact, fact


@fact("session.entered", version=1)
@dataclass(frozen=True, slots=True)
class SessionEntered(Fact):
    """A page of the room was opened. `visit` names this stay; `entry` is how the viewer came in."""

    session: UUID
    visit: UUID
    viewer: UUID | None
    entry: str
    decision: UUID


@fact("session.watched", version=1)
@dataclass(frozen=True, slots=True)
class SessionWatched(Fact):
    """The viewer was there for the whole of the `minute`-th minute of the visit, counted from 0."""

    session: UUID
    visit: UUID
    viewer: UUID | None
    minute: int


@fact("session.left", version=1)
@dataclass(frozen=True, slots=True)
class SessionLeft(Fact):
    """The page was left after `seconds`. A browser that dies says nothing; then the minutes watched tell."""

    session: UUID
    visit: UUID
    viewer: UUID | None
    seconds: int


@fact("session.liked", version=1)
@dataclass(frozen=True, slots=True)
class SessionLiked(Fact):
    """The viewer liked the session, told once a visit."""

    session: UUID
    visit: UUID
    viewer: UUID | None


@fact("card.shown", version=1)
@dataclass(frozen=True, slots=True)
class CardShown(Fact):
    """A card was on the viewer's screen, told once a visit."""

    session: UUID
    visit: UUID
    viewer: UUID | None
    card: UUID


@fact("card.opened", version=1)
@dataclass(frozen=True, slots=True)
class CardOpened(Fact):
    """The viewer opened the till of a card, told once a visit."""

    session: UUID
    visit: UUID
    viewer: UUID | None
    card: UUID

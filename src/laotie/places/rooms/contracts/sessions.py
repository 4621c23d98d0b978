"""Sessions as other slices see them, and the facts of their life."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from laotie.stream.facts import Fact, fact


class State(StrEnum):
    PLANNED = "planned"
    ANNOUNCED = "announced"
    ON_AIR = "on_air"
    ENDED = "ended"
    REVIEWED = "reviewed"


OVER = frozenset({State.ENDED, State.REVIEWED})


class Role(StrEnum):
    """In what role an account stands in a room."""

    HOST = "host"
    HELPER = "helper"
    VIEWER = "viewer"


@dataclass(frozen=True, slots=True)
class Session:
    """One broadcast of a creator. `seq` is the number of the last thing that changed in its room."""

    id: UUID
    creator_id: UUID
    title: str
    intro: str
    cover: UUID | None
    state: State
    planned_at: datetime
    opened_at: datetime | None
    ended_at: datetime | None
    explaining_id: UUID | None
    explaining_since: datetime | None
    blocked: tuple[str, ...]
    seq: int

    @property
    def is_on_air(self) -> bool:
        return self.state is State.ON_AIR

    @property
    def is_over(self) -> bool:
        return self.state in OVER


@dataclass(frozen=True, slots=True)
class OnAir:
    """A session that can be watched now."""

    session_id: UUID
    creator_id: UUID
    creator: str
    title: str
    cover: UUID | None
    since: datetime
    viewers: int
    product_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """A session that was announced and has not begun."""

    session_id: UUID
    creator_id: UUID
    creator: str
    title: str
    cover: UUID | None
    at: datetime
    reserved: int


@dataclass(frozen=True, slots=True)
class Pulse:
    """What beats in a room: absolute figures, so that a beat that is missed does not matter."""

    beat: int = 0
    likes: int = 0
    viewers: int = 0
    peak: int = 0


@dataclass(frozen=True, slots=True)
class Event:
    """One change of a room. Together with the state before it, it gives the state after it."""

    seq: int
    kind: str
    body: dict[str, Any]


@fact("session.planned", version=1)
@dataclass(frozen=True, slots=True)
class SessionPlanned(Fact):
    """A creator means to go on air at `at`; `announced`: people can see it and reserve."""

    session: UUID
    creator: UUID
    at: datetime
    announced: bool


@fact("session.opened", version=1)
@dataclass(frozen=True, slots=True)
class SessionOpened(Fact):
    """A session went on air with so many cards."""

    session: UUID
    creator: UUID
    cards: int
    reserved: int


@fact("session.ended", version=1)
@dataclass(frozen=True, slots=True)
class SessionEnded(Fact):
    """A session ended after `seconds`; `by` is host, operator or clock. `likes` and `peak` as counted in the room."""

    session: UUID
    creator: UUID
    by: str
    seconds: int
    likes: int
    peak: int


@fact("session.reserved", version=1)
@dataclass(frozen=True, slots=True)
class SessionReserved(Fact):
    """Someone wants to be told when a session begins; `kept` False: no longer."""

    session: UUID
    account: UUID
    kept: bool


@fact("session.showed_up", version=1)
@dataclass(frozen=True, slots=True)
class SessionShowedUp(Fact):
    """Someone who had reserved came while it was on air."""

    session: UUID
    account: UUID

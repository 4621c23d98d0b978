"""Lines of chat, and the facts of saying and keeping order."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from laotie.places.rooms.contracts.sessions import Role
from laotie.stream.facts import Fact, fact

LINES = 100  # lines of chat in a room's state; older ones are kept, and not sent


@dataclass(frozen=True, slots=True)
class Line:
    """One line of chat. `intent` is what its author seems to want ("" for nothing), for the host's desk only."""

    id: UUID
    session_id: UUID
    seq: int
    author_id: UUID
    name: str
    role: Role
    words: str
    at: datetime
    intent: str
    answered_at: datetime | None


@fact("chat.said", version=1)
@dataclass(frozen=True, slots=True)
class ChatSaid(Fact):
    """Someone said a line of so many characters; its words stay in the room. `card`: what was being explained."""

    session: UUID
    line: UUID
    author: UUID
    role: str
    intent: str
    characters: int
    card: UUID | None


@fact("chat.hidden", version=1)
@dataclass(frozen=True, slots=True)
class ChatHidden(Fact):
    """A line was taken away by the host, a helper or an operator (`by`)."""

    session: UUID
    line: UUID
    by: str


@fact("room.shut", version=1)
@dataclass(frozen=True, slots=True)
class RoomShut(Fact):
    """Someone may not speak (`act` mute) or not enter (ban) in a creator's rooms, until `until` or for good."""

    session: UUID
    creator: UUID
    account: UUID
    act: str
    until: datetime | None

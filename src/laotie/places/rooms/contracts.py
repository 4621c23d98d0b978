"""What leaves the rooms: sessions, cards, lines of chat, the state of a room, and the facts they leave.

planned ──► announced ──► on_air ──► ended ──► reviewed
     └──────────────────────┘  (a session may go on air without having been announced)
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from laotie.kit.money import Money
from laotie.stream.facts import Fact, fact

LINES = 100  # lines of chat in a room's state; older ones are kept, and not sent


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


class Used(StrEnum):
    """How the host came to know the thing on a card."""

    OWN_DEAL = "own_deal"
    SAMPLE = "sample"


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
class Card:
    """An offer shown in a session. `used_since` is None where the host has not used it; `drawback` is never empty.

    Band, price and commission are as they stood when it was carded.
    """

    id: UUID
    session_id: UUID
    position: int
    offer_id: UUID
    product_id: UUID
    shop_id: UUID
    plan_id: UUID | None
    commission_bp: int
    price: Money
    band: str
    drawback: str
    used_since: date | None
    used: Used | None


@dataclass(frozen=True, slots=True)
class Flash:
    """A price with a clock and a count that holds, or will hold, for a card: `left` of `pieces`, `cap` a buyer (None:
    no bound). It stays shown until `ends_at`, sold out or not.
    """

    price: Money
    pieces: int
    left: int
    cap: int | None
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Handed:
    """A coupon of a session; `gone`: the room knows that none is left to claim."""

    coupon_id: UUID
    at: datetime
    gone: bool


@dataclass(frozen=True, slots=True)
class Draw:
    """A draw of a session. `secret` is "" before it is drawn; `won` are the winning entries, the best first."""

    id: UUID
    session_id: UUID
    prize: str
    winners: int
    commitment: str
    opened_at: datetime
    ends_at: datetime
    drawn_at: datetime | None
    secret: str
    entries: tuple[str, ...]
    won: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownCard:
    """A card as it can be bought now. `flash` is the next one to end, where there is one."""

    card: Card
    title: str
    options: str
    picture: UUID | None
    shop: str
    price: Money
    list_price: Money
    ends_at: datetime | None
    left: int
    on_sale: bool
    flash: Flash | None


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


@dataclass(frozen=True, slots=True)
class CardReplay:
    """What a host said of a product in a session that is over, as a clip at `address`."""

    session_id: UUID
    creator: str
    at: datetime
    seconds: int
    drawback: str
    address: str


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


@fact("card.added", version=1)
@dataclass(frozen=True, slots=True)
class CardAdded(Fact):
    """A host put an offer among a session's cards, and what was known of it then."""

    session: UUID
    card: UUID
    creator: UUID
    offer: UUID
    product: UUID
    shop: UUID
    plan: UUID | None
    commission_bp: int
    price_minor: int
    band: str
    multiplier_bp: int
    used_since: date | None
    used: str
    drawback: str


@fact("card.removed", version=1)
@dataclass(frozen=True, slots=True)
class CardRemoved(Fact):
    """A host took a card away."""

    session: UUID
    card: UUID


@fact("card.explained", version=1)
@dataclass(frozen=True, slots=True)
class CardExplained(Fact):
    """A host spoke of a card for so many seconds, which ended when this fact occurred."""

    session: UUID
    card: UUID
    creator: UUID
    began_at: datetime
    seconds: int


@fact("card.flashed", version=1)
@dataclass(frozen=True, slots=True)
class CardFlashed(Fact):
    """A host put a price with a clock and a count on a card, as its shop lets him."""

    session: UUID
    card: UUID
    creator: UUID
    offer: UUID
    shop: UUID
    timed_price: UUID
    price_minor: int
    pieces: int
    cap_per_buyer: int | None
    starts_at: datetime
    ends_at: datetime


@fact("card.flash_ended", version=1)
@dataclass(frozen=True, slots=True)
class CardFlashEnded(Fact):
    """A host ended a flash offer before its time."""

    session: UUID
    card: UUID
    timed_price: UUID


@fact("draw.opened", version=1)
@dataclass(frozen=True, slots=True)
class DrawOpened(Fact):
    """A host will draw `winners` among those who enter before `ends_at`; `commitment` binds to the secret."""

    session: UUID
    draw: UUID
    creator: UUID
    winners: int
    ends_at: datetime
    commitment: str


@fact("draw.entered", version=1)
@dataclass(frozen=True, slots=True)
class DrawEntered(Fact):
    """Somebody takes part."""

    session: UUID
    draw: UUID
    entry: UUID
    account: UUID


@fact("draw.drawn", version=1)
@dataclass(frozen=True, slots=True)
class DrawDrawn(Fact):
    """The entries closed, the secret was told, and these entries won."""

    session: UUID
    draw: UUID
    entries: int
    list_hash: str
    secret: str
    winners: list[UUID]


@fact("vote.opened", version=1)
@dataclass(frozen=True, slots=True)
class VoteOpened(Fact):
    """A host asked the room something with so many answers; the words stay in the room."""

    session: UUID
    vote: UUID
    creator: UUID
    options: int
    ends_at: datetime


@fact("vote.cast", version=1)
@dataclass(frozen=True, slots=True)
class VoteCast(Fact):
    """Somebody answered, counted from 0."""

    session: UUID
    vote: UUID
    account: UUID
    choice: int


@fact("vote.closed", version=1)
@dataclass(frozen=True, slots=True)
class VoteEnded(Fact):
    """No more answers; how many each had."""

    session: UUID
    vote: UUID
    counts: list[int]


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

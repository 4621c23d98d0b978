"""What leaves the rooms of selling on air: flash offers, coupons, draws and votes, and the facts they leave."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from laotie.kit.money import Money
from laotie.stream.facts import Fact, fact


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

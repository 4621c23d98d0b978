"""Cards, what is left of them as replays, and the facts of showing them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from laotie.kit.money import Money
from laotie.places.rooms.contracts.selling import Flash
from laotie.stream.facts import Fact, fact


class Used(StrEnum):
    """How the host came to know the thing on a card."""

    OWN_DEAL = "own_deal"
    SAMPLE = "sample"


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
class CardReplay:
    """What a host said of a product in a session that is over, as a clip at `address`."""

    session_id: UUID
    creator: str
    at: datetime
    seconds: int
    drawback: str
    address: str


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

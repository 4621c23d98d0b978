"""What is sold on air, over REST: cards, flash offers, coupons."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from laotie.kit.origin import Origin, sealed
from laotie.kit.pages import account_id as who
from laotie.kit.pages.guards import account_of
from laotie.kit.pages.rates import count
from laotie.places.rooms import actions, queries
from laotie.places.rooms.contracts import Card
from laotie.places.rooms.rest.who import host

router = Router()
PER_MINUTE = 120


class CardOut(Schema):
    """`origin` is what an order of it names, so that the session and its creator are remembered."""

    id: UUID
    offer_id: UUID
    product_id: UUID
    position: int
    commission_bp: int
    price_minor: int
    band: str
    drawback: str
    used: str
    used_since: date | None
    origin: str


class CardIn(Schema):
    offer_id: UUID
    drawback: Annotated[str, Field(max_length=200)]
    used: Annotated[str, Field(pattern="^(|own_deal|sample)$")] = ""
    used_since: date | None = None


class FlashIn(Schema):
    """`cap_per_buyer` None: no bound but the pieces."""

    price_minor: Annotated[int, Field(ge=1, le=10**15)]
    pieces: Annotated[int, Field(ge=1, le=100_000)]
    seconds: Annotated[int, Field(ge=30, le=7200)]
    cap_per_buyer: Annotated[int, Field(ge=1, le=999)] | None = None
    starts_in: Annotated[int, Field(ge=0, le=1800)] = 0


class FlashOut(Schema):
    timed_price_id: UUID
    starts_at: datetime
    ends_at: datetime


class CouponIn(Schema):
    """`amount_minor` off from `threshold_minor` on; `budget_minor` is what all of them may cost the shop."""

    shop_id: UUID
    amount_minor: Annotated[int, Field(ge=1, le=10**12)]
    threshold_minor: Annotated[int, Field(ge=1, le=10**12)]
    budget_minor: Annotated[int, Field(ge=1, le=10**12)]
    minutes: Annotated[int, Field(ge=1, le=31 * 24 * 60)]
    cap_per_buyer: Annotated[int, Field(ge=1, le=99)] = 1


class CouponOut(Schema):
    id: UUID
    shop_id: UUID
    amount_minor: int
    threshold_minor: int
    ends_at: datetime
    payer: str
    left: int


class ClaimOut(Schema):
    """`id` is what an order names in `coupons`."""

    id: UUID
    coupon: CouponOut


@router.get("/{uuid:session_id}/cards", response=list[CardOut], auth=None)
def cards(request: HttpRequest, session_id: UUID) -> Any:
    found = queries.session_for(account_of(request), session_id)
    return [_card(card, found.creator_id) for card in queries.cards(session_id)]


@router.post("/{uuid:session_id}/cards", response={201: CardOut})
def add_card(request: HttpRequest, session_id: UUID, body: CardIn) -> Any:
    card = actions.add_card(
        host(request), session_id, body.offer_id, body.drawback, used=body.used, used_since=body.used_since
    )
    return Status(201, _card(card, who(request)))


@router.delete("/{uuid:session_id}/cards/{uuid:card_id}", response={204: None})
def remove_card(request: HttpRequest, session_id: UUID, card_id: UUID) -> Any:
    actions.remove_card(host(request), session_id, card_id)
    return Status(204, None)


@router.post("/{uuid:session_id}/cards/{uuid:card_id}/explain", response={204: None})
def explain(request: HttpRequest, session_id: UUID, card_id: UUID) -> Any:
    actions.explain(host(request), session_id, card_id)
    return Status(204, None)


@router.post("/{uuid:session_id}/cards/{uuid:card_id}/flash", response={201: FlashOut})
def flash(request: HttpRequest, session_id: UUID, card_id: UUID, body: FlashIn) -> Any:
    """Sell so many pieces of a card at a lower price, by the clock."""
    made = actions.flash(host(request), session_id, card_id, **body.dict())
    return Status(201, FlashOut(timed_price_id=made.id, starts_at=made.starts_at, ends_at=made.ends_at))


@router.delete("/{uuid:session_id}/cards/{uuid:card_id}/flash", response={204: None})
def end_flash(request: HttpRequest, session_id: UUID, card_id: UUID) -> Any:
    actions.end_flash(host(request), session_id, card_id)
    return Status(204, None)


@router.delete("/{uuid:session_id}/explaining", response={204: None})
def stop_explaining(request: HttpRequest, session_id: UUID) -> Any:
    actions.stop_explaining(host(request), session_id)
    return Status(204, None)


@router.post("/{uuid:session_id}/coupons", response={201: CouponOut})
def hand_out(request: HttpRequest, session_id: UUID, body: CouponIn) -> Any:
    """Let viewers claim coupons of a shop."""
    return Status(201, actions.hand_out(host(request), session_id, **body.dict()))


@router.delete("/{uuid:session_id}/coupons/{uuid:coupon_id}", response={204: None})
def take_back(request: HttpRequest, session_id: UUID, coupon_id: UUID) -> Any:
    """Nobody claims it any more; claims stay good."""
    actions.take_back(host(request), session_id, coupon_id)
    return Status(204, None)


@router.post("/{uuid:session_id}/coupons/{uuid:coupon_id}/claim", response=ClaimOut)
def claim(request: HttpRequest, session_id: UUID, coupon_id: UUID) -> Any:
    """Take one; who has one in hand gets that one."""
    me = who(request)
    count("room.claim", str(me), PER_MINUTE)
    return actions.claim(me, session_id, coupon_id)


def _card(card: Card, creator_id: UUID) -> CardOut:
    origin = Origin("session", session=card.session_id, card=card.id, creator=creator_id)
    return CardOut(
        id=card.id, offer_id=card.offer_id, product_id=card.product_id, position=card.position,
        commission_bp=card.commission_bp, price_minor=card.price.minor, band=card.band, drawback=card.drawback,
        used=card.used.value if card.used else "", used_since=card.used_since,
        origin=sealed(origin),
    )  # fmt: skip

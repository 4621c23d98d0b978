"""Rooms over REST: watching, speaking, keeping order, hosting. State and events are what a room's page asks for too."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from laotie.kit import market
from laotie.kit.origin import Origin, sealed
from laotie.kit.pages import account_id as who
from laotie.kit.pages.rates import count
from laotie.places.rooms import actions, queries, video
from laotie.places.rooms.contracts import Card, Session

router = Router()
Words = Annotated[str, Field(max_length=400)]
PER_MINUTE = 120


class OnAirOut(Schema):
    session_id: UUID
    creator_id: UUID
    creator: str
    title: str
    cover: UUID | None
    since: datetime
    viewers: int
    product_ids: list[UUID]


class PlannedOut(Schema):
    session_id: UUID
    creator_id: UUID
    creator: str
    title: str
    cover: UUID | None
    at: datetime
    reserved: int


class SessionOut(Schema):
    id: UUID
    creator_id: UUID
    title: str
    intro: str
    state: str
    planned_at: datetime
    opened_at: datetime | None
    ended_at: datetime | None
    explaining_id: UUID | None
    seq: int


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


class PlanIn(Schema):
    title: Annotated[str, Field(min_length=2, max_length=80)]
    planned_at: datetime
    intro: Annotated[str, Field(max_length=500)] = ""


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


class DrawIn(Schema):
    prize: Annotated[str, Field(max_length=80)]
    winners: Annotated[int, Field(ge=1, le=100)] = 1
    seconds: Annotated[int, Field(ge=10, le=3600)] = 60


class DrawOut(Schema):
    """`commitment` binds to `secret`, which with `entries` is told when it is drawn."""

    id: UUID
    prize: str
    winners: int
    commitment: str
    opened_at: datetime
    ends_at: datetime
    drawn_at: datetime | None
    secret: str
    entries: list[str]
    won: list[str]


class EntryOut(Schema):
    entry: UUID


class VoteIn(Schema):
    question: Annotated[str, Field(max_length=120)]
    options: Annotated[list[Annotated[str, Field(max_length=40)]], Field(min_length=2, max_length=4)]
    seconds: Annotated[int, Field(ge=10, le=3600)] = 60


class VoteOut(Schema):
    id: UUID


class BallotIn(Schema):
    choice: Annotated[int, Field(ge=0, le=3)]


class LineIn(Schema):
    words: Words


class LineOut(Schema):
    id: UUID
    seq: int


class MuteIn(Schema):
    minutes: Annotated[int, Field(ge=1, le=43200)] = 10


class TokenOut(Schema):
    token: str


def viewer(request: HttpRequest) -> UUID | None:
    return request.user.pk if request.user.is_authenticated else None


def host(request: HttpRequest) -> UUID:
    """Who works in a room, not more often than a person can press buttons. Raises Forbidden, TooMany."""
    me = who(request)
    count("room.host", str(me), PER_MINUTE)
    return me


@router.get("", response=list[OnAirOut], auth=None)
def on_air(request: HttpRequest) -> Any:
    """What can be watched now."""
    return queries.on_air()


@router.get("/schedule", response=list[PlannedOut], auth=None)
def schedule(request: HttpRequest) -> Any:
    """What was announced."""
    return queries.announced()


@router.get("/{uuid:session_id}", response=SessionOut, auth=None)
def session(request: HttpRequest, session_id: UUID) -> Any:
    return queries.session_for(viewer(request), session_id)


@router.get("/{uuid:session_id}/cards", response=list[CardOut], auth=None)
def cards(request: HttpRequest, session_id: UUID) -> Any:
    found = queries.session_for(viewer(request), session_id)
    return [_card(card, found.creator_id) for card in queries.cards(session_id)]


@router.post("", response={201: SessionOut})
def plan(request: HttpRequest, body: PlanIn) -> Any:
    """Plan a session of one's own."""
    return Status(201, actions.plan(host(request), body.title, _aware(body.planned_at), body.intro))


@router.put("/{uuid:session_id}", response=SessionOut)
def change(request: HttpRequest, session_id: UUID, body: PlanIn) -> Any:
    return actions.change(host(request), session_id, body.title, _aware(body.planned_at), body.intro)


@router.post("/{uuid:session_id}/announce", response=SessionOut)
def announce(request: HttpRequest, session_id: UUID) -> Any:
    return actions.announce(host(request), session_id)


@router.post("/{uuid:session_id}/open", response=SessionOut)
def open_room(request: HttpRequest, session_id: UUID) -> Any:
    return actions.open_room(host(request), session_id)


@router.post("/{uuid:session_id}/end", response=SessionOut)
def end(request: HttpRequest, session_id: UUID) -> Any:
    return actions.end(host(request), session_id)


@router.post("/{uuid:session_id}/publish", response=TokenOut)
def publish(request: HttpRequest, session_id: UUID) -> Any:
    """A token with which the host's browser sends pictures."""
    found: Session = queries.hosted(host(request), session_id)
    return {"token": video.token(found.id) if found.is_on_air else ""}


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


@router.post("/{uuid:session_id}/draws", response={201: DrawOut})
def open_draw(request: HttpRequest, session_id: UUID, body: DrawIn) -> Any:
    """Let viewers enter a draw; it is drawn by itself when its time is over."""
    return Status(201, actions.open_draw(host(request), session_id, body.prize, body.winners, body.seconds))


@router.get("/{uuid:session_id}/draws/{uuid:draw_id}", response=DrawOut, auth=None)
def draw(request: HttpRequest, session_id: UUID, draw_id: UUID) -> Any:
    """All that is needed to draw again what was drawn."""
    queries.session_for(viewer(request), session_id)
    return queries.draw_in(session_id, draw_id)


@router.post("/{uuid:session_id}/draws/{uuid:draw_id}/entry", response=EntryOut)
def enter(request: HttpRequest, session_id: UUID, draw_id: UUID) -> Any:
    """Take part, once."""
    me = who(request)
    count("room.claim", str(me), PER_MINUTE)
    return {"entry": actions.enter(me, session_id, draw_id)}


@router.post("/{uuid:session_id}/votes", response={201: VoteOut})
def open_vote(request: HttpRequest, session_id: UUID, body: VoteIn) -> Any:
    """Ask the room."""
    made = actions.open_vote(host(request), session_id, body.question, body.options, body.seconds)
    return Status(201, VoteOut(id=made))


@router.delete("/{uuid:session_id}/votes/{uuid:vote_id}", response={204: None})
def close_vote(request: HttpRequest, session_id: UUID, vote_id: UUID) -> Any:
    """No more answers."""
    actions.close_vote(host(request), session_id, vote_id)
    return Status(204, None)


@router.put("/{uuid:session_id}/votes/{uuid:vote_id}/ballot", response={204: None})
def cast(request: HttpRequest, session_id: UUID, vote_id: UUID, body: BallotIn) -> Any:
    """Answer, once."""
    me = who(request)
    count("room.claim", str(me), PER_MINUTE)
    actions.cast(me, session_id, vote_id, body.choice)
    return Status(204, None)


@router.post("/{uuid:session_id}/lines", response={201: LineOut})
def say(request: HttpRequest, session_id: UUID, body: LineIn) -> Any:
    """Say a line."""
    return Status(201, actions.say(who(request), session_id, body.words))


@router.delete("/{uuid:session_id}/lines/{uuid:line_id}", response={204: None})
def hide(request: HttpRequest, session_id: UUID, line_id: UUID) -> Any:
    actions.hide(host(request), session_id, line_id)
    return Status(204, None)


@router.post("/{uuid:session_id}/lines/{uuid:line_id}/answer", response={204: None})
def answer(request: HttpRequest, session_id: UUID, line_id: UUID) -> Any:
    actions.answer(host(request), session_id, line_id)
    return Status(204, None)


@router.post("/{uuid:session_id}/lines/{uuid:line_id}/mute", response={204: None})
def mute(request: HttpRequest, session_id: UUID, line_id: UUID, body: MuteIn) -> Any:
    actions.mute(host(request), session_id, line_id, body.minutes)
    return Status(204, None)


@router.post("/{uuid:session_id}/lines/{uuid:line_id}/ban", response={204: None})
def ban(request: HttpRequest, session_id: UUID, line_id: UUID) -> Any:
    actions.ban(host(request), session_id, line_id)
    return Status(204, None)


@router.put("/{uuid:session_id}/reservation", response={204: None})
def reserve(request: HttpRequest, session_id: UUID) -> Any:
    """Be told when it begins."""
    actions.reserve(who(request), session_id)
    return Status(204, None)


@router.delete("/{uuid:session_id}/reservation", response={204: None})
def give_up(request: HttpRequest, session_id: UUID) -> Any:
    actions.give_up(who(request), session_id)
    return Status(204, None)


def _aware(at: datetime) -> datetime:
    """A time without a zone is the market's own."""
    return at if at.tzinfo else at.replace(tzinfo=market.current().zone)


def _card(card: Card, creator_id: UUID) -> CardOut:
    origin = Origin("session", session=card.session_id, card=card.id, creator=creator_id)
    return CardOut(
        id=card.id, offer_id=card.offer_id, product_id=card.product_id, position=card.position,
        commission_bp=card.commission_bp, price_minor=card.price.minor, band=card.band, drawback=card.drawback,
        used=card.used.value if card.used else "", used_since=card.used_since,
        origin=sealed(origin),
    )  # fmt: skip

"""The feed for programs: a page of it, why something was shown, whom one hides, what is believed of one."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status

from laotie.kit import tokens
from laotie.kit.pages.guards import pseudonym_of
from laotie.places.shelf.contracts import View
from laotie.traffic.feed import actions, pipeline, queries
from laotie.traffic.feed.contracts import Asking
from laotie.traffic.feed.ordering import MANNERS
from laotie.traffic.feed.telling import told

router = Router()


class SlotOut(Schema):
    """`token` proves that it was served: send it back with what is done with it."""

    kind: str
    item: UUID
    position: int
    arm: str
    token: str


class FeedOut(Schema):
    """`thread` asks for the next page; "" where there is none."""

    decision: UUID
    thread: str
    slots: list[SlotOut]


class PartOut(Schema):
    what: str
    value: float


class FactorOut(Schema):
    multiplier: float | None
    score: float | None
    run: str


class DroppedOut(Schema):
    rule: str
    count: int


class WhyOut(Schema):
    """`parts` sum to `score`. `chance`: of this in this place, given what stood above it."""

    decision: UUID
    position: int
    place: int
    at: datetime
    kind: str
    item: UUID
    seller: UUID
    arm: str
    headline: str
    score: float
    parts: list[PartOut]
    multiplier: float
    of_item: FactorOut
    of_seller: FactorOut
    chance: float
    candidates: int
    dropped: list[DroppedOut]
    policy: str
    rules: list[str]
    model: str


class BeliefOut(Schema):
    kind: str
    target: UUID
    strength: float
    since: datetime


Page = Annotated[int, Query(ge=1, le=400)]
Size = Annotated[int, Query(ge=1, le=60)]
Thread = Annotated[str, Query(max_length=200)]


@router.get("", response=FeedOut)
def feed(request: HttpRequest, view: View = View.FOR_YOU, page: Page = 1, size: Size = 24, thread: Thread = "") -> Any:
    """A page of one's own feed, decided and recorded as the home page's is."""
    viewer = _own(request)
    return _decided(Asking(MANNERS[view], request.user.pk, viewer, page=page, size=size, thread=thread))


@router.get("/visitor", response=FeedOut, auth=None)
def feed_of_visitor(
    request: HttpRequest, view: View = View.FOR_YOU, page: Page = 1, size: Size = 24, thread: Thread = ""
) -> Any:
    """The same for somebody whom nobody knows."""
    return _decided(Asking(MANNERS[view], page=page, size=size, thread=thread))


def _decided(asking: Asking) -> FeedOut:
    decision = pipeline.decide(asking)
    slots = [
        SlotOut(
            kind=slot.kind, item=slot.item, position=slot.position, arm=slot.arm,
            token=tokens.seal(decision.id, slot.item, slot.position, asking.viewer),
        )
        for slot in decision.slots
    ]  # fmt: skip
    return FeedOut(decision=decision.id, thread=decision.thread, slots=slots)


@router.get("/why/{uuid:decision}/{int:position}", response=WhyOut, auth=None)
def why(request: HttpRequest, decision: UUID, position: int) -> Any:
    """Why something was shown: one's own decisions, and those that were made for nobody in particular."""
    found = told(queries.record_for(pseudonym_of(request), decision, position), position)
    values = {name: getattr(found, name) for name in WhyOut.model_fields}
    parts = [PartOut(what=what, value=value) for what, value in found.parts]
    dropped = [DroppedOut(rule=rule, count=count) for rule, count in found.dropped]
    return WhyOut(**values | {"parts": parts, "dropped": dropped})


@router.get("/beliefs", response=list[BeliefOut])
def beliefs(request: HttpRequest) -> Any:
    """What the feed believes of one; hidden shops are among it."""
    return queries.beliefs(_own(request))


@router.delete("/beliefs", response={204: None})
def forget(request: HttpRequest) -> Any:
    """Delete what was concluded; hidden shops stay hidden."""
    actions.forget_beliefs(_own(request))
    return Status(204, None)


@router.put("/hidden/{uuid:shop_id}", response={204: None})
def hide(request: HttpRequest, shop_id: UUID) -> Any:
    """Show nothing of a shop any more."""
    actions.hide(_own(request), shop_id)
    return Status(204, None)


@router.delete("/hidden/{uuid:shop_id}", response={204: None})
def show(request: HttpRequest, shop_id: UUID) -> Any:
    """Show it again."""
    actions.show_again(_own(request), shop_id)
    return Status(204, None)


def _own(request: HttpRequest) -> UUID:
    return pseudonym_of(request) or UUID(int=0)  # only those who are signed in come here

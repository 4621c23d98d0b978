"""Sessions over REST: what is on air and to come; planning, opening, ending, reserving."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from laotie.kit import market
from laotie.kit.pages import account_id as who
from laotie.kit.pages.guards import account_of
from laotie.places.rooms import actions, queries, video
from laotie.places.rooms.contracts import Session
from laotie.places.rooms.rest.who import host

router = Router()


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


class PlanIn(Schema):
    title: Annotated[str, Field(min_length=2, max_length=80)]
    planned_at: datetime
    intro: Annotated[str, Field(max_length=500)] = ""


class TokenOut(Schema):
    token: str


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
    return queries.session_for(account_of(request), session_id)


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

"""What is said in a room, over REST, and keeping order."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from laotie.kit.pages import account_id as who
from laotie.places.rooms import actions
from laotie.places.rooms.rest.who import host

router = Router()
Words = Annotated[str, Field(max_length=400)]


class LineIn(Schema):
    words: Words


class LineOut(Schema):
    id: UUID
    seq: int


class MuteIn(Schema):
    minutes: Annotated[int, Field(ge=1, le=43200)] = 10


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

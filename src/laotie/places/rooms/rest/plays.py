"""Draws and votes over REST."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from laotie.kit.pages import account_id as who
from laotie.kit.pages.guards import account_of
from laotie.kit.pages.rates import count
from laotie.places.rooms import actions, queries
from laotie.places.rooms.rest.who import host

router = Router()
PER_MINUTE = 120


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


@router.post("/{uuid:session_id}/draws", response={201: DrawOut})
def open_draw(request: HttpRequest, session_id: UUID, body: DrawIn) -> Any:
    """Let viewers enter a draw; it is drawn by itself when its time is over."""
    return Status(201, actions.open_draw(host(request), session_id, body.prize, body.winners, body.seconds))


@router.get("/{uuid:session_id}/draws/{uuid:draw_id}", response=DrawOut, auth=None)
def draw(request: HttpRequest, session_id: UUID, draw_id: UUID) -> Any:
    """All that is needed to draw again what was drawn."""
    queries.session_for(account_of(request), session_id)
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

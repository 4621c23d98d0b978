"""One's notices over REST, said in the language that the request asks for."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status

from laotie.kit.pages import account_id as who
from laotie.people.notices import actions, contracts, queries
from laotie.people.notices.saying import said

router = Router()
KindName = Annotated[str, Field(min_length=1, max_length=30, pattern="^[a-z_]+$")]


class NoticeOut(Schema):
    id: UUID
    kind: str
    words: str
    link: str
    at: datetime
    is_read: bool


class Unread(Schema):
    unread: int


class Choice(Schema):
    kind: KindName
    by_email: bool


@router.get("", response=list[NoticeOut])
def mine(
    request: HttpRequest,
    limit: Annotated[int, Query(ge=1, le=100)] = 30,
    offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> Any:
    """Newest first."""
    return [_out(notice) for notice in queries.notices(who(request), limit=limit, offset=offset)]


@router.get("/unread", response=Unread)
def unread(request: HttpRequest) -> Any:
    """How many are not read."""
    return Unread(unread=queries.unread(who(request)))


@router.post("/read", response={204: None})
def read_all(request: HttpRequest) -> Any:
    """Mark all as read."""
    actions.read_all(who(request))
    return Status(204, None)


@router.post("/{uuid:notice_id}/read", response={204: None})
def read(request: HttpRequest, notice_id: UUID) -> Any:
    """Mark one as read."""
    actions.read(who(request), notice_id)
    return Status(204, None)


@router.get("/mail", response=list[Choice])
def choices(request: HttpRequest) -> Any:
    """Which kinds also go by mail."""
    return [{"kind": kind, "by_email": wanted} for kind, wanted in queries.mailed_kinds(who(request)).items()]


@router.put("/mail", response={204: None})
def choose(request: HttpRequest, choice: Choice) -> Any:
    """Say whether a kind also goes by mail."""
    actions.choose(who(request), choice.kind, choice.by_email)
    return Status(204, None)


def _out(notice: contracts.Notice) -> NoticeOut:
    words = said(notice.sentence, notice.data)
    return NoticeOut(
        id=notice.id, kind=notice.kind, words=words, link=notice.link, at=notice.at, is_read=notice.is_read
    )

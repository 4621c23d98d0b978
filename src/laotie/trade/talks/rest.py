"""Talks over REST. Pictures go by the pages' form; here words."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status

from laotie.kit.pages import account_id as who
from laotie.kit.pages.rates import count
from laotie.trade.talks import actions, queries
from laotie.trade.talks.contracts import MOST_WORDS

router = Router()
About = Literal["shop", "product", "order"]
Limit = Annotated[int, Query(ge=1, le=100)]
Offset = Annotated[int, Query(ge=0, le=1_000_000)]
PER_MINUTE = 60


class TopicOut(Schema):
    kind: str
    id: UUID
    title: str
    picture: UUID | None


class TalkOut(Schema):
    id: UUID
    merchant_id: UUID
    topic: TopicOut
    last_words: str
    last_side: str
    last_at: datetime
    buyer_unread: int
    shop_unread: int
    waiting_since: datetime | None
    closed_reason: str


class MessageOut(Schema):
    id: UUID
    side: str
    words: str
    pictures: list[UUID]
    at: datetime


class WordsIn(Schema):
    words: Annotated[str, Field(min_length=1, max_length=MOST_WORDS)]


class QuestionIn(WordsIn):
    about: About
    about_id: UUID


@router.get("", response=list[TalkOut])
def mine(request: HttpRequest, limit: Limit = 20, offset: Offset = 0) -> Any:
    """The buyer's talks, newest first."""
    return [queries.view(row) for row in queries.talks_of_buyer(who(request))[offset : offset + limit]]


@router.post("", response={201: TalkOut})
def ask(request: HttpRequest, question: QuestionIn) -> Any:
    """Ask a shop about itself, a product or one's order."""
    count("talk", str(who(request)), PER_MINUTE)
    return Status(201, actions.ask(who(request), question.about, question.about_id, question.words))


@router.get("/shops/{uuid:merchant_id}", response=list[TalkOut])
def of_shop(
    request: HttpRequest,
    merchant_id: UUID,
    view: Literal["waiting", "all"] = "waiting",
    limit: Limit = 20,
    offset: Offset = 0,
) -> Any:
    """A shop's talks, for those who may care for its buyers."""
    rows = queries.talks_of_shop(who(request), merchant_id, view=view)
    return [queries.view(row) for row in rows[offset : offset + limit]]


@router.get("/{uuid:talk_id}", response=TalkOut)
def one(request: HttpRequest, talk_id: UUID) -> Any:
    """One talk, for those in it."""
    return queries.talk_for(who(request), talk_id)[0]


@router.get("/{uuid:talk_id}/messages", response=list[MessageOut])
def messages(request: HttpRequest, talk_id: UUID, before: datetime | None = None) -> Any:
    """What was said, the oldest first; the last hundred `before` a moment."""
    queries.talk_for(who(request), talk_id)
    return queries.messages(talk_id, before)


@router.post("/{uuid:talk_id}/messages", response={201: TalkOut})
def say(request: HttpRequest, talk_id: UUID, said: WordsIn) -> Any:
    """Go on in a talk, on the side where one stands."""
    count("talk", str(who(request)), PER_MINUTE)
    return Status(201, actions.say(who(request), talk_id, said.words))


@router.post("/{uuid:talk_id}/seen", response={204: None})
def seen(request: HttpRequest, talk_id: UUID) -> Any:
    """Everything in it was read."""
    actions.seen(who(request), talk_id)
    return Status(204, None)

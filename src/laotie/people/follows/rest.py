"""The follow graph over REST."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status

from laotie.kit.pages import account_id as who
from laotie.people.follows import actions, queries

router = Router()
Kind = Literal["shop", "creator", "account"]
Limit = Annotated[int, Query(ge=1, le=100)]
Offset = Annotated[int, Query(ge=0, le=1_000_000)]


class FollowedOut(Schema):
    kind: str
    target_id: UUID
    started_at: datetime
    mutual: bool


class FollowerOut(Schema):
    account_id: UUID
    started_at: datetime
    mutual: bool


class CountsOut(Schema):
    followers: int
    follows: int
    mutual: int


@router.get("", response=list[FollowedOut])
def mine(request: HttpRequest, kind: Kind | None = None, limit: Limit = 50, offset: Offset = 0) -> Any:
    """Whom one follows, newest first."""
    return queries.follows(who(request), kind or "", limit=limit, offset=offset)


@router.get("/followers", response=list[FollowerOut])
def followers(request: HttpRequest, limit: Limit = 50, offset: Offset = 0) -> Any:
    """Who follows one, newest first."""
    return queries.followers("account", who(request), limit=limit, offset=offset)


@router.get("/{kind}/{uuid:target_id}/counts", response=CountsOut, auth=None)
def counts(request: HttpRequest, kind: Kind, target_id: UUID) -> Any:
    """The figures of a shop or an account; anyone may read them."""
    return queries.counts(kind, target_id)


@router.put("/{kind}/{uuid:target_id}", response={204: None})
def follow(request: HttpRequest, kind: Kind, target_id: UUID) -> Any:
    """Follow a shop, a creator or an account."""
    actions.follow(who(request), kind, target_id)
    return Status(204, None)


@router.delete("/{kind}/{uuid:target_id}", response={204: None})
def unfollow(request: HttpRequest, kind: Kind, target_id: UUID) -> Any:
    """Follow it no longer."""
    actions.unfollow(who(request), kind, target_id)
    return Status(204, None)

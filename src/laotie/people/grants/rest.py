"""Rights to act for a seller, over REST."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status
from pydantic import AwareDatetime

from laotie.kit.pages import account_id as who
from laotie.people.grants import actions, queries

router = Router()
Scope = Literal["goods", "orders", "care", "money", "team", "score"]


class GrantOut(Schema):
    id: UUID
    account_id: UUID
    seller_id: UUID
    scope: str
    given_by: UUID
    given_at: datetime
    until: datetime | None


class GrantIn(Schema):
    account_id: UUID
    scope: Scope
    until: Annotated[AwareDatetime, Field(description="None: until it is revoked")] | None = None


@router.get("", response=list[GrantOut])
def mine(request: HttpRequest) -> Any:
    """What one may do for sellers one does not own."""
    return queries.grants_of(who(request))


@router.get("/{uuid:seller_id}", response=list[GrantOut])
def given(request: HttpRequest, seller_id: UUID) -> Any:
    """Every right given at a seller. Needs "team"."""
    queries.require(who(request), "team", seller_id)
    return queries.grants_at(seller_id)


@router.post("/{uuid:seller_id}", response={201: GrantOut})
def give(request: HttpRequest, seller_id: UUID, wanted: GrantIn) -> Any:
    """Give a right. Needs "team" and the right itself."""
    return Status(201, actions.grant(who(request), wanted.account_id, wanted.scope, seller_id, wanted.until))


@router.delete("/{uuid:seller_id}/{uuid:account_id}/{scope}", response={204: None})
def revoke(request: HttpRequest, seller_id: UUID, account_id: UUID, scope: Scope) -> Any:
    """Take a right back. Needs "team"."""
    actions.revoke(who(request), account_id, scope, seller_id)
    return Status(204, None)

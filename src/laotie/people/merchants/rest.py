"""Shops and their teams over REST."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status

from laotie.kit.pages import account_id as who
from laotie.people.accounts.queries import require_operator
from laotie.people.grants.queries import require
from laotie.people.merchants import actions, queries
from laotie.people.merchants.contracts import Shop
from laotie.people.merchants.errors import NoSuchShop

router = Router()
Scope = Literal["goods", "orders", "care", "money", "team", "score"]


class ShopIn(Schema):
    name: Annotated[str, Field(min_length=2, max_length=80)]
    intro: Annotated[str, Field(max_length=2000)] = ""
    ships_from: Annotated[str, Field(max_length=80)] = ""


class ShopOut(Schema):
    id: UUID
    slug: str
    name: str
    intro: str
    face: UUID | None
    ships_from: str
    status: str
    approved_at: datetime | None


class MyShopOut(ShopOut):
    applied_at: datetime
    answer: str


class MemberOut(Schema):
    account_id: UUID
    role: str
    joined_at: datetime


class InvitationIn(Schema):
    email: Annotated[str, Field(min_length=3, max_length=254)]
    scopes: Annotated[list[Scope], Field(max_length=6)] = []


class InvitationOut(Schema):
    id: UUID
    email: str
    scopes: list[str]
    invited_at: datetime
    expires_at: datetime


class KeyIn(Schema):
    key: Annotated[str, Field(min_length=1, max_length=200)]


class ReasonIn(Schema):
    reason: Annotated[str, Field(min_length=5, max_length=1000)]


@router.get("", response=list[MyShopOut])
def mine(request: HttpRequest) -> Any:
    """The shops one works in, in any state."""
    return queries.shops_of(who(request))


@router.post("", response={201: MyShopOut})
def apply(request: HttpRequest, wanted: ShopIn) -> Any:
    """Ask for a shop."""
    return Status(201, actions.apply(who(request), wanted.name, wanted.intro, wanted.ships_from))


@router.get("/waiting", response=list[MyShopOut])
def waiting(request: HttpRequest, limit: Annotated[int, Query(ge=1, le=200)] = 100) -> Any:
    """Operators: applications that wait for an answer, oldest first."""
    require_operator(who(request))
    return queries.waiting(limit)


@router.get("/by-slug/{slug:slug}", response=ShopOut, auth=None)
def by_slug(request: HttpRequest, slug: str) -> Any:
    """An open shop; anyone may read it."""
    return _open(queries.shop_by_slug(slug))


@router.post("/join", response=ShopOut)
def join(request: HttpRequest, offered: KeyIn) -> Any:
    """Take the place that an invitation's link offers; `key` is the last part of the link."""
    return actions.accept(who(request), offered.key)


@router.get("/{uuid:merchant_id}", response=ShopOut, auth=None)
def one(request: HttpRequest, merchant_id: UUID) -> Any:
    """An open shop; anyone may read it."""
    return _open(queries.shop(merchant_id))


@router.put("/{uuid:merchant_id}", response=ShopOut)
def edit(request: HttpRequest, merchant_id: UUID, wanted: ShopIn) -> Any:
    """Change what buyers read. Needs "goods"."""
    return actions.edit(who(request), merchant_id, name=wanted.name, intro=wanted.intro, ships_from=wanted.ships_from)


@router.post("/{uuid:merchant_id}/close", response={204: None})
def close(request: HttpRequest, merchant_id: UUID) -> Any:
    """Owners: close the shop for good."""
    actions.close(who(request), merchant_id)
    return Status(204, None)


@router.post("/{uuid:merchant_id}/approve", response={204: None})
def approve(request: HttpRequest, merchant_id: UUID) -> Any:
    """Operators: open the shop."""
    actions.approve(who(request), merchant_id)
    return Status(204, None)


@router.post("/{uuid:merchant_id}/reject", response={204: None})
def reject(request: HttpRequest, merchant_id: UUID, answer: ReasonIn) -> Any:
    """Operators: say no, and why."""
    actions.reject(who(request), merchant_id, answer.reason)
    return Status(204, None)


@router.get("/{uuid:merchant_id}/team", response=list[MemberOut])
def team(request: HttpRequest, merchant_id: UUID) -> Any:
    """Who works here. Needs "team"."""
    require(who(request), "team", merchant_id)
    return queries.team(merchant_id)


@router.delete("/{uuid:merchant_id}/team/{uuid:member_id}", response={204: None})
def remove(request: HttpRequest, merchant_id: UUID, member_id: UUID) -> Any:
    """Take someone out of the team, or leave it. Needs "team" for others."""
    actions.remove_member(who(request), merchant_id, member_id)
    return Status(204, None)


@router.post("/{uuid:merchant_id}/team/{uuid:member_id}/own", response={204: None})
def own(request: HttpRequest, merchant_id: UUID, member_id: UUID) -> Any:
    """Owners: let a member own the shop too."""
    actions.make_owner(who(request), merchant_id, member_id)
    return Status(204, None)


@router.get("/{uuid:merchant_id}/invitations", response=list[InvitationOut])
def invitations(request: HttpRequest, merchant_id: UUID) -> Any:
    """Invitations that can still be taken. Needs "team"."""
    require(who(request), "team", merchant_id)
    return queries.invitations(merchant_id)


@router.post("/{uuid:merchant_id}/invitations", response={201: InvitationOut})
def invite(request: HttpRequest, merchant_id: UUID, wanted: InvitationIn) -> Any:
    """Offer a place in the team by mail. Needs "team" and every scope offered."""
    return Status(201, actions.invite(who(request), merchant_id, wanted.email, list(wanted.scopes)))


@router.delete("/{uuid:merchant_id}/invitations/{uuid:invitation_id}", response={204: None})
def withdraw(request: HttpRequest, merchant_id: UUID, invitation_id: UUID) -> Any:
    """Take an invitation back. Needs "team"."""
    actions.withdraw(who(request), merchant_id, invitation_id)
    return Status(204, None)


def _open(shop: Shop) -> Shop:
    """Applications are between the applicant and the operators."""
    if shop.status not in {"approved", "closed"}:
        raise NoSuchShop
    return shop

"""One's own account over REST, and the two ways of showing who one is."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.http import HttpRequest
from ninja import Field, Router, Schema, Status
from ninja.security import HttpBearer, SessionAuth

from laotie.kit.pages import account_id as who
from laotie.people.accounts import actions, queries
from laotie.people.accounts.actions.tokens import holder
from laotie.people.accounts.errors import ConfirmFirst
from laotie.people.accounts.models import Account

Line = Annotated[str, Field(max_length=200)]


class BearerToken(HttpBearer):
    """`Authorization: Bearer <key>`, with a key made under Me → Security."""

    def authenticate(self, request: HttpRequest, token: str) -> Account | None:
        account = holder(token)
        if account is not None:
            request.user = account
        return account


class VisitorsToo(SessionAuth):
    """Who is signed in by a session shows its CSRF token; who is not, is let in as nobody. Their cookies are SameSite,
    so that no other site can act with them."""

    def __call__(self, request: HttpRequest) -> Any:
        return super().__call__(request) if request.user.is_authenticated else True


SIGNED_IN = [BearerToken(), SessionAuth()]
ANYONE = [BearerToken(), VisitorsToo()]
BY_SESSION = SessionAuth()


class Me(Schema):
    id: UUID
    name: str
    email: str
    language: str
    is_operator: bool
    face: UUID | None
    joined_at: datetime


class MeChange(Schema):
    name: Annotated[str, Field(min_length=1, max_length=40)] | None = None
    language: Annotated[str, Field(pattern="^(zh-hans|en)$")] | None = None


class TokenOut(Schema):
    id: UUID
    name: str
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None


class TokenIn(Schema):
    name: Annotated[str, Field(min_length=1, max_length=60)]
    days: Annotated[int, Field(ge=1, le=365)]


class NewToken(TokenOut):
    key: str


router = Router()


@router.get("/me", response=Me)
def me(request: HttpRequest) -> Any:
    """The account that asks."""
    return queries.account(who(request))


@router.patch("/me", response=Me)
def change_me(request: HttpRequest, change: MeChange) -> Any:
    """Change the name others see, or the language."""
    if change.name is not None:
        actions.rename(who(request), change.name)
    if change.language is not None:
        actions.speak(who(request), change.language)
    return queries.account(who(request))


@router.get("/me/export")
def export(request: HttpRequest) -> dict[str, Any]:
    """Everything the market holds about the person."""
    return actions.export(who(request))


@router.get("/tokens", response=list[TokenOut])
def tokens(request: HttpRequest) -> Any:
    """One's keys that still work, without the keys themselves."""
    return queries.tokens(who(request))


@router.post("/tokens", response={201: NewToken}, auth=BY_SESSION)
def make_token(request: HttpRequest, wanted: TokenIn) -> Any:
    """Make a key; shown once. Only in a session that has just signed in: a key cannot make another."""
    if not did_recently_reauthenticate(request):
        raise ConfirmFirst
    token, key = actions.make_token(who(request), wanted.name, wanted.days)
    shown = NewToken(
        id=token.id, name=token.name, made_at=token.made_at, expires_at=token.expires_at, used_at=None, key=key
    )
    return Status(201, shown)


@router.delete("/tokens/{uuid:token_id}", response={204: None})
def revoke_token(request: HttpRequest, token_id: UUID) -> Any:
    """End a key at once."""
    actions.revoke_token(who(request), token_id)
    return Status(204, None)

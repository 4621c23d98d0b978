"""Creators over REST."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from laotie.kit.pages import account_id as who
from laotie.people.creators import actions, queries

router = Router()


class CreatorOut(Schema):
    account_id: UUID
    slug: str
    name: str
    face: UUID | None
    persona: str
    intro: str
    joined_at: datetime


class PersonaIn(Schema):
    persona: Annotated[str, Field(min_length=4, max_length=120)]
    intro: Annotated[str, Field(max_length=1000)] = ""


class CreatorIn(PersonaIn):
    slug: Annotated[str, Field(min_length=3, max_length=40, pattern="^[a-z][a-z0-9-]*$")]


@router.get("/{slug:slug}", response=CreatorOut, auth=None)
def one(request: HttpRequest, slug: str) -> Any:
    """A creator by the address of its page."""
    return queries.creator_by_slug(slug)


@router.post("", response={201: CreatorOut})
def join(request: HttpRequest, wanted: CreatorIn) -> Any:
    """Become a creator."""
    return Status(201, actions.join(who(request), wanted.slug, wanted.persona, wanted.intro))


@router.put("", response=CreatorOut)
def declare(request: HttpRequest, wanted: PersonaIn) -> Any:
    """Say anew what one is about."""
    return actions.declare(who(request), wanted.persona, wanted.intro)

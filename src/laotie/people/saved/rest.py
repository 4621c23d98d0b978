"""What one keeps for later, over REST."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Status

from laotie.kit.pages import account_id as who
from laotie.people.saved import actions, queries

router = Router()


@router.get("", response=list[UUID])
def mine(
    request: HttpRequest,
    limit: Annotated[int, Query(ge=1, le=100)] = 60,
    offset: Annotated[int, Query(ge=0, le=10_000)] = 0,
) -> Any:
    """The products one keeps, newest first."""
    return queries.saved(who(request), limit=limit, offset=offset)


@router.put("/{uuid:product_id}", response={204: None})
def save(request: HttpRequest, product_id: UUID) -> Any:
    """Keep a product."""
    actions.save(who(request), product_id)
    return Status(204, None)


@router.delete("/{uuid:product_id}", response={204: None})
def unsave(request: HttpRequest, product_id: UUID) -> Any:
    """Keep it no longer."""
    actions.unsave(who(request), product_id)
    return Status(204, None)

"""The tree of categories over REST."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from laotie.goods.catalogue import actions, queries
from laotie.goods.listings.rest.schemas import CategoryIn, CategoryOut, MoveIn, RenameIn
from laotie.kit.pages import account_id as who
from laotie.people.accounts.queries import require_operator

router = Router()


@router.get("/categories", response=list[CategoryOut], auth=None)
def tree(request: HttpRequest) -> Any:
    """The whole tree, roots first."""
    return [CategoryOut.of(node) for node in queries.categories()]


@router.post("/categories", response={201: CategoryOut})
def add(request: HttpRequest, wanted: CategoryIn) -> Any:
    """Operators: a new category."""
    require_operator(who(request))
    node = actions.add_category(wanted.slug, wanted.name_zh, wanted.name_en, wanted.parent_id, operator_id=who(request))
    return Status(201, CategoryOut.of(node))


@router.put("/categories/{category_id}/names", response=CategoryOut)
def rename(request: HttpRequest, category_id: UUID, wanted: RenameIn) -> Any:
    """Operators: other names; the address stays."""
    require_operator(who(request))
    actions.rename_category(category_id, wanted.name_zh, wanted.name_en, operator_id=who(request))
    return CategoryOut.of(queries.category(category_id))


@router.put("/categories/{category_id}/place", response=CategoryOut)
def move(request: HttpRequest, category_id: UUID, wanted: MoveIn) -> Any:
    """Operators: another place in the tree, with all that hangs below."""
    require_operator(who(request))
    actions.move_category(category_id, wanted.parent_id, wanted.position, operator_id=who(request))
    return CategoryOut.of(queries.category(category_id))


@router.delete("/categories/{category_id}", response={204: None})
def remove(request: HttpRequest, category_id: UUID) -> Any:
    """Operators: remove a category that nothing hangs on."""
    require_operator(who(request))
    actions.remove_category(category_id, operator_id=who(request))
    return Status(204, None)

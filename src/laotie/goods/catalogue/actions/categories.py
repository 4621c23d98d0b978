"""Keeping the tree of categories. An operator's act is audited; a seed's or an import's has no operator."""

from uuid import UUID

from django.db import transaction
from django.utils.text import slugify

from laotie.goods.catalogue import models, queries
from laotie.goods.catalogue.contracts import Category
from laotie.goods.catalogue.errors import (
    HasChildren,
    HasProducts,
    InItself,
    NoSuchCategory,
    SlugTaken,
    TooDeep,
)
from laotie.goods.catalogue.seeds import TREE
from laotie.kit.text import BadText, line
from laotie.people.audit.actions import audit

LEVELS = 3
NAME = SLUG = 80


@transaction.atomic
def add_category(
    slug: str,
    name_zh: str,
    name_en: str,
    parent_id: UUID | None = None,
    *,
    position: int | None = None,
    operator_id: UUID | None = None,
) -> Category:
    """A new node below `parent_id`, a root without one; last among its siblings unless `position` says otherwise.

    Raises BadCategory's kinds, BadText.
    """
    tree = _locked()
    parent = _node(tree, parent_id) if parent_id else None
    level = parent.level + 1 if parent else 1
    if level > LEVELS:
        raise TooDeep(field="parent")
    if parent and models.Product.objects.filter(category_id=parent.id).exists():
        raise HasProducts(field="parent")
    clean = _slug(slug)
    if any(node.slug == clean for node in tree.values()):
        raise SlugTaken(field="slug", slug=clean)
    row = models.Category.objects.create(
        parent_id=parent_id,
        level=level,
        slug=clean,
        name_zh=line(name_zh, "name_zh", NAME, 1),
        name_en=line(name_en, "name_en", NAME, 1),
        position=_last(tree, parent_id) + 1 if position is None else position,
    )
    _done(operator_id, "add", row, {"slug": clean})
    return Category(row.id, parent_id, level, clean, row.name_zh, row.name_en)


@transaction.atomic
def rename_category(category_id: UUID, name_zh: str, name_en: str, *, operator_id: UUID | None = None) -> None:
    """Call it something else; its address stays. Raises NoSuchCategory, BadText."""
    row = _node(_locked(), category_id)
    row.name_zh, row.name_en = line(name_zh, "name_zh", NAME, 1), line(name_en, "name_en", NAME, 1)
    row.save(update_fields=["name_zh", "name_en"])
    _done(operator_id, "rename", row, {"name_zh": row.name_zh, "name_en": row.name_en})


@transaction.atomic
def move_category(category_id: UUID, parent_id: UUID | None, position: int, *, operator_id: UUID | None = None) -> None:
    """Hang the node, with all below it, under `parent_id` at `position` (0 is first). Raises BadCategory's kinds."""
    tree = _locked()
    row = _node(tree, category_id)
    parent = _node(tree, parent_id) if parent_id else None
    below = _below(tree, category_id)
    if parent_id in {node.id for node in below}:
        raise InItself(field="parent")
    level = parent.level + 1 if parent else 1
    if level + max(node.level for node in below) - row.level > LEVELS:
        raise TooDeep(field="parent")
    if parent and parent.id != row.parent_id and models.Product.objects.filter(category_id=parent.id).exists():
        raise HasProducts(field="parent")
    for node in below:
        node.level += level - row.level if node is not row else 0
    row.level, row.parent_id = level, parent_id
    models.Category.objects.bulk_update(below, ["level", "parent"])
    _arrange(tree, row, position)
    _done(operator_id, "move", row, {"parent": str(parent_id), "position": position})


@transaction.atomic
def remove_category(category_id: UUID, *, operator_id: UUID | None = None) -> None:
    """Remove a node that nothing hangs on. Raises HasChildren, HasProducts, NoSuchCategory."""
    tree = _locked()
    row = _node(tree, category_id)
    if len(_below(tree, category_id)) > 1:
        raise HasChildren
    if models.Product.objects.filter(category_id=category_id).exists():
        raise HasProducts
    _done(operator_id, "remove", row, {"slug": row.slug})
    models.Category.objects.filter(id=category_id).delete()


@transaction.atomic
def plant_categories(*, operator_id: UUID | None = None) -> int:
    """Add the usual categories that are missing; returns how many were."""
    known = {node.slug: node.id for node in _locked().values()}
    added = 0
    for parent_slug, slug, name_zh, name_en in TREE:
        if slug not in known:
            parent_id = known[parent_slug] if parent_slug else None
            known[slug] = add_category(slug, name_zh, name_en, parent_id, operator_id=operator_id).id
            added += 1
    return added


def _locked() -> dict[UUID, models.Category]:
    """The whole tree, held until the end of the transaction: its rules are about more than one node."""
    return {row.id: row for row in models.Category.objects.select_for_update().order_by("id")}


def _node(tree: dict[UUID, models.Category], category_id: UUID) -> models.Category:
    if category_id not in tree:
        raise NoSuchCategory
    return tree[category_id]


def _below(tree: dict[UUID, models.Category], category_id: UUID) -> list[models.Category]:
    """The node and everything below it."""
    found = [tree[category_id]]
    for node in found:
        found += [child for child in tree.values() if child.parent_id == node.id]
    return found


def _last(tree: dict[UUID, models.Category], parent_id: UUID | None) -> int:
    return max((node.position for node in tree.values() if node.parent_id == parent_id), default=-1)


def _arrange(tree: dict[UUID, models.Category], row: models.Category, position: int) -> None:
    siblings = [node for node in tree.values() if node.parent_id == row.parent_id and node is not row]
    siblings.sort(key=lambda node: (node.position, node.slug))
    siblings.insert(max(0, position), row)
    for place, node in enumerate(siblings):
        node.position = place
    models.Category.objects.bulk_update(siblings, ["position"])


def _slug(slug: str) -> str:
    clean = slugify(slug)
    if not 1 <= len(clean) <= SLUG:
        raise BadText(field="slug", least=1, most=SLUG)
    return clean


def _done(operator_id: UUID | None, act: str, row: models.Category, data: dict[str, object]) -> None:
    queries.forget_categories()
    transaction.on_commit(queries.forget_categories)
    if operator_id is not None:
        audit(operator_id, f"category.{act}", "category", row.id, data)

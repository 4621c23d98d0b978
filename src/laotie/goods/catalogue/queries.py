"""Reads of the catalogue. Nothing here judges who may read: `listings.queries` holds the access functions."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from laotie.goods.catalogue import models
from laotie.goods.catalogue.contracts import Brand, Category, Product, Sku
from laotie.goods.catalogue.errors import NoSuchCategory, NoSuchProduct
from laotie.kit import clock

# Not through the ORM, which takes longer to make two such statements than the database to answer them: this is read
# for every product page.
PRODUCTS = """
    SELECT p.id, p.merchant_id, p.category_id, p.brand_id, coalesce(b.name, ''), p.title, p.description, p.facts,
        p.pictures, p.status, p.takedown_reason, p.listed_at, p.changed_at, coalesce((
            SELECT jsonb_agg(jsonb_build_array(s.id, s.code, s.options) ORDER BY s.position, s.id)
            FROM catalogue_sku s WHERE s.product_id = p.id AND NOT s.retired), '[]')
    FROM catalogue_product p LEFT JOIN catalogue_brand b ON b.id = p.brand_id WHERE p.id = ANY (%s)
"""
TREE_AGE = timedelta(seconds=60)
_tree: dict[str, tuple[datetime, tuple[Category, ...], dict[UUID, Category]]] = {}


def product(product_id: UUID) -> Product:
    """Raises NoSuchProduct. Whatever its status is: see `Product.status`."""
    found = products([product_id]).get(product_id)
    if found is None:
        raise NoSuchProduct
    return found


def products(ids: Iterable[UUID]) -> dict[UUID, Product]:
    """The products of `ids` that exist, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(PRODUCTS, [list(ids)])
        return {row[0]: _product(row) for row in cursor.fetchall()}


def _product(row: tuple[Any, ...]) -> Product:
    return Product(
        id=row[0],
        merchant_id=row[1],
        category_id=row[2],
        brand_id=row[3],
        brand=row[4],
        title=row[5],
        description=row[6],
        facts=json.loads(row[7]),
        pictures=tuple(UUID(picture) for picture in json.loads(row[8])),
        status=row[9],
        takedown_reason=row[10],
        listed_at=row[11],
        changed_at=row[12],
        skus=tuple(Sku(UUID(sku), row[0], code, options) for sku, code, options in json.loads(row[13])),
    )


def listed_ids(start: int = 0, count: int | None = None) -> Iterator[UUID]:
    """Products buyers may see, by id: all of them, or `count` from the `start`-th on. Read in pieces."""
    rows = (
        models.Product.objects.filter(status=models.Product.Status.LISTED).order_by("id").values_list("id", flat=True)
    )
    yield from rows[start : None if count is None else start + count].iterator(2000)


def listed_count() -> int:
    """How many products buyers may see."""
    return models.Product.objects.filter(status=models.Product.Status.LISTED).count()


def contract(row: models.Product) -> Product:
    """`row` as it leaves the slice; brand and skus should have been read with it."""
    return Product(
        id=row.id,
        merchant_id=row.merchant_id,
        category_id=row.category_id,
        brand_id=row.brand_id,
        brand=row.brand.name if row.brand else "",
        title=row.title,
        description=row.description,
        facts=row.facts,
        pictures=tuple(UUID(picture) for picture in row.pictures),
        status=row.status,
        takedown_reason=row.takedown_reason,
        listed_at=row.listed_at,
        changed_at=row.changed_at,
        skus=tuple(
            _sku(sku) for sku in sorted(row.skus.all(), key=lambda sku: (sku.position, sku.id)) if not sku.retired
        ),
    )


def _sku(row: models.Sku) -> Sku:
    return Sku(row.id, row.product_id, row.code, row.options)


def products_of_merchant(
    merchant_id: UUID, words: str = "", status: str = "", *, start: int = 0, count: int = 20
) -> tuple[list[Product], int]:
    """Products changed last first, and how many there are in all. `words` are looked for in titles and sku codes."""
    return _page(models.Product.objects.filter(merchant_id=merchant_id), words, status, start, count)


def products_of_market(
    words: str = "", status: str = "", *, start: int = 0, count: int = 30
) -> tuple[list[Product], int]:
    """The same over all merchants."""
    return _page(models.Product.objects.all(), words, status, start, count)


def _page(rows: QuerySet[models.Product], words: str, status: str, start: int, count: int) -> tuple[list[Product], int]:
    if status:
        rows = rows.filter(status=status)
    for word in words.split()[:8]:
        coded = models.Sku.objects.filter(product=OuterRef("pk"), code__icontains=word, retired=False)
        rows = rows.filter(Q(title__icontains=word) | Exists(coded))
    total = rows.count()
    shown = rows.select_related("brand").prefetch_related("skus").order_by("-changed_at", "-id")
    return [contract(row) for row in shown[start : start + count]], total


def counts_of_merchant(merchant_id: UUID) -> dict[str, int]:
    """How many products of the merchant are in each state."""
    rows = models.Product.objects.filter(merchant_id=merchant_id).values_list("status").annotate(count=Count("id"))
    return dict.fromkeys(models.Product.Status.values, 0) | dict(rows)


def products_by_category() -> dict[UUID, int]:
    """How many products, in any state, hang on each category."""
    return dict(models.Product.objects.values_list("category_id").annotate(count=Count("id")))


def all_of_merchant(merchant_id: UUID) -> Iterator[Product]:
    """Every product of the merchant, oldest first, read in portions."""
    rows = models.Product.objects.filter(merchant_id=merchant_id).select_related("brand").prefetch_related("skus")
    for row in rows.order_by("id").iterator(chunk_size=500):
        yield contract(row)


def skus(ids: Iterable[UUID]) -> dict[UUID, Sku]:
    """The skus of `ids` that exist, those no longer offered included."""
    return {row.id: _sku(row) for row in models.Sku.objects.filter(id__in=list(ids))}


def skus_by_code(merchant_id: UUID, codes: Iterable[str]) -> dict[str, Sku]:
    """The merchant's skus that carry one of `codes`, by code."""
    rows = models.Sku.objects.filter(merchant_id=merchant_id, code__in=set(codes) - {""}, retired=False)
    return {row.code: _sku(row) for row in rows}


def categories() -> tuple[Category, ...]:
    """The roots of the tree, each with its children. Read at most once a minute in a process."""
    return _known_tree()[1]


def _known_tree() -> tuple[datetime, tuple[Category, ...], dict[UUID, Category]]:
    """When the tree was read, its roots, and every node by id."""
    known = _tree.get("tree")
    if known is None or abs(clock.now() - known[0]) > TREE_AGE:
        roots = _read_tree()
        nodes = {node.id: node for root in roots for node in root.walk()}
        known = _tree["tree"] = (clock.now(), roots, nodes)
    return known


def forget_categories() -> None:
    """Read the tree afresh the next time; its own actions call this."""
    _tree.clear()


def _read_tree() -> tuple[Category, ...]:
    below: dict[UUID | None, list[models.Category]] = {}
    for row in models.Category.objects.order_by("position", "slug"):
        below.setdefault(row.parent_id, []).append(row)

    def nodes(parent: UUID | None) -> tuple[Category, ...]:
        return tuple(
            Category(row.id, row.parent_id, row.level, row.slug, row.name_zh, row.name_en, nodes(row.id))
            for row in below.get(parent, [])
        )

    return nodes(None)


def all_categories() -> Mapping[UUID, Category]:
    """Every node by id."""
    return _known_tree()[2]


def category(category_id: UUID) -> Category:
    """Raises NoSuchCategory."""
    try:
        return all_categories()[category_id]
    except KeyError:
        raise NoSuchCategory from None


def category_by_slug(slug: str) -> Category:
    """Raises NoSuchCategory."""
    for node in all_categories().values():
        if node.slug == slug:
            return node
    raise NoSuchCategory


def category_path(category_id: UUID) -> tuple[Category, ...]:
    """From the root down to the category itself; empty when there is no such category."""
    nodes, path = all_categories(), []
    node = nodes.get(category_id)
    while node is not None:
        path.append(node)
        node = nodes.get(node.parent_id) if node.parent_id else None
    return tuple(reversed(path))


def brands(ids: Iterable[UUID]) -> dict[UUID, Brand]:
    rows = models.Brand.objects.filter(id__in=list(ids))
    return {row.id: Brand(row.id, row.slug, row.name) for row in rows}


def brand_names(most: int = 300) -> list[str]:
    """Names of brands that products carry, for suggestions."""
    return list(models.Brand.objects.order_by("name").values_list("name", flat=True)[:most])

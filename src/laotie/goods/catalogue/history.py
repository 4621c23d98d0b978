"""Categories and products of an imported history: listed at their own time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify

from laotie.goods.catalogue import queries
from laotie.goods.catalogue.contracts import ProductListed
from laotie.goods.catalogue.models import Brand, Category, Product, Sku
from laotie.kit.ids import new_id
from laotie.stream.outbox.actions import emit_past


@dataclass(frozen=True, slots=True)
class PastCategory:
    """A node; parents come before children. Where the market has one of that slug already, that one is meant."""

    id: UUID
    parent_id: UUID | None
    slug: str
    name_zh: str
    name_en: str
    position: int


@dataclass(frozen=True, slots=True)
class PastSku:
    id: UUID
    merchant_id: UUID
    code: str
    options: str


@dataclass(frozen=True, slots=True)
class PastProduct:
    """A listed product. `brand` is a name or ""; `pictures` are kit.pictures ids, the first the cover."""

    id: UUID
    merchant_id: UUID
    category_id: UUID
    brand: str
    title: str
    description: str
    facts: dict[str, str]
    pictures: tuple[UUID, ...]
    listed_at: datetime
    skus: tuple[PastSku, ...]


@transaction.atomic
def admit_categories(nodes: Sequence[PastCategory]) -> int:
    """Make the nodes that are not there yet; returns how many."""
    stands = category_ids(nodes)
    levels = dict(Category.objects.filter(pk__in=stands.values()).values_list("pk", "level"))
    fresh = []
    for node in nodes:
        if node.id not in stands:
            parent_id = stands[node.parent_id] if node.parent_id else None
            level = levels[parent_id] + 1 if parent_id else 1
            fresh.append(
                Category(id=node.id, parent_id=parent_id, level=level, slug=node.slug, name_zh=node.name_zh,
                         name_en=node.name_en, position=node.position)
            )  # fmt: skip
            stands[node.id], levels[node.id] = node.id, level
    Category.objects.bulk_create(fresh)
    queries.forget_categories()
    transaction.on_commit(queries.forget_categories)
    return len(fresh)


def category_ids(nodes: Sequence[PastCategory]) -> dict[UUID, UUID]:
    """For the nodes that the market has, by id or else by slug, the id that stands for them here."""
    found = Category.objects.filter(Q(pk__in=[n.id for n in nodes]) | Q(slug__in=[n.slug for n in nodes]))
    rows = {key: row_id for row_id, slug in found.values_list("pk", "slug") for key in (row_id, slug)}
    return {n.id: rows.get(n.id) or rows[n.slug] for n in nodes if n.id in rows or n.slug in rows}


@transaction.atomic
def admit_history(products: Sequence[PastProduct]) -> int:
    """List the products that are not there yet, with their skus; returns how many."""
    known = set(Product.objects.filter(pk__in=[product.id for product in products]).values_list("pk", flat=True))
    fresh = [product for product in products if product.id not in known]
    brands = _brands(product.brand for product in fresh if product.brand)
    Product.objects.bulk_create([_row(product, brands.get(product.brand)) for product in fresh], batch_size=1000)
    Sku.objects.bulk_create(
        [
            Sku(id=sku.id, merchant_id=sku.merchant_id, product_id=product.id, code=sku.code, options=sku.options,
                position=position)
            for product in fresh
            for position, sku in enumerate(product.skus)
        ],
        batch_size=1000,
    )  # fmt: skip
    emit_past(
        (p.listed_at, ProductListed(p.id, p.merchant_id, p.category_id, brands.get(p.brand), p.title)) for p in fresh
    )
    return len(fresh)


def _brands(names: Iterable[str]) -> dict[str, UUID]:
    """The brand of each name, made where there is none."""
    slugs = {name: slugify(name, allow_unicode=True)[:80] or new_id().hex for name in names}
    Brand.objects.bulk_create([Brand(slug=slug, name=name) for name, slug in slugs.items()], ignore_conflicts=True)
    ids = dict(Brand.objects.filter(slug__in=slugs.values()).values_list("slug", "pk"))
    return {name: ids[slug] for name, slug in slugs.items()}


def _row(product: PastProduct, brand_id: UUID | None) -> Product:
    return Product(
        id=product.id, merchant_id=product.merchant_id, category_id=product.category_id, brand_id=brand_id,
        title=product.title, description=product.description, facts=product.facts,
        pictures=[str(picture) for picture in product.pictures], status=Product.Status.LISTED,
        created_at=product.listed_at, listed_at=product.listed_at, changed_at=product.listed_at,
    )  # fmt: skip

"""Writes of the catalogue."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify

from laotie.goods.catalogue import models, queries
from laotie.goods.catalogue.contracts import Brand, Category, Product, ProductDraft, SkuDraft
from laotie.kit import clock
from laotie.kit.ids import new_id


def add_category(slug: str, name_zh: str, name_en: str, parent_id: UUID | None = None, position: int = 0) -> Category:
    """A new node below `parent_id`, a root without one."""
    level = 1 if parent_id is None else queries.category(parent_id).level + 1
    row = models.Category.objects.create(
        parent_id=parent_id, level=level, slug=slug, name_zh=name_zh, name_en=name_en, position=position
    )
    queries.forget_categories()
    return Category(row.id, parent_id, level, slug, name_zh, name_en)


def ensure_brand(name: str) -> Brand:
    """The brand of this name, made when there is none."""
    slug = slugify(name, allow_unicode=True)[:80] or new_id().hex
    row, _ = models.Brand.objects.get_or_create(slug=slug, defaults={"name": name[:80]})
    return Brand(row.id, row.slug, row.name)


@transaction.atomic
def create_product(merchant_id: UUID, draft: ProductDraft, product_id: UUID | None = None) -> Product:
    """A new product in the state draft, with its skus."""
    now = clock.now()
    row = models.Product.objects.create(
        id=product_id or new_id(),
        merchant_id=merchant_id,
        category_id=draft.category_id,
        brand_id=ensure_brand(draft.brand).id if draft.brand else None,
        title=draft.title,
        description=draft.description,
        facts=dict(draft.facts or {}),
        pictures=[str(picture) for picture in draft.pictures],
        created_at=now,
        changed_at=now,
    )
    _write_skus(row, draft.skus)
    return queries.product(row.id)


def _write_skus(product: models.Product, drafts: Sequence[SkuDraft]) -> None:
    models.Sku.objects.bulk_create(
        models.Sku(
            id=draft.id or new_id(),
            merchant_id=product.merchant_id,
            product=product,
            code=draft.code,
            options=draft.options,
            position=position,
        )
        for position, draft in enumerate(drafts)
    )


def mark_listed(product_id: UUID) -> Product:
    """Show the product to buyers."""
    now = clock.now()
    models.Product.objects.filter(id=product_id).update(
        status=models.Product.Status.LISTED, listed_at=now, changed_at=now
    )
    return queries.product(product_id)

"""Writing products and their skus."""

from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError, transaction

from laotie.goods.catalogue import models, queries
from laotie.goods.catalogue.actions.brands import ensure_brand
from laotie.goods.catalogue.checks import checked
from laotie.goods.catalogue.contracts import Product, ProductChanged, ProductDraft, SkuDraft
from laotie.goods.catalogue.errors import CodeTaken, NoSuchProduct
from laotie.kit import clock
from laotie.kit.ids import new_id
from laotie.kit.pictures import actions as pictures
from laotie.stream.outbox.actions import emit


def create_product(merchant_id: UUID, draft: ProductDraft) -> Product:
    """A new product in the state draft, with its skus. Raises the catalogue's BadInput errors."""
    clean = checked(merchant_id, draft)
    now = clock.now()
    row = models.Product(id=new_id(), merchant_id=merchant_id, created_at=now)
    with transaction.atomic():
        _write(row, clean)
    return queries.product(row.id)


def update_product(product_id: UUID, draft: ProductDraft) -> Product:
    """Say everything of a product anew. Skus of `draft` with an id stay themselves, others are new, missing ones are
    retired. Raises NoSuchProduct and the catalogue's BadInput errors."""
    with transaction.atomic():
        row = models.Product.objects.select_for_update().filter(id=product_id).first()
        if row is None:
            raise NoSuchProduct
        _write(row, checked(row.merchant_id, draft, product_id))
        if row.status == models.Product.Status.LISTED:
            emit(ProductChanged(row.id, row.merchant_id, row.category_id, row.brand_id, row.title))
    return queries.product(product_id)


def _write(row: models.Product, draft: ProductDraft) -> None:
    row.category_id = draft.category_id
    row.brand_id = ensure_brand(draft.brand).id if draft.brand else None
    row.title, row.description, row.facts = draft.title, draft.description, dict(draft.facts or {})
    row.pictures = [str(picture) for picture in draft.pictures]
    row.changed_at = clock.now()
    row.save()
    pictures.keep(draft.pictures)
    _write_skus(row, draft.skus)


def _write_skus(product: models.Product, drafts: Sequence[SkuDraft]) -> None:
    known = {sku.id: sku for sku in product.skus.filter(retired=False)}
    rows = [_sku(product, known, position, draft) for position, draft in enumerate(drafts)]
    kept = {row.id for row in rows}
    product.skus.filter(retired=False).exclude(id__in=kept).update(retired=True)
    try:
        with transaction.atomic():
            # a code may wander from one sku to another: let go of all before taking hold
            product.skus.filter(id__in=kept).exclude(code="").update(code="")
            models.Sku.objects.bulk_create([row for row in rows if row.id not in known])
            models.Sku.objects.bulk_update([row for row in rows if row.id in known], ["code", "options", "position"])
    except IntegrityError as error:  # another listing of the same merchant took a code between check and write
        raise CodeTaken(field="code", sku_code=next(draft.code for draft in drafts if draft.code)) from error


def _sku(product: models.Product, known: dict[UUID, models.Sku], position: int, draft: SkuDraft) -> models.Sku:
    row = known.get(draft.id) if draft.id else None
    row = row or models.Sku(id=new_id(), merchant_id=product.merchant_id, product=product)
    row.code, row.options, row.position = draft.code, draft.options, position
    return row

"""Moving a product through its states, each with its fact."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop as _

from laotie.goods.catalogue import models, queries
from laotie.goods.catalogue.contracts import Product, ProductEnded, ProductListed, ProductTakenDown
from laotie.goods.catalogue.errors import NoSuchProduct
from laotie.goods.catalogue.transitions import after
from laotie.kit import clock
from laotie.kit.text import line
from laotie.people.audit.actions import audit
from laotie.people.merchants.queries import team
from laotie.people.notices.actions import notify
from laotie.stream.outbox.actions import emit

REASON = 300


@transaction.atomic
def mark_listed(product_id: UUID) -> Product:
    """Show the product to buyers; `listings` asks whether there is something to sell. Raises WrongStatus."""
    row = _move(product_id, "list")
    row.listed_at = row.changed_at
    row.save(update_fields=["listed_at"])
    emit(ProductListed(row.id, row.merchant_id, row.category_id, row.brand_id, row.title))
    return queries.product(product_id)


@transaction.atomic
def end_product(product_id: UUID) -> Product:
    """Stop selling; it can be listed again. Raises WrongStatus."""
    row = _move(product_id, "end")
    emit(ProductEnded(row.id, row.merchant_id))
    return queries.product(product_id)


@transaction.atomic
def take_down_product(operator_id: UUID, product_id: UUID, reason: str) -> Product:
    """Take the product away from buyers and tell its merchant why. Raises WrongStatus, BadText."""
    product = remove_product(operator_id, product_id, reason)
    data = {"title": product.title, "reason": product.takedown_reason}
    _tell(product.merchant_id, product_id, "shop.product_taken_down", _("“{title}” was taken down: {reason}"), data)
    return product


@transaction.atomic
def remove_product(operator_id: UUID, product_id: UUID, reason: str) -> Product:
    """Take the product away from buyers for a caller who tells its merchant: a report's judge, with a way to object.

    Raises WrongStatus, BadText.
    """
    reason = line(reason, "reason", REASON, 1)
    row = _move(product_id, "take_down")
    row.takedown_reason = reason
    row.save(update_fields=["takedown_reason"])
    emit(ProductTakenDown(row.id, row.merchant_id, reason))
    audit(operator_id, "product.take_down", "product", row.id, {"reason": reason})
    return queries.product(product_id)


@transaction.atomic
def restore_product(operator_id: UUID, product_id: UUID) -> Product:
    """Give a product that was taken down back to its merchant, who may list it again. Raises WrongStatus."""
    row = _move(product_id, "restore")
    row.takedown_reason = ""
    row.save(update_fields=["takedown_reason"])
    audit(operator_id, "product.restore", "product", row.id, {})
    sentence = _("“{title}” may be sold again. List it when ready.")
    _tell(row.merchant_id, row.id, "shop.product_restored", sentence, {"title": row.title})
    return queries.product(product_id)


def _move(product_id: UUID, act: str) -> models.Product:
    row = models.Product.objects.select_for_update().filter(id=product_id).first()
    if row is None:
        raise NoSuchProduct
    row.status, row.changed_at = after(row.status, act), clock.now()
    row.save(update_fields=["status", "changed_at"])
    return row


def _tell(merchant_id: UUID, product_id: UUID, kind: str, sentence: str, data: dict[str, str]) -> None:
    for member in team(merchant_id):
        if member.role == "owner":
            notify(member.account_id, kind, sentence, data, f"/goods/{product_id}")

"""What buyers read about a shop; closing it, and taking it down."""

from uuid import UUID

from django.db import transaction

from laotie.people import words
from laotie.people.accounts.queries import require_operator
from laotie.people.audit.actions import audit
from laotie.people.grants.queries import require
from laotie.people.merchants import queries
from laotie.people.merchants.contracts import (
    MerchantChanged,
    MerchantClosed,
    MerchantRestored,
    MerchantTakenDown,
    Shop,
)
from laotie.people.merchants.errors import NoSuchShop, NotTakenDown, ShopClosed
from laotie.people.merchants.models import Merchant
from laotie.stream.outbox.actions import emit


@transaction.atomic
def edit(account_id: UUID, merchant_id: UUID, *, name: str, intro: str, ships_from: str) -> Shop:
    """Change the shop's words. Needs "goods". Raises NoGrant, NoSuchShop, ShopClosed, BadWords."""
    row = _open(account_id, merchant_id)
    row.name = words.line(name, "name", at_least=2, at_most=80)
    row.intro = words.paragraphs(intro, "intro", at_most=2000)
    row.ships_from = words.line(ships_from, "ships_from", at_least=0, at_most=80)
    row.save(update_fields=["name", "intro", "ships_from"])
    audit(account_id, "shop.edit", "merchant", merchant_id, {"name": row.name})
    emit(MerchantChanged(shop_id=row.pk, slug=row.slug, name=row.name, ships_from=row.ships_from))
    return queries.view(row)


@transaction.atomic
def set_face(account_id: UUID, merchant_id: UUID, picture: UUID | None) -> None:
    """Show a picture (a kit.pictures id) as the shop's face, or none. Needs "goods"."""
    row = _open(account_id, merchant_id)
    row.face = picture
    row.save(update_fields=["face"])
    audit(account_id, "shop.face", "merchant", merchant_id, {"picture": str(picture) if picture else None})


@transaction.atomic
def close(account_id: UUID, merchant_id: UUID) -> None:
    """Close the shop for good; its owners still ship and answer for what was sold. Raises OwnersOnly, ShopClosed."""
    queries.require_owner(account_id, merchant_id)
    row = _open(account_id, merchant_id)
    row.status = Merchant.Status.CLOSED
    row.save(update_fields=["status"])
    audit(account_id, "shop.close", "merchant", merchant_id)
    emit(MerchantClosed(shop_id=row.pk))


@transaction.atomic
def take_down(operator_id: UUID, merchant_id: UUID, reason: str) -> None:
    """Take an open shop and its goods away from buyers, for a caller who tells its owners: a report's judge, with a
    way to object. They still ship and answer for what was sold. Raises OperatorsOnly, NoSuchShop, ShopClosed, BadWords.
    """
    require_operator(operator_id)
    row = _locked(merchant_id)
    if row.status != Merchant.Status.APPROVED:
        raise ShopClosed
    row.status, row.answer = Merchant.Status.TAKEN_DOWN, words.paragraphs(reason, "reason", at_least=5, at_most=1000)
    row.save(update_fields=["status", "answer"])
    audit(operator_id, "shop.take_down", "merchant", merchant_id, {"reason": row.answer})
    emit(MerchantTakenDown(shop_id=row.pk))


@transaction.atomic
def restore(operator_id: UUID, merchant_id: UUID) -> None:
    """Open a shop again that was taken down. Raises OperatorsOnly, NoSuchShop, NotTakenDown."""
    require_operator(operator_id)
    row = _locked(merchant_id)
    if row.status != Merchant.Status.TAKEN_DOWN:
        raise NotTakenDown
    row.status, row.answer = Merchant.Status.APPROVED, ""
    row.save(update_fields=["status", "answer"])
    audit(operator_id, "shop.restore", "merchant", merchant_id)
    emit(MerchantRestored(shop_id=row.pk))


def _locked(merchant_id: UUID) -> Merchant:
    row = Merchant.objects.select_for_update().filter(pk=merchant_id).first()
    if row is None:
        raise NoSuchShop
    return row


def _open(account_id: UUID, merchant_id: UUID) -> Merchant:
    require(account_id, "goods", merchant_id)
    row = _locked(merchant_id)
    if row.status != Merchant.Status.APPROVED:
        raise ShopClosed
    return row

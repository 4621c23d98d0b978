"""What buyers read about a shop, and closing it."""

from uuid import UUID

from django.db import transaction

from laotie.people import words
from laotie.people.desk.actions import audit
from laotie.people.grants.queries import require
from laotie.people.merchants import queries
from laotie.people.merchants.contracts import MerchantChanged, MerchantClosed, Shop
from laotie.people.merchants.errors import NoSuchShop, ShopClosed
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


def _open(account_id: UUID, merchant_id: UUID) -> Merchant:
    require(account_id, "goods", merchant_id)
    row = Merchant.objects.select_for_update().filter(pk=merchant_id).first()
    if row is None:
        raise NoSuchShop
    if row.status != Merchant.Status.APPROVED:
        raise ShopClosed
    return row

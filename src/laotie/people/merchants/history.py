"""Shops of an imported history: open since their own time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from laotie.people.merchants.contracts import MerchantApproved
from laotie.people.merchants.models import Member, Merchant
from laotie.stream.outbox.actions import emit_past


@dataclass(frozen=True, slots=True)
class PastShop:
    """An approved shop. `face` is a kit.pictures id, `owner_id` an account; a slug that is taken gets an ending."""

    id: UUID
    slug: str
    name: str
    intro: str
    ships_from: str
    face: UUID | None
    owner_id: UUID | None
    approved_at: datetime


@transaction.atomic
def admit_history(shops: Sequence[PastShop]) -> int:
    """Open the shops that are not there yet; returns how many."""
    known = set(Merchant.objects.filter(pk__in=[shop.id for shop in shops]).values_list("pk", flat=True))
    fresh = [shop for shop in shops if shop.id not in known]
    taken = set(Merchant.objects.filter(slug__in=[shop.slug for shop in fresh]).values_list("slug", flat=True))
    rows = [_row(shop, taken) for shop in fresh]
    Merchant.objects.bulk_create(rows, batch_size=1000)
    Member.objects.bulk_create(
        [
            Member(merchant_id=shop.id, account_id=shop.owner_id, role=Member.Role.OWNER, joined_at=shop.approved_at)
            for shop in fresh
            if shop.owner_id
        ]
    )
    emit_past(
        (shop.approved_at, MerchantApproved(row.id, row.slug, row.name, row.ships_from))
        for shop, row in zip(fresh, rows, strict=True)
    )
    return len(rows)


def _row(shop: PastShop, taken: set[str]) -> Merchant:
    return Merchant(
        id=shop.id,
        slug=f"{shop.slug[:50]}-{shop.id.hex[:6]}" if shop.slug in taken else shop.slug,
        name=shop.name,
        intro=shop.intro,
        ships_from=shop.ships_from,
        face=shop.face,
        status=Merchant.Status.APPROVED,
        applied_at=shop.approved_at,
        approved_at=shop.approved_at,
    )

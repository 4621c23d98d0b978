"""Reading merchants and their teams."""

from collections.abc import Iterable
from uuid import UUID

from laotie.people.merchants.contracts import Shop
from laotie.people.merchants.errors import NoSuchShop
from laotie.people.merchants.models import Member, Merchant


def shop(merchant_id: UUID) -> Shop:
    """One shop in any state. Raises NoSuchShop."""
    found = shops([merchant_id])
    if merchant_id not in found:
        raise NoSuchShop
    return found[merchant_id]


def shops(merchant_ids: Iterable[UUID]) -> dict[UUID, Shop]:
    """Those of `merchant_ids` that exist."""
    return {row.pk: view(row) for row in Merchant.objects.filter(pk__in=set(merchant_ids))}


def shop_by_slug(slug: str) -> Shop:
    """Raises NoSuchShop."""
    row = Merchant.objects.filter(slug=slug).first()
    if row is None:
        raise NoSuchShop
    return view(row)


def shops_of(account_id: UUID) -> list[Shop]:
    """The shops whose team the account is in, oldest first."""
    rows = Merchant.objects.filter(members__account_id=account_id).order_by("applied_at", "pk")
    return [view(row) for row in rows]


def owns(account_id: UUID, merchant_id: UUID) -> bool:
    """Whether the account is an owner of a merchant that is, or was, open."""
    return Member.objects.filter(
        account_id=account_id,
        merchant_id=merchant_id,
        role=Member.Role.OWNER,
        merchant__status__in=[Merchant.Status.APPROVED, Merchant.Status.CLOSED],
    ).exists()


def view(row: Merchant) -> Shop:
    """The contract of a row."""
    return Shop(
        id=row.pk,
        slug=row.slug,
        name=row.name,
        intro=row.intro,
        face=row.face,
        ships_from=row.ships_from,
        status=row.status,
        applied_at=row.applied_at,
        approved_at=row.approved_at,
        answer=row.answer,
    )

"""Reading standing: one statement, however many are asked for."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from laotie.kit import dated
from laotie.people.grants.errors import NoGrant
from laotie.people.grants.queries import scopes_of
from laotie.people.merchants import queries as merchants
from laotie.people.merchants.contracts import Shop
from laotie.people.standing.contracts import Standing
from laotie.people.standing.models import SellerStanding


def standing(seller_ids: Iterable[UUID], at: datetime) -> dict[UUID, Standing]:
    """The standing of each at the moment `at`; whoever nothing was decided about has the default."""
    asked = list(seller_ids)
    held = dated.holding(SellerStanding.objects.all(), "seller_id", asked, at)
    return {key: view(held[key]) if key in held else Standing(key, at) for key in asked}


def of(seller_id: UUID, at: datetime) -> Standing:
    """The standing of one."""
    return standing([seller_id], at)[seller_id]


def multipliers(seller_ids: Iterable[UUID], at: datetime) -> dict[UUID, tuple[int, str]]:
    """The multiplier of each in basis points, and who decided it; those about whom nothing was decided are left out."""
    found = dated.columns(SellerStanding.objects.all(), "seller_id", seller_ids, at, "multiplier_bp", "decided_by")
    return {identity: (bp, by) for identity, (bp, by) in found.items()}


def history(seller_id: UUID, most: int = 400) -> list[Standing]:
    """The decisions about one, newest first."""
    return [view(row) for row in dated.every(SellerStanding.objects.all(), "seller_id", seller_id, most)]


def shop_for(account_id: UUID, slug: str) -> Shop:
    """The shop whose standing the account may see: any of its team. Raises NoSuchShop, NoGrant."""
    shop = merchants.shop_by_slug(slug)
    if not scopes_of(account_id, shop.id) and not merchants.is_member(account_id, shop.id):
        raise NoGrant
    return shop


def view(row: SellerStanding) -> Standing:
    """The contract of a row."""
    return Standing(
        row.seller_id, row.since, row.band, row.multiplier_bp, row.may_offer_plans, row.settlement_days, row.decided_by
    )

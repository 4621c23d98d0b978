"""Reading standing: one statement, however many are asked for."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from laotie.people.standing.contracts import Standing
from laotie.people.standing.models import SellerStanding


def standing(seller_ids: Iterable[UUID], at: datetime) -> dict[UUID, Standing]:
    """The standing of each at the moment `at`; whoever nothing was decided about has the default."""
    asked = list(seller_ids)
    rows = SellerStanding.objects.filter(seller_id__in=asked, since__lte=at)
    newest = rows.order_by("seller_id", "-since").distinct("seller_id")
    found = {row.seller_id: view(row) for row in newest}
    return {key: found.get(key) or Standing(key, at) for key in asked}


def history(seller_id: UUID) -> list[Standing]:
    """Every decision about one, newest first."""
    return [view(row) for row in SellerStanding.objects.filter(seller_id=seller_id).order_by("-since")]


def view(row: SellerStanding) -> Standing:
    """The contract of a row."""
    return Standing(
        row.seller_id, row.since, row.band, row.multiplier_bp, row.may_offer_plans, row.settlement_days, row.decided_by
    )

"""Reading standing: one statement, however many are asked for."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from laotie.goods.standing.contracts import Standing
from laotie.goods.standing.models import ProductStanding


def standing(product_ids: Iterable[UUID], at: datetime) -> dict[UUID, Standing]:
    """The standing of each at the moment `at`; whoever nothing was decided about has the default."""
    asked = list(product_ids)
    rows = ProductStanding.objects.filter(product_id__in=asked, since__lte=at)
    newest = rows.order_by("product_id", "-since").distinct("product_id")
    found = {row.product_id: view(row) for row in newest}
    return {key: found.get(key) or Standing(key, at) for key in asked}


def history(product_id: UUID) -> list[Standing]:
    """Every decision about one, newest first."""
    return [view(row) for row in ProductStanding.objects.filter(product_id=product_id).order_by("-since")]


def view(row: ProductStanding) -> Standing:
    """The contract of a row."""
    return Standing(row.product_id, row.since, row.band, row.multiplier_bp, row.decided_by)

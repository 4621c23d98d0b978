"""Reading standing: one statement, however many are asked for."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from laotie.goods.standing.contracts import Standing
from laotie.goods.standing.models import ProductStanding
from laotie.kit import dated


def standing(product_ids: Iterable[UUID], at: datetime) -> dict[UUID, Standing]:
    """The standing of each at the moment `at`; whoever nothing was decided about has the default."""
    asked = list(product_ids)
    held = dated.holding(ProductStanding.objects.all(), "product_id", asked, at)
    return {key: view(held[key]) if key in held else Standing(key, at) for key in asked}


def multipliers(product_ids: Iterable[UUID], at: datetime) -> dict[UUID, tuple[int, str]]:
    """The multiplier of each in basis points, and who decided it; those about whom nothing was decided are left out."""
    found = dated.columns(ProductStanding.objects.all(), "product_id", product_ids, at, "multiplier_bp", "decided_by")
    return {identity: (bp, by) for identity, (bp, by) in found.items()}


def history(product_id: UUID, most: int = 400) -> list[Standing]:
    """The decisions about one, newest first."""
    return [view(row) for row in dated.every(ProductStanding.objects.all(), "product_id", product_id, most)]


def view(row: ProductStanding) -> Standing:
    """The contract of a row."""
    return Standing(row.product_id, row.since, row.band, row.multiplier_bp, row.decided_by)

"""Writing standing down. Only the rooms above decide; rows are never changed."""

from collections.abc import Sequence
from dataclasses import asdict

from laotie.goods.standing.contracts import Standing
from laotie.goods.standing.models import ProductStanding


def write(decisions: Sequence[Standing]) -> int:
    """Add the decisions; one that stands already (the same moment) is left as it is. Returns how many were new."""
    before = ProductStanding.objects.count()
    ProductStanding.objects.bulk_create(
        [ProductStanding(**asdict(decision)) for decision in decisions], ignore_conflicts=True, batch_size=2000
    )
    return ProductStanding.objects.count() - before

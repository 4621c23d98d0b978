"""Writing standing down. Only the rooms above decide; rows are never changed."""

from collections.abc import Sequence
from dataclasses import asdict

from laotie.people.standing.contracts import Standing
from laotie.people.standing.models import SellerStanding


def write(decisions: Sequence[Standing]) -> int:
    """Add the decisions; one that stands already (the same moment) is left as it is. Returns how many were new."""
    before = SellerStanding.objects.count()
    SellerStanding.objects.bulk_create(
        [SellerStanding(**asdict(decision)) for decision in decisions], ignore_conflicts=True, batch_size=2000
    )
    return SellerStanding.objects.count() - before

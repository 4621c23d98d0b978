"""Writing standing down. Only the rooms above decide; rows are never changed."""

from collections.abc import Sequence
from dataclasses import asdict

from laotie.kit import dated
from laotie.people.standing.contracts import Standing
from laotie.people.standing.models import SellerStanding


def write(decisions: Sequence[Standing]) -> None:
    """Add the decisions; one that stands already (the same moment) is left as it is."""
    dated.add(SellerStanding, [SellerStanding(**asdict(decision)) for decision in decisions])

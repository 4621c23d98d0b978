"""Writing standing down. Only the rooms above decide; rows are never changed."""

from collections.abc import Sequence
from dataclasses import asdict

from laotie.goods.standing.contracts import Standing
from laotie.goods.standing.models import ProductStanding
from laotie.kit import dated


def write(decisions: Sequence[Standing]) -> None:
    """Add the decisions; one that stands already (the same moment) is left as it is."""
    dated.add(ProductStanding, [ProductStanding(**asdict(decision)) for decision in decisions])

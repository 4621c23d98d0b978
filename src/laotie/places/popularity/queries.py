"""What is bought of late."""

from collections.abc import Collection
from uuid import UUID

from laotie.kit import clock
from laotie.places.popularity.contracts import Pulse
from laotie.places.popularity.decay import recent
from laotie.places.popularity.models import ProductPulse


def pulses(product_ids: Collection[UUID]) -> dict[UUID, Pulse]:
    """The pulse of each product that was ever ordered. One statement."""
    return {row.product_id: _pulse(row) for row in ProductPulse.objects.filter(product_id__in=product_ids)}


def hottest(limit: int) -> list[Pulse]:
    """The products bought most of late, hottest first. One statement."""
    return [_pulse(row) for row in ProductPulse.objects.order_by("-heat")[:limit]]


def _pulse(row: ProductPulse) -> Pulse:
    return Pulse(row.product_id, row.sold, row.heat, recent(row.heat, clock.now()), row.last_at)

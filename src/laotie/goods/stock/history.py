"""Stock of imported offers, set once."""

from collections.abc import Mapping
from uuid import UUID

from laotie.goods.stock.models import StockBucket


def admit_history(counts: Mapping[UUID, int]) -> None:
    """Give each offer its pieces where none were ever set; what has been sold since stays sold."""
    StockBucket.objects.bulk_create(
        [StockBucket(holder=offer_id, bucket=0, available=count) for offer_id, count in counts.items()],
        batch_size=2000,
        ignore_conflicts=True,
    )

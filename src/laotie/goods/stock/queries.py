"""What is left. Figures are what has been committed: a buyer in the middle of ordering is not seen."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Sum

from laotie.goods.stock.models import StockBucket


def available(offer_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Pieces left of each offer; 0 for one whose stock was never set."""
    ids = list(offer_ids)
    left = StockBucket.objects.filter(holder__in=ids).values_list("holder").annotate(left=Sum("available"))
    return dict.fromkeys(ids, 0) | dict(left)


def sold_out(offer_ids: Iterable[UUID]) -> set[UUID]:
    """Those of which nothing is left."""
    return {offer_id for offer_id, left in available(offer_ids).items() if left == 0}

"""Telling the market that an offer is sold out, or back."""

from django.db import transaction

from laotie.goods.offers import models
from laotie.goods.offers.actions.offers import changed
from laotie.goods.stock import actions as stock
from laotie.stream.outbox.actions import emit


@transaction.atomic
def tell_stock_states() -> int:
    """Look at the offers whose stock ran empty or was filled again, and emit `offer.changed` where the state really
    is another than the market was told; returns how many. What moves meanwhile is looked at the next time."""
    turned = stock.settle_doubts()
    rows = models.Offer.objects.filter(id__in=turned).order_by("id")
    facts = [changed(row, sold_out=turned[row.id]) for row in rows]
    if facts:
        emit(*facts)
    return len(facts)

"""Timed prices: a lower price from one moment to another."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from laotie.goods.stock import actions as stock
from laotie.goods.terms import models, queries
from laotie.goods.terms.checks import LONGEST_TIMED_PRICE, check_count, check_span, overlap
from laotie.goods.terms.contracts import PriceTimed, PriceTimedEnded, TimedPrice
from laotie.goods.terms.errors import NoSuchTerms, NotLower
from laotie.goods.terms.locks import held
from laotie.kit import clock
from laotie.stream.outbox.actions import emit


@transaction.atomic
def set_timed_price(
    offer_id: UUID,
    price_minor: int,
    starts_at: datetime,
    ends_at: datetime,
    *,
    cap_per_buyer: int | None = None,
    allotment: int | None = None,
) -> TimedPrice:
    """Sell at `price_minor` from `starts_at` until before `ends_at`, at most `allotment` pieces.

    Raises NotLower, BadTime, BadCap, Overlap, NoSuchOffer.
    """
    offer = held(offer_id)
    if not 1 <= price_minor < offer.price.minor:
        raise NotLower(field="price", price=str(offer.price))
    check_span(starts_at, ends_at, LONGEST_TIMED_PRICE)
    check_count(cap_per_buyer, "cap_per_buyer")
    check_count(allotment, "allotment")
    met = models.TimedPrice.objects.filter(offer_id=offer_id, starts_at__lt=ends_at, ends_at__gt=starts_at).first()
    if met is not None:
        raise overlap(met.starts_at, met.ends_at)
    row = models.TimedPrice.objects.create(
        offer_id=offer_id,
        price_minor=price_minor,
        starts_at=starts_at,
        ends_at=ends_at,
        cap_per_buyer=cap_per_buyer,
        allotment=allotment,
    )
    if allotment is not None:
        stock.set_stock(row.id, allotment)
    emit(PriceTimed(row.id, offer_id, offer.product_id, offer.merchant_id, price_minor, starts_at, ends_at, allotment))
    return queries.timed_price(row.id)


@transaction.atomic
def end_timed_price(timed_price_id: UUID) -> None:
    """End it now; one that has not begun is taken away. Orders already placed keep their price. Raises NoSuchTerms."""
    found = models.TimedPrice.objects.filter(id=timed_price_id).first()
    if found is None:
        raise NoSuchTerms
    offer, now = held(found.offer_id), clock.now()
    row = models.TimedPrice.objects.select_for_update().filter(id=timed_price_id, ends_at__gt=now).first()
    if row is None:
        raise NoSuchTerms
    if row.starts_at >= now:
        row.delete()
    else:
        row.ends_at = now
        row.save(update_fields=["ends_at"])
    emit(PriceTimedEnded(row.id or timed_price_id, offer.id, offer.product_id, offer.merchant_id))

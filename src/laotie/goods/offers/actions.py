"""Writes of offers and freight plans."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from laotie.goods.offers import models, queries
from laotie.goods.offers.contracts import FreightPlan, Offer
from laotie.goods.offers.errors import BadOffer, NoSuchOffer
from laotie.kit import clock

DEAREST_MINOR = 10**12


@transaction.atomic
def make_offer(
    merchant_id: UUID,
    product_id: UUID,
    sku_id: UUID,
    price_minor: int,
    *,
    freight_plan_id: UUID | None = None,
    ships_within_hours: int = 48,
) -> Offer:
    """Put a sku on sale at a price in minor units. Raises BadOffer."""
    check_price(price_minor)
    now = clock.now()
    row = models.Offer.objects.create(
        merchant_id=merchant_id,
        product_id=product_id,
        sku_id=sku_id,
        price_minor=price_minor,
        freight_plan_id=freight_plan_id,
        ships_within_hours=ships_within_hours,
        status=models.Offer.Status.ON_SALE,
        created_at=now,
        changed_at=now,
    )
    models.PriceChange.objects.create(offer=row, price_minor=price_minor, changed_at=now)
    return queries.contract(row)


def check_price(price_minor: int) -> None:
    if not 1 <= price_minor <= DEAREST_MINOR:
        raise BadOffer(field="price", what="The price must be above zero.")


@transaction.atomic
def set_price(offer_id: UUID, price_minor: int) -> Offer:
    """The standing price from now on; the one before stays in the history. Raises BadOffer, NoSuchOffer."""
    check_price(price_minor)
    row = models.Offer.objects.select_for_update().filter(id=offer_id).first()
    if row is None:
        raise NoSuchOffer
    if row.price_minor != price_minor:
        row.price_minor, row.changed_at = price_minor, clock.now()
        row.save(update_fields=["price_minor", "changed_at"])
        models.PriceChange.objects.create(offer=row, price_minor=price_minor, changed_at=row.changed_at)
    return queries.contract(row)


def make_freight_plan(
    merchant_id: UUID,
    name: str,
    *,
    base_minor: int = 0,
    each_more_minor: int = 0,
    free_from_minor: int | None = None,
    regions: Mapping[str, int | None] | None = None,
) -> FreightPlan:
    """A new plan; the first of a merchant is its default. `regions`: surcharge in minor units, None: not served."""
    row = models.FreightPlan.objects.create(
        merchant_id=merchant_id,
        name=name,
        base_minor=base_minor,
        each_more_minor=each_more_minor,
        free_from_minor=free_from_minor,
        regions=dict(regions or {}),
    )
    return queries.freight_plan(row.id)

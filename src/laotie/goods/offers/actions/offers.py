"""Making and changing offers, each change with its fact, each price with its row of history."""

from typing import Any
from uuid import UUID

from django.db import transaction

from laotie.goods.offers import models, queries
from laotie.goods.offers.checks import check_hours, check_plan_of, check_price
from laotie.goods.offers.contracts import Offer, OfferChanged
from laotie.goods.offers.errors import NoSuchOffer, OfferTakenDown
from laotie.goods.stock import queries as stock
from laotie.goods.stock.actions import set_stock
from laotie.kit import clock
from laotie.stream.outbox.actions import emit

Status = models.Offer.Status


@transaction.atomic
def make_offer(
    merchant_id: UUID,
    product_id: UUID,
    sku_id: UUID,
    price_minor: int,
    *,
    stock_count: int = 0,
    freight_plan_id: UUID | None = None,
    ships_within_hours: int = 48,
) -> Offer:
    """Put a sku on sale: a price in minor units, and the pieces there are. Raises BadPrice, BadHours, NoSuchPlan,
    BadCount."""
    check_price(price_minor)
    check_hours(ships_within_hours)
    check_plan_of(merchant_id, freight_plan_id)
    now = clock.now()
    row = models.Offer.objects.create(
        merchant_id=merchant_id,
        product_id=product_id,
        sku_id=sku_id,
        price_minor=price_minor,
        freight_plan_id=freight_plan_id,
        ships_within_hours=ships_within_hours,
        status=Status.ON_SALE,
        created_at=now,
        changed_at=now,
    )
    models.PriceChange.objects.create(offer=row, price_minor=price_minor, changed_at=now)
    set_stock(row.id, stock_count)
    return _told(row)


def set_price(offer_id: UUID, price_minor: int) -> Offer:
    """The standing price from now on; the one before stays in the history. Raises BadPrice, NoSuchOffer."""
    return change_offer(offer_id, price_minor=price_minor)


@transaction.atomic
def change_offer(offer_id: UUID, **changes: Any) -> Offer:
    """Set any of `price_minor`, `freight_plan_id` and `ships_within_hours`. What stays as it was leaves no trace.

    Raises BadPrice, BadHours, NoSuchPlan, NoSuchOffer.
    """
    row = _locked(offer_id)
    _check(row, changes)
    changed = {name: value for name, value in changes.items() if getattr(row, name) != value}
    if not changed:
        return queries.contract(row)
    for name, value in changed.items():
        setattr(row, name, value)
    row.changed_at = clock.now()
    row.save(update_fields=[*changed, "changed_at"])
    if "price_minor" in changed:
        models.PriceChange.objects.create(offer=row, price_minor=row.price_minor, changed_at=row.changed_at)
    return _told(row)


def _check(row: models.Offer, changes: dict[str, Any]) -> None:
    if "price_minor" in changes:
        check_price(changes["price_minor"])
    if "ships_within_hours" in changes:
        check_hours(changes["ships_within_hours"])
    if "freight_plan_id" in changes:
        check_plan_of(row.merchant_id, changes["freight_plan_id"])


def put_on_sale(offer_id: UUID) -> Offer:
    """Raises OfferTakenDown, NoSuchOffer."""
    return _turn(offer_id, Status.ON_SALE)


def take_off_sale(offer_id: UUID) -> Offer:
    """The sku is not sold any more; its price and stock stay. Raises OfferTakenDown, NoSuchOffer."""
    return _turn(offer_id, Status.OFF)


@transaction.atomic
def _turn(offer_id: UUID, status: str) -> Offer:
    row = _locked(offer_id)
    if row.status == Status.TAKEN_DOWN:
        raise OfferTakenDown
    if row.status == status:
        return queries.contract(row)
    row.status, row.changed_at = status, clock.now()
    row.save(update_fields=["status", "changed_at"])
    return _told(row)


def _locked(offer_id: UUID) -> models.Offer:
    row = models.Offer.objects.select_for_update().filter(id=offer_id).first()
    if row is None:
        raise NoSuchOffer
    return row


def _told(row: models.Offer) -> Offer:
    emit(changed(row, sold_out=row.id in stock.sold_out([row.id])))
    return queries.contract(row)


def changed(row: models.Offer, *, sold_out: bool) -> OfferChanged:
    """The fact of what the offer is now."""
    return OfferChanged(
        offer_id=row.id,
        sku_id=row.sku_id,
        product_id=row.product_id,
        shop_id=row.merchant_id,
        price_minor=row.price_minor,
        on_sale=row.status == Status.ON_SALE,
        sold_out=sold_out,
    )

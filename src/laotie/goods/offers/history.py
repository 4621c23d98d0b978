"""Offers of an imported history, with the freight plan their shops begin with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from laotie.goods.offers.contracts import OfferChanged
from laotie.goods.offers.models import FreightPlan, Offer, PriceChange
from laotie.stream.outbox.actions import emit_past


@dataclass(frozen=True, slots=True)
class PastFreightPlan:
    """A shop's default: `base_minor` for an order, nothing from `free_from_minor` of goods on."""

    id: UUID
    merchant_id: UUID
    name: str
    base_minor: int
    free_from_minor: int | None


@dataclass(frozen=True, slots=True)
class PastOffer:
    id: UUID
    sku_id: UUID
    product_id: UUID
    merchant_id: UUID
    price_minor: int
    freight_plan_id: UUID | None
    ships_within_hours: int
    on_sale: bool
    sold_out: bool
    since: datetime


@transaction.atomic
def admit_freight_plans(plans: Sequence[PastFreightPlan]) -> int:
    """Make the plans that are not there yet; returns how many."""
    known = set(FreightPlan.objects.filter(pk__in=[plan.id for plan in plans]).values_list("pk", flat=True))
    rows = [
        FreightPlan(id=plan.id, merchant_id=plan.merchant_id, name=plan.name, base_minor=plan.base_minor,
                    free_from_minor=plan.free_from_minor)
        for plan in plans
        if plan.id not in known
    ]  # fmt: skip
    FreightPlan.objects.bulk_create(rows, batch_size=1000)
    return len(rows)


@transaction.atomic
def admit_history(offers: Sequence[PastOffer]) -> int:
    """Put the offers on sale that are not there yet; returns how many."""
    known = set(Offer.objects.filter(pk__in=[offer.id for offer in offers]).values_list("pk", flat=True))
    fresh = [offer for offer in offers if offer.id not in known]
    Offer.objects.bulk_create([_row(offer) for offer in fresh], batch_size=1000)
    PriceChange.objects.bulk_create(
        [PriceChange(offer_id=o.id, price_minor=o.price_minor, changed_at=o.since) for o in fresh], batch_size=1000
    )
    emit_past(
        (o.since, OfferChanged(o.id, o.sku_id, o.product_id, o.merchant_id, o.price_minor, o.on_sale, o.sold_out))
        for o in fresh
    )
    return len(fresh)


def _row(offer: PastOffer) -> Offer:
    return Offer(
        id=offer.id, sku_id=offer.sku_id, product_id=offer.product_id, merchant_id=offer.merchant_id,
        price_minor=offer.price_minor, freight_plan_id=offer.freight_plan_id,
        ships_within_hours=offer.ships_within_hours, created_at=offer.since, changed_at=offer.since,
        status=Offer.Status.ON_SALE if offer.on_sale else Offer.Status.OFF,
    )  # fmt: skip

"""Reads of offers, their freight plans, and product cards."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from laotie.goods.offers import models
from laotie.goods.offers.contracts import FreightPlan, Offer, PriceAt, ProductCard
from laotie.goods.offers.errors import NoSuchOffer, NoSuchPlan
from laotie.goods.offers.freight import freight
from laotie.kit import clock, market
from laotie.kit.ids import id_of
from laotie.kit.prepared import Prepared, Row, array

__all__ = [
    "cards",
    "freight",
    "freight_plan",
    "freight_plans",
    "offer",
    "offers",
    "offers_and_plans",
    "offers_of_merchant",
    "offers_of_product",
    "offers_of_products",
    "plan_of",
    "plans_of_merchant",
    "price_history",
]

OF_PRODUCTS = """
    SELECT o.*, to_jsonb(f) AS plan FROM offers_offer o JOIN catalogue_sku s ON s.id = o.sku_id
        LEFT JOIN offers_freightplan f ON f.id = o.freight_plan_id
    WHERE o.product_id = ANY (%s)
    ORDER BY s.position, o.sku_id, o.id
"""
CARDS = Prepared("goods_cards", "SELECT * FROM goods_cards($1::uuid[], $2::timestamptz)")


def offer(offer_id: UUID) -> Offer:
    """Raises NoSuchOffer."""
    try:
        return contract(models.Offer.objects.get(id=offer_id))
    except models.Offer.DoesNotExist:
        raise NoSuchOffer from None


def offers(ids: Iterable[UUID]) -> dict[UUID, Offer]:
    """The offers of `ids` that exist, whatever their status."""
    return {row.id: contract(row) for row in models.Offer.objects.filter(id__in=list(ids))}


def offers_of_product(product_id: UUID) -> list[Offer]:
    """Every offer of the product, in the order of its skus; the caller looks at `status`."""
    return offers_of_products([product_id]).get(product_id, [])


def offers_of_products(ids: Iterable[UUID]) -> dict[UUID, list[Offer]]:
    """Offers by product, in the order of the skus. Products without offers are missing."""
    return offers_and_plans(ids)[0]


def offers_and_plans(ids: Iterable[UUID]) -> tuple[dict[UUID, list[Offer]], dict[UUID, FreightPlan]]:
    """The same, with the freight plans that they name, in one statement."""
    found: dict[UUID, list[Offer]] = {}
    plans: dict[UUID, FreightPlan] = {}
    for row in models.Offer.objects.raw(OF_PRODUCTS, [list(ids)]):
        found.setdefault(row.product_id, []).append(contract(row))
        if row.freight_plan_id and row.freight_plan_id not in plans:
            plans[row.freight_plan_id] = plan_of(json.loads(vars(row)["plan"]))
    return found, plans


def offers_of_merchant(merchant_id: UUID) -> dict[UUID, Offer]:
    """Every offer of the merchant."""
    return {row.id: contract(row) for row in models.Offer.objects.filter(merchant_id=merchant_id)}


def contract(row: models.Offer) -> Offer:
    return Offer(
        id=row.id,
        sku_id=row.sku_id,
        product_id=row.product_id,
        merchant_id=row.merchant_id,
        price=market.current().money(row.price_minor),
        freight_plan_id=row.freight_plan_id,
        ships_within_hours=row.ships_within_hours,
        status=row.status,
    )


def cards(product_ids: Iterable[UUID], at: datetime | None = None) -> dict[UUID, ProductCard]:
    """Cards of the listed products among `product_ids` that have an offer on sale, in one statement."""
    ids = list(product_ids)
    if not ids:
        return {}
    found = [_card(row) for row in CARDS.rows(array(ids), (at or clock.now()).isoformat())]
    return {card.product_id: card for card in found}


def _card(row: Row) -> ProductCard:
    product_id, title, cover, shop_id, standing, timed, sold_out = row
    money = market.current().money
    usual = int(standing)
    now = min(usual, int(timed)) if timed else usual
    return ProductCard(
        product_id=id_of(product_id),
        title=title,
        cover=id_of(cover) if cover else None,
        shop_id=id_of(shop_id),
        price=money(now),
        list_price=money(usual) if now < usual else None,
        sold_out=sold_out == "t",
    )


def freight_plan(plan_id: UUID) -> FreightPlan:
    """Raises NoSuchPlan."""
    try:
        return freight_plans([plan_id])[plan_id]
    except KeyError:
        raise NoSuchPlan from None


def freight_plans(ids: Iterable[UUID]) -> dict[UUID, FreightPlan]:
    return {row.id: _plan(row) for row in models.FreightPlan.objects.filter(id__in=list(ids))}


def plans_of_merchant(merchant_id: UUID) -> list[FreightPlan]:
    """The merchant's plans, its default first."""
    return [_plan(row) for row in models.FreightPlan.objects.filter(merchant_id=merchant_id).order_by("id")]


def plan_of(row: Mapping[str, Any]) -> FreightPlan:
    """A plan from its row as PostgreSQL tells it in JSON."""
    ids = {name: UUID(row[name]) for name in ("id", "merchant_id")}
    return _plan(models.FreightPlan(**{**row, **ids}))


def _plan(row: models.FreightPlan) -> FreightPlan:
    money = market.current().money
    return FreightPlan(
        id=row.id,
        merchant_id=row.merchant_id,
        name=row.name,
        base=money(row.base_minor),
        each_more=money(row.each_more_minor),
        free_from=None if row.free_from_minor is None else money(row.free_from_minor),
        regions={region: None if minor is None else money(minor) for region, minor in row.regions.items()},
        arrives_within_days=row.arrives_within_days,
    )


def price_history(offer_id: UUID) -> list[PriceAt]:
    """Every standing price the offer ever had, the newest first."""
    rows = models.PriceChange.objects.filter(offer_id=offer_id).order_by("-changed_at", "-id")
    return [PriceAt(market.current().money(row.price_minor), row.changed_at) for row in rows]

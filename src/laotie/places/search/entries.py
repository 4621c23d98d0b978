"""What goods and their shops say of themselves, as entries of the index. Only what a visitor may see becomes one."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

import numpy as np

from laotie.engine.matching.policy import published
from laotie.engine.matching.values import joined_multiplier
from laotie.goods.catalogue import queries as catalogue
from laotie.goods.catalogue.contracts import Product
from laotie.goods.offers import queries as offers
from laotie.goods.offers.contracts import FreightPlan, Offer
from laotie.goods.standing import queries as product_standing
from laotie.goods.standing.contracts import Standing as ProductStanding
from laotie.goods.stock import queries as stock
from laotie.kit import clock
from laotie.people.merchants import queries as merchants
from laotie.people.merchants.contracts import Shop
from laotie.people.standing import queries as seller_standing
from laotie.people.standing.contracts import Standing as SellerStanding
from laotie.places.popularity import queries as popularity
from laotie.places.popularity.contracts import Pulse
from laotie.places.search.contracts import Entry

UNSOLD = -1e6  # the heat of what nobody bought yet: below every heat there can be


def entries(product_ids: Collection[UUID]) -> list[Entry]:
    """The entries of those products that are on sale in an open shop. Nine statements, however many products."""
    found = {one.id: one for one in catalogue.products(product_ids).values() if one.status == "listed"}
    on_sale = _on_sale(found)
    shops = merchants.shops({one.merchant_id for one in found.values()})
    plans = offers.freight_plans({offer.freight_plan_id for offer in _all(on_sale) if offer.freight_plan_id})
    left = stock.available([offer.id for offer in _all(on_sale)])
    pulses = popularity.pulses(found)
    weights = multipliers({one.id: one.merchant_id for one in found.values()})
    return [
        _entry(
            product,
            shops[product.merchant_id],
            pulses.get(product.id),
            multiplier=weights[product.id],
            price_minor=min(offer.price.minor for offer in on_sale[product.id]),
            in_stock=any(left.get(offer.id, 0) for offer in on_sale[product.id]),
            free_freight=any(_carried_free(offer, plans) for offer in on_sale[product.id]),
        )
        for product in found.values()
        if product.id in on_sale and product.merchant_id in shops and shops[product.merchant_id].is_open
    ]


def multipliers(shops: Mapping[UUID, UUID]) -> dict[UUID, float]:
    """What standing makes of each product of `shops` (product → shop): the multiplier of its and its shop's mean
    score. Two statements."""
    now = clock.now()
    of_goods = product_standing.standing(shops, now)
    of_shops = seller_standing.standing(set(shops.values()), now)
    goods = np.array([_decided(of_goods[product]) for product in shops])
    sellers = np.array([_decided(of_shops[shop]) for shop in shops.values()])
    return dict(zip(shops, joined_multiplier(goods, sellers, published()).tolist(), strict=True))


def _decided(standing: ProductStanding | SellerStanding) -> float:
    """The multiplier, NaN where nothing was decided yet."""
    return float("nan") if standing.decided_by == "default" else standing.multiplier_bp / 10_000


def _on_sale(product_ids: Iterable[UUID]) -> dict[UUID, list[Offer]]:
    every = offers.offers_of_products(product_ids)
    on_sale = {key: [offer for offer in group if offer.status == "on_sale"] for key, group in every.items()}
    return {key: group for key, group in on_sale.items() if group}


def _all(groups: dict[UUID, list[Offer]]) -> list[Offer]:
    return [offer for group in groups.values() for offer in group]


def _carried_free(offer: Offer, plans: dict[UUID, FreightPlan]) -> bool:
    """Whether one piece comes without freight. An offer without a plan has none."""
    plan = plans.get(offer.freight_plan_id) if offer.freight_plan_id else None
    return plan is None or plan.base.minor == 0 or (plan.free_from is not None and plan.free_from <= offer.price)


def _entry(product: Product, shop: Shop, pulse: Pulse | None, **sale: Any) -> Entry:
    path = catalogue.category_path(product.category_id)
    facts = [f"{name} {value}" for name, value in product.facts.items()] + [sku.options for sku in product.skus]
    return Entry(
        product_id=product.id,
        shop_id=shop.id,
        title=product.title,
        listed_at=product.listed_at or product.changed_at,
        brand=product.brand,
        shop_name=shop.name,
        categories=tuple(node.slug for node in path),
        category_names=" ".join(f"{node.name_zh} {node.name_en}" for node in path),
        facts=" ".join(facts),
        description=product.description,
        sold=pulse.sold if pulse else 0,
        last_sold=int(pulse.last_at.timestamp()) if pulse else 0,
        heat=pulse.heat if pulse else UNSOLD,
        recent=pulse.recent if pulse else 0.0,
        **sale,
    )

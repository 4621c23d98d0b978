"""Shops, products on sale and answers of the index as the shelf shows them: what everybody sees alike, a few
seconds old at most."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from laotie.goods.catalogue import queries as catalogue
from laotie.goods.catalogue.contracts import Product
from laotie.goods.offers import queries as offers
from laotie.goods.offers.contracts import FreightPlan, Offer
from laotie.kit.memory import ShortMemory
from laotie.people.merchants import queries as merchants
from laotie.people.merchants.contracts import Shop
from laotie.places.rooms import queries as rooms
from laotie.places.rooms.contracts import OnAir
from laotie.places.search import queries as search
from laotie.places.search.contracts import Ask, Found, Sales


@dataclass(frozen=True, slots=True)
class OnSale:
    """A product with its offers on sale, and the freight plans by which they ship."""

    product: Product
    offers: tuple[Offer, ...]
    plans: Mapping[UUID, FreightPlan]


_on_air: ShortMemory[str, dict[UUID, OnAir]] = ShortMemory(1)
_shops: ShortMemory[UUID, Shop] = ShortMemory(5000, ages=4)
_products: ShortMemory[UUID, OnSale] = ShortMemory(1000)
_pages: ShortMemory[Ask, tuple[UUID, ...]] = ShortMemory(2000)
_found: ShortMemory[Ask, Found] = ShortMemory(500)
_sales: ShortMemory[UUID, Sales] = ShortMemory(20_000, ages=10)
_similar: ShortMemory[UUID, tuple[UUID, ...]] = ShortMemory(5000, ages=20)


def on_air() -> dict[UUID, OnAir]:
    """Rooms on air by their session."""
    return _on_air.get("", lambda: {room.session_id: room for room in rooms.on_air()})


def shops(ids: Collection[UUID]) -> dict[UUID, Shop]:
    """Those of `ids` that exist."""
    return _shops.get_many(ids, merchants.shops)


def products(ids: Collection[UUID]) -> dict[UUID, OnSale]:
    """Those of `ids` that exist."""
    return _products.get_many(ids, _read)


def page(ask: Ask) -> tuple[UUID, ...]:
    """One page of ids of what fits `ask`."""
    return _pages.get(ask, lambda: search.page(ask))


def found(ask: Ask) -> Found:
    """What fits `ask`, with counts."""
    return _found.get(ask, lambda: search.search(ask))


def sales(ids: Collection[UUID]) -> dict[UUID, Sales]:
    """How often those that can be found were sold."""
    return _sales.get_many(ids, search.sales)


def similar(product: Product, most: int, category: str) -> tuple[UUID, ...]:
    """Products like it, of `category`. What is like a thing changes slowly; what is no longer sold is not drawn."""
    return _similar.get(product.id, lambda: tuple(search.similar(product.id, most, product.title, category)))


def _read(ids: Iterable[UUID]) -> dict[UUID, OnSale]:
    listed = catalogue.products(ids)
    every, plans = offers.offers_and_plans(listed) if listed else ({}, {})
    found = {}
    for key, product in listed.items():
        on_sale = tuple(offer for offer in every.get(key, ()) if offer.status == "on_sale")
        named = {offer.freight_plan_id for offer in on_sale}
        found[key] = OnSale(product, on_sale, {plan: plans[plan] for plan in named if plan})
    return found

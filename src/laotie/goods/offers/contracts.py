"""What leaves the offers: offers, freight plans, price history, and the card of a product for lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from laotie.kit.money import Money
from laotie.stream.facts import Fact, fact


@dataclass(frozen=True, slots=True)
class Offer:
    """A merchant's standing price for a sku. `status`: on_sale, off, taken_down. What a buyer pays now: goods.terms."""

    id: UUID
    sku_id: UUID
    product_id: UUID
    merchant_id: UUID
    price: Money
    freight_plan_id: UUID | None
    ships_within_hours: int
    status: str


@dataclass(frozen=True, slots=True)
class FreightPlan:
    """What carrying one order costs: `base` for the first piece, `each_more` for every further one, nothing from
    `free_from` of goods on. `regions`: region → surcharge, or None where the merchant does not send.
    `arrives_within_days` of shipping, as buyers are told; None: nothing is promised."""

    id: UUID
    merchant_id: UUID
    name: str
    base: Money
    each_more: Money
    free_from: Money | None
    regions: Mapping[str, Money | None]
    arrives_within_days: int | None = None


@dataclass(frozen=True, slots=True)
class FreightLine:
    """What freight needs to know of an order line."""

    merchant_id: UUID
    plan: FreightPlan | None
    quantity: int
    amount: Money


@dataclass(frozen=True, slots=True)
class ProductCard:
    """A product in a list. `price` is the lowest to pay now; `list_price` the standing one where it is higher."""

    product_id: UUID
    title: str
    cover: UUID | None
    shop_id: UUID
    price: Money
    list_price: Money | None
    sold_out: bool


@dataclass(frozen=True, slots=True)
class PriceAt:
    """A standing price and when it began."""

    price: Money
    since: datetime


@fact("offer.changed", version=1)
@dataclass(frozen=True, slots=True)
class OfferChanged(Fact):
    """What an offer is from now on: its standing price in minor units, on sale or not, sold out or not."""

    offer_id: UUID
    sku_id: UUID
    product_id: UUID
    shop_id: UUID
    price_minor: int
    on_sale: bool
    sold_out: bool

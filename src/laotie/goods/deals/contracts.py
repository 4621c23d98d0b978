"""What an order line copies: the offer, the thing, and the terms that hold for one buyer at one moment."""

from dataclasses import dataclass
from uuid import UUID

from laotie.goods.offers.contracts import FreightPlan
from laotie.kit.money import Money


@dataclass(frozen=True, slots=True)
class DealTerms:
    """`price` is what is paid now, `list_price` the standing price. `on_sale`: offer, product and shop are all open.

    `cap` is how many this buyer may still have, None where there is no cap; `left` what stock there is.
    """

    offer_id: UUID
    sku_id: UUID
    product_id: UUID
    merchant_id: UUID
    shop: str
    shop_slug: str
    category_id: UUID
    title: str
    options: str
    picture: UUID | None
    price: Money
    list_price: Money
    ships_within_hours: int
    freight_plan: FreightPlan | None
    timed_price_id: UUID | None
    plan_id: UUID | None
    commission_bp: int
    cap: int | None
    left: int
    on_sale: bool

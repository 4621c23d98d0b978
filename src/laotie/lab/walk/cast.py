"""Who walks: the demo's buyer, merchant, creator and operator, and the thing that is sold."""

from dataclasses import dataclass
from uuid import UUID

from laotie.goods.offers import queries as offers
from laotie.goods.offers.contracts import Offer
from laotie.lab.demo.actions import SOURCE
from laotie.lab.demo.contracts import SHOP
from laotie.lab.history.goods import Naming
from laotie.people.merchants import queries as merchants
from laotie.people.merchants.contracts import Shop


@dataclass(frozen=True, slots=True)
class Cast:
    """Accounts by their role, the merchant's shop, and the first offer of its first product."""

    buyer: UUID
    merchant: UUID
    creator: UUID
    operator: UUID
    shop: Shop
    offer: Offer


def cast() -> Cast:
    """The people of a seeded demo market."""
    naming = Naming(SOURCE)
    buyer, merchant, creator, operator = (naming.account(role) for role in ("buyer", "merchant", "creator", "operator"))
    shop = merchants.shop_by_slug(SHOP)
    offer = min(offers.offers_of_merchant(shop.id).values(), key=lambda offer: (-offer.price.minor, offer.id))
    return Cast(buyer, merchant, creator, operator, shop, offer)

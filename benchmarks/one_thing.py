"""A shop with one product, and buyers who want it, all made through actions."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class OneThing:
    """The sku, and its buyers as (account, address)."""

    offer: UUID
    price_minor: int
    buyers: tuple[tuple[UUID, UUID], ...]


def lay(price_minor: int, stock: int, buyers: int) -> OneThing:
    """All of it, in a market that has nothing else."""
    from laotie.goods.catalogue import actions as catalogue
    from laotie.goods.listings import actions as listings
    from laotie.goods.listings.contracts import Listing, ListingSku
    from laotie.goods.offers import queries as offers
    from laotie.people.accounts import actions as accounts
    from laotie.people.merchants import actions as merchants

    owner = accounts.sign_up("owner@example.com", None, "Owner")
    operator = accounts.sign_up("operator@example.com", None, "Operator")
    accounts.make_operator(operator.id)
    shop = merchants.apply(owner.id, "Hot Shop", "One thing only.", "Hangzhou")
    merchants.approve(operator.id, shop.id)
    category = catalogue.add_category("hot", "热卖", "Hot")
    listing = Listing("Hot thing", category.id, skus=(ListingSku(price_minor=price_minor, stock=stock),))
    offer = offers.offers_of_product(listings.list_product(shop.id, listing).id)[0]
    return OneThing(offer.id, price_minor, tuple(_buyer(number) for number in range(buyers)))


def _buyer(number: int) -> tuple[UUID, UUID]:
    from laotie.people.accounts import actions as accounts
    from laotie.people.addresses import actions as addresses

    buyer = accounts.sign_up(f"buyer-{number}@example.com", None, f"Buyer {number}")
    place = addresses.add_address(
        buyer.id, name=buyer.name, phone="13800000000", region="Zhejiang", city="Hangzhou", street="1 West Lake Road"
    )
    return buyer.id, place.id

"""Small makers of people and things for tests. Each goes through the actions that the pages call."""

from itertools import count

from laotie.goods.catalogue import actions as catalogue
from laotie.goods.catalogue.contracts import Category, Product
from laotie.goods.listings import actions as listings
from laotie.goods.listings.contracts import Listing, ListingSku
from laotie.goods.offers import queries as offers
from laotie.goods.offers.contracts import Offer
from laotie.people.accounts import actions as accounts
from laotie.people.accounts.contracts import AccountView
from laotie.people.addresses import actions as addresses
from laotie.people.addresses.contracts import Address
from laotie.people.grants import actions as grants
from laotie.people.merchants import actions as merchants
from laotie.people.merchants import queries as merchant_queries
from laotie.people.merchants.contracts import Shop
from laotie.trade.orders import actions as orders
from laotie.trade.orders import queries as order_queries
from laotie.trade.orders.contracts import Order, Placed, Wanted

PASSWORD = "correct-horse-42"
_number = count(1)


def make_account(name: str = "Lin", *, email: str = "", password: str | None = None) -> AccountView:
    """A buyer. With no password nobody can sign in as it (`client.force_login` still can, and is faster)."""
    return accounts.sign_up(email or f"{name.lower()}-{next(_number)}@example.com", password, name, "en")


def make_operator(name: str = "Ops") -> AccountView:
    """Someone who runs the market."""
    operator = make_account(name)
    accounts.make_operator(operator.id)
    return operator


def make_shop(owner: AccountView, name: str = "Harbour Seafood") -> Shop:
    """An approved shop of `owner`."""
    applied = merchants.apply(owner.id, name, "Fresh from the boat.", "Zhoushan")
    merchants.approve(make_operator().id, applied.id)
    return merchant_queries.shop(applied.id)


def make_staff(owner: AccountView, shop: Shop, *scopes: str) -> AccountView:
    """A member of the shop's team who holds `scopes`."""
    member = make_account("Staff")
    merchants.add_member(owner.id, shop.id, member.id)
    for scope in scopes:
        grants.grant(owner.id, member.id, scope, shop.id)
    return member


def make_address(account: AccountView, region: str = "Zhejiang") -> Address:
    """A place where the account's parcels go."""
    return addresses.add_address(
        account.id, name=account.name, phone="13800000000", region=region, city="Hangzhou", street="1 West Lake Road"
    )


def make_category(name: str = "Seafood") -> Category:
    """A leaf of the tree, below two nodes of its own."""
    node, parent = None, None
    for level in ("root", "group", "leaf"):
        slug = f"{name.lower()}-{level}-{next(_number)}"
        node = catalogue.add_category(slug, name_zh=name, name_en=name, parent_id=parent)
        parent = node.id
    assert node is not None
    return node


def make_product(
    shop: Shop, title: str = "Dried scallops", *, price_minor: int = 6990, stock: int = 100, skus: int = 1
) -> Product:
    """A listed product of `shop` with `skus` variants on sale, each with `stock` pieces."""
    variants = tuple(
        ListingSku(price_minor=price_minor, stock=stock, options=f"{500 * (i + 1)} g", code=f"sku-{next(_number)}")
        for i in range(skus)
    )
    return listings.list_product(shop.id, Listing(title=title, category_id=make_category().id, skus=variants))


def make_offer(shop: Shop, title: str = "Dried scallops", *, price_minor: int = 6990, stock: int = 100) -> Offer:
    """The offer of a fresh product with one sku."""
    product = make_product(shop, title, price_minor=price_minor, stock=stock)
    return offers.offers_of_product(product.id)[0]


def wanted(offer: Offer, quantity: int = 1) -> Wanted:
    """A line of an order at the offer's standing price."""
    return Wanted(offer.id, quantity, offer.price)


def make_placed(buyer: AccountView, *lines: Wanted, key: str = "") -> Placed:
    """A checkout of `lines`, to a new address of the buyer."""
    return orders.place(buyer.id, lines, make_address(buyer).id, key or f"key-{next(_number)}")


def make_paid(buyer: AccountView, *lines: Wanted) -> Order:
    """An order (the first of its checkout) that was paid in full."""
    placed = make_placed(buyer, *lines)
    orders.pay(placed.checkout_id, placed.total)
    return order_queries.order_for(buyer.id, placed.order_ids[0])

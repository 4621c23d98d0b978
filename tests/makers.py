"""Small makers of people and things for tests. Each goes through the actions that the pages call."""

from itertools import count

from laotie.people.accounts import actions as accounts
from laotie.people.accounts.contracts import AccountView
from laotie.people.addresses import actions as addresses
from laotie.people.addresses.contracts import Address
from laotie.people.grants import actions as grants
from laotie.people.merchants import actions as merchants
from laotie.people.merchants import queries as merchant_queries
from laotie.people.merchants.contracts import Shop

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


def make_address(account: AccountView, region: str = "ZJ") -> Address:
    """A place where the account's parcels go."""
    return addresses.add_address(
        account.id, name=account.name, phone="13800000000", region=region, city="Hangzhou", street="1 West Lake Road"
    )

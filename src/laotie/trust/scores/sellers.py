"""Who answers for a score: the shop for its own and its products', a creator for its own."""

from collections.abc import Iterable
from uuid import UUID

from laotie.goods.catalogue import queries as catalogue
from laotie.people.accounts import queries as accounts
from laotie.people.creators import queries as creators
from laotie.people.grants import queries as grants
from laotie.people.merchants import queries as merchants
from laotie.trust.scores.contracts import CREATOR, PRODUCT, SHOP, Named
from laotie.trust.scores.errors import NoScore


def seller_of(kind: str, entity_id: UUID) -> UUID:
    """The shop, or the creator's account. Raises NoScore, NoSuchShop, NoSuchProduct, NoSuchAccount."""
    if kind not in (SHOP, PRODUCT, CREATOR):
        raise NoScore
    if kind == SHOP:
        return merchants.shop(entity_id).id
    if kind == PRODUCT:
        return catalogue.product(entity_id).merchant_id
    return accounts.account(entity_id).id


def require(account_id: UUID, kind: str, entity_id: UUID) -> UUID:
    """The seller, where the account may see all of the score and act on it. Raises NoGrant besides."""
    seller_id = seller_of(kind, entity_id)
    grants.require(account_id, "score", seller_id)
    return seller_id


def may(account_id: UUID, kind: str, entity_id: UUID) -> bool:
    """Whether `require` would let the account in."""
    return grants.may(account_id, "score", seller_of(kind, entity_id))


def readers(kind: str, entity_id: UUID) -> list[UUID]:
    """The accounts that are told about a score: a shop's owners and whoever keeps its score; the creator."""
    seller_id = seller_of(kind, entity_id)
    if kind not in (SHOP, PRODUCT):
        return [seller_id]
    owners = [member.account_id for member in merchants.team(seller_id) if member.role == "owner"]
    keepers = [grant.account_id for grant in grants.grants_at(seller_id) if grant.scope == "score"]
    return list(dict.fromkeys(owners + keepers))


def named(kind: str, entity_ids: Iterable[UUID]) -> dict[UUID, Named]:
    """What pages call them, and where they are."""
    ids = list(entity_ids)
    if kind == SHOP:
        return {key: Named(shop.name, f"/s/{shop.slug}") for key, shop in merchants.shops(ids).items()}
    if kind == PRODUCT:
        return {key: Named(product.title, f"/p/{key}") for key, product in catalogue.products(ids).items()}
    known = creators.creators(ids)
    return {
        key: Named(person.name, f"/u/{known[key].slug if key in known else key}")
        for key, person in accounts.accounts(ids).items()
    }

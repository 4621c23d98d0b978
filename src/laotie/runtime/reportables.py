"""What can be reported to the operators, and how each kind is shown to them, taken down and put back."""

from uuid import UUID

from laotie.goods.catalogue import actions as catalogue_actions
from laotie.goods.catalogue import queries as catalogue
from laotie.people.desk.contracts import Reportable, Subject
from laotie.people.merchants import queries as merchants


def describe_product(account_id: UUID, product_id: UUID) -> Subject:
    product = catalogue.product(product_id)
    return Subject(product.title, f"/p/{product_id}", owners(product.merchant_id), product.description)


def take_down_product(operator_id: UUID, product_id: UUID, reason: str) -> None:
    catalogue_actions.take_down_product(operator_id, product_id, reason)


def put_back_product(operator_id: UUID, product_id: UUID, reason: str) -> None:
    catalogue_actions.restore_product(operator_id, product_id)


def describe_shop(account_id: UUID, merchant_id: UUID) -> Subject:
    shop = merchants.shop(merchant_id)
    return Subject(shop.name, f"/s/{shop.slug}", owners(merchant_id), shop.intro)


def owners(merchant_id: UUID) -> tuple[UUID, ...]:
    """The accounts that answer for a shop."""
    return tuple(member.account_id for member in merchants.team(merchant_id) if member.role == "owner")


ALL = (
    Reportable("product", describe_product, take_down_product, put_back_product),
    Reportable("shop", describe_shop),
)

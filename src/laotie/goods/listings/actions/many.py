"""The same act on many products: each stands for itself, and what was refused is told."""

from collections.abc import Callable, Iterable
from uuid import UUID

from laotie.goods.catalogue import actions as catalogue
from laotie.goods.catalogue import queries as catalogue_queries
from laotie.goods.listings.actions.writing import relist
from laotie.goods.listings.contracts import Refused
from laotie.kit.errors import MarketError


def end_many(merchant_id: UUID, product_ids: Iterable[UUID]) -> tuple[list[UUID], list[Refused]]:
    """Stop selling those of `product_ids` that are the merchant's; returns what was ended and what was refused."""
    return _each(merchant_id, product_ids, catalogue.end_product)


def relist_many(merchant_id: UUID, product_ids: Iterable[UUID]) -> tuple[list[UUID], list[Refused]]:
    """Show those of `product_ids` that are the merchant's; returns what was listed and what was refused."""
    return _each(merchant_id, product_ids, relist)


def _each(
    merchant_id: UUID, product_ids: Iterable[UUID], act: Callable[[UUID], object]
) -> tuple[list[UUID], list[Refused]]:
    done, refused = [], []
    for product in catalogue_queries.products(product_ids).values():
        if product.merchant_id != merchant_id:
            continue
        try:
            act(product.id)
            done.append(product.id)
        except MarketError as error:
            refused.append(Refused(product.id, product.title, error))
    return done, refused

"""Listing in one go: product, skus, offers and stock in one transaction."""

from uuid import UUID

from django.db import transaction

from laotie.goods.catalogue import actions as catalogue
from laotie.goods.catalogue.contracts import Product, ProductDraft, SkuDraft
from laotie.goods.listings.contracts import Listing
from laotie.goods.offers import actions as offers
from laotie.goods.stock import actions as stock


@transaction.atomic
def list_product(merchant_id: UUID, listing: Listing) -> Product:
    """Make the product and put it on sale."""
    product = catalogue.create_product(merchant_id, _draft(listing))
    for sku, wanted in zip(product.skus, listing.skus, strict=True):
        offer = offers.make_offer(
            merchant_id,
            product.id,
            sku.id,
            wanted.price_minor,
            freight_plan_id=wanted.freight_plan_id,
            ships_within_hours=wanted.ships_within_hours,
        )
        stock.set_stock(offer.id, wanted.stock)
    return catalogue.mark_listed(product.id)


def _draft(listing: Listing) -> ProductDraft:
    return ProductDraft(
        title=listing.title,
        category_id=listing.category_id,
        description=listing.description,
        brand=listing.brand,
        facts=listing.facts,
        pictures=listing.pictures,
        skus=tuple(SkuDraft(sku.options, sku.code) for sku in listing.skus),
    )

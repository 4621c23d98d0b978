"""One listing: product, variants, offers and stock together, in one transaction."""

from uuid import UUID

from django.db import transaction

from laotie.goods.catalogue import actions as catalogue
from laotie.goods.catalogue import queries as catalogue_queries
from laotie.goods.catalogue.contracts import Product, ProductDraft, SkuDraft
from laotie.goods.catalogue.errors import NothingToSell
from laotie.goods.listings.contracts import Listing, ListingSku
from laotie.goods.offers import actions as offers
from laotie.goods.offers import queries as offer_queries
from laotie.goods.offers.contracts import Offer
from laotie.goods.stock import actions as stock


@transaction.atomic
def list_product(merchant_id: UUID, listing: Listing) -> Product:
    """Make the product and show it to buyers. Raises the BadInput errors of catalogue, offers and stock."""
    return relist(draft_product(merchant_id, listing).id)


@transaction.atomic
def draft_product(merchant_id: UUID, listing: Listing) -> Product:
    """Make the product, with its offers and stock, without showing it yet."""
    product = catalogue.create_product(merchant_id, _draft(listing))
    _write_offers(product, listing)
    return product


@transaction.atomic
def save_product(product_id: UUID, listing: Listing) -> Product:
    """Say all of a product anew. Variants that `listing` leaves out are not sold any more.

    Raises NoSuchProduct and the BadInput errors of catalogue, offers and stock.
    """
    product = catalogue.update_product(product_id, _draft(listing))
    _write_offers(product, listing)
    return catalogue_queries.product(product_id)


@transaction.atomic
def save_and_list(product_id: UUID, listing: Listing) -> Product:
    """Save, and show the product to buyers if it is not shown yet: both or neither. Raises NothingToSell too."""
    product = save_product(product_id, listing)
    return product if product.status == "listed" else relist(product_id)


@transaction.atomic
def relist(product_id: UUID) -> Product:
    """Show the product to buyers, for the first time or again. Raises NothingToSell, WrongStatus."""
    if not any(offer.status == "on_sale" for offer in offer_queries.offers_of_product(product_id)):
        raise NothingToSell
    return catalogue.mark_listed(product_id)


def _draft(listing: Listing) -> ProductDraft:
    return ProductDraft(
        title=listing.title,
        category_id=listing.category_id,
        description=listing.description,
        brand=listing.brand,
        facts=listing.facts,
        pictures=listing.pictures,
        skus=tuple(SkuDraft(sku.options, sku.code, sku.sku_id) for sku in listing.skus),
    )


def _write_offers(product: Product, listing: Listing) -> None:
    """Offers of the variants, in ascending offer id: stock is touched, and locks have one order."""
    known = {offer.sku_id: offer for offer in offer_queries.offers_of_product(product.id)}
    wanted = {sku.id: line for sku, line in zip(product.skus, listing.skus, strict=True)}
    for offer in sorted(known.values(), key=lambda offer: offer.id):
        line = wanted.get(offer.sku_id)
        if line is not None:
            _change(offer, line)
        elif offer.status == "on_sale":
            offers.take_off_sale(offer.id)
    for sku_id, line in wanted.items():
        if sku_id not in known:
            _make(product, sku_id, line)


def _make(product: Product, sku_id: UUID, line: ListingSku) -> None:
    offer = offers.make_offer(
        product.merchant_id,
        product.id,
        sku_id,
        line.price_minor,
        stock_count=line.stock or 0,
        freight_plan_id=line.freight_plan_id,
        ships_within_hours=line.ships_within_hours,
    )
    if not line.on_sale:
        offers.take_off_sale(offer.id)


def _change(offer: Offer, line: ListingSku) -> None:
    offers.change_offer(
        offer.id,
        price_minor=line.price_minor,
        freight_plan_id=line.freight_plan_id,
        ships_within_hours=line.ships_within_hours,
    )
    if line.stock is not None and line.stock != line.stock_seen:
        stock.set_stock(offer.id, line.stock, seen=line.stock_seen)
    if offer.status != "taken_down":
        (offers.put_on_sale if line.on_sale else offers.take_off_sale)(offer.id)

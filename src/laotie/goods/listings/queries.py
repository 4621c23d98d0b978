"""Access to goods, one function per object, and a merchant's list of its products.

Pages and REST ask here first: an account that may not is refused before anything is shown or written.
"""

from collections.abc import Iterable
from uuid import UUID

from laotie.goods.catalogue import queries as catalogue
from laotie.goods.catalogue.contracts import Product
from laotie.goods.catalogue.errors import NoSuchProduct
from laotie.goods.listings import models
from laotie.goods.listings.contracts import BadLine, ImportRun, Row, Slice, Variant
from laotie.goods.listings.errors import NoSuchImport
from laotie.goods.offers import queries as offers
from laotie.goods.offers.contracts import FreightPlan, Offer
from laotie.goods.stock import queries as stock
from laotie.goods.terms import queries as terms
from laotie.goods.terms.contracts import CommissionPlan, TimedPrice
from laotie.people.accounts import queries as accounts
from laotie.people.grants import queries as grants
from laotie.people.merchants import queries as merchants
from laotie.people.merchants.contracts import Shop

SCOPE = "goods"


def shop_for(account_id: UUID, slug: str) -> Shop:
    """The shop whose goods the account keeps. Raises NoSuchShop, Forbidden."""
    shop = merchants.shop_by_slug(slug)
    grants.require(account_id, SCOPE, shop.id)
    return shop


def kept_shop(account_id: UUID, merchant_id: UUID) -> Shop:
    """The same by id. Raises NoSuchShop, Forbidden."""
    shop = merchants.shop(merchant_id)
    grants.require(account_id, SCOPE, shop.id)
    return shop


def product_for(account_id: UUID, product_id: UUID) -> Product:
    """A product that the account keeps, in any state. Raises NoSuchProduct, Forbidden."""
    product = catalogue.product(product_id)
    grants.require(account_id, SCOPE, product.merchant_id)
    return product


def visible_product(account_id: UUID | None, product_id: UUID) -> Product:
    """A listed product for everyone; in other states for those who keep it and for operators. Raises NoSuchProduct."""
    product = catalogue.product(product_id)
    if product.status != "listed" and not _sees_hidden(account_id, product):
        raise NoSuchProduct
    return product


def _sees_hidden(account_id: UUID | None, product: Product) -> bool:
    if account_id is None:
        return False
    return grants.may(account_id, SCOPE, product.merchant_id) or accounts.account(account_id).is_operator


def offer_for(account_id: UUID, offer_id: UUID) -> Offer:
    """An offer that the account keeps. Raises NoSuchOffer, Forbidden."""
    offer = offers.offer(offer_id)
    grants.require(account_id, SCOPE, offer.merchant_id)
    return offer


def freight_plan_for(account_id: UUID, plan_id: UUID) -> FreightPlan:
    """Raises NoSuchPlan, Forbidden."""
    plan = offers.freight_plan(plan_id)
    grants.require(account_id, SCOPE, plan.merchant_id)
    return plan


def timed_price_for(account_id: UUID, timed_price_id: UUID) -> TimedPrice:
    """Raises NoSuchTerms, Forbidden."""
    timed = terms.timed_price(timed_price_id)
    offer_for(account_id, timed.offer_id)
    return timed


def commission_plan_for(account_id: UUID, plan_id: UUID) -> CommissionPlan:
    """Raises NoSuchTerms, Forbidden."""
    plan = terms.plan(plan_id)
    offer_for(account_id, plan.offer_id)
    return plan


def row(product: Product) -> Row:
    """The product as its merchant works with it."""
    return rows([product])[0]


def rows(products: Iterable[Product]) -> list[Row]:
    """Products as their merchant works with them, in the order given; two statements for any number."""
    products = list(products)
    by_product = offers.offers_of_products(product.id for product in products)
    by_sku = {offer.sku_id: offer for each in by_product.values() for offer in each}
    left = stock.available(offer.id for offer in by_sku.values())
    return [Row(product, tuple(_variants(product, by_sku, left))) for product in products]


def _variants(product: Product, by_sku: dict[UUID, Offer], left: dict[UUID, int]) -> Iterable[Variant]:
    for sku in product.skus:
        offer = by_sku.get(sku.id)
        yield Variant(sku.id, sku.options, sku.code, offer, left[offer.id] if offer else 0)


def variant(offer_id: UUID) -> Variant:
    """The variant that the offer sells. Raises NoSuchOffer."""
    offer = offers.offer(offer_id)
    sku = catalogue.skus([offer.sku_id])[offer.sku_id]
    return Variant(sku.id, sku.options, sku.code, offer, stock.available([offer_id])[offer_id])


def page(merchant_id: UUID, words: str = "", status: str = "", *, start: int = 0, count: int = 20) -> Slice:
    """A merchant's products, changed last first, whose title or sku code has `words`, in state `status` ("": any)."""
    products, total = catalogue.products_of_merchant(merchant_id, words, status, start=start, count=count)
    return Slice(tuple(rows(products)), total)


def import_for(account_id: UUID, run_id: UUID) -> ImportRun:
    """A file that was sent to a shop whose goods the account keeps. Raises NoSuchImport, Forbidden."""
    row = models.ImportRun.objects.defer("content").filter(id=run_id).first()
    if row is None:
        raise NoSuchImport
    grants.require(account_id, SCOPE, row.merchant_id)
    return _import(row)


def imports(merchant_id: UUID, most: int = 10) -> list[ImportRun]:
    """The shop's files, the last first."""
    rows = models.ImportRun.objects.defer("content").filter(merchant_id=merchant_id).order_by("-sent_at")
    return [_import(row) for row in rows[:most]]


def import_content(run_id: UUID) -> bytes:
    """The file as it was sent. Raises NoSuchImport."""
    row = models.ImportRun.objects.filter(id=run_id).only("content").first()
    if row is None:
        raise NoSuchImport
    return bytes(row.content)


def _import(row: models.ImportRun) -> ImportRun:
    counts = {name: row.plan.get(name, 0) for name in ("create", "change", "same", "good_lines", "bad_lines")}
    return ImportRun(
        id=row.id,
        merchant_id=row.merchant_id,
        name=row.name,
        status=row.status,
        total=row.total,
        done=row.done,
        **counts,
        steps=tuple((kind, title, lines) for kind, title, lines in row.plan.get("steps", [])),
        bad=tuple(BadLine(*each) for each in row.bad),
        sent_at=row.sent_at,
    )

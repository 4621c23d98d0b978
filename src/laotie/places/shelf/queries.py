"""What the shelf's pages and its REST both read."""

from uuid import UUID

from laotie.goods.catalogue import queries as catalogue
from laotie.goods.catalogue.contracts import Category
from laotie.people.merchants import queries as merchants
from laotie.people.merchants.contracts import Shop
from laotie.places.search.contracts import Ask, Filters, Sort
from laotie.places.shelf import known, ordering
from laotie.places.shelf.contracts import Asker, Ordered, ProductPage, View
from laotie.places.shelf.errors import NotOnTheShelf
from laotie.places.shelf.tiles import Tiles

BESIDE = 6  # goods shown beside a product, of its shop and like it


def home_order(asker: Asker, view: View, page: int, size: int, thread: str = "") -> Ordered:
    """A page of the home's feed, as whoever orders the shelf decides it."""
    return ordering.current().home(asker, view, page, size, thread)


def product_page(product_id: UUID, viewer: UUID | None = None) -> ProductPage:
    """A product as any visitor may see it, ended and taken down ones too. Raises NotOnTheShelf for drafts."""
    found = known.products([product_id]).get(product_id)
    if found is None or found.product.status == "draft":
        raise NotOnTheShelf
    product = found.product
    of_shop = Ask(filters=Filters(shops=(product.merchant_id,)), sort=Sort.POPULAR, size=BESIDE + 1)
    more = [other for other in known.page(of_shop) if other != product_id][:BESIDE]
    path = catalogue.category_path(product.category_id)
    within = path[min(1, len(path) - 1)].slug if path else ""  # the second level: near enough, and seldom empty
    alike = known.similar(product, BESIDE * 2, within)
    similar = [other for other in alike if other not in more][:BESIDE]
    tiles = Tiles([product_id, *more, *similar], viewer, [product.merchant_id])
    return ProductPage(
        product=product,
        shop=tiles.shops[product.merchant_id],
        path=path,
        card=tiles.cards.get(product_id),
        offers=found.offers,
        plans=found.plans,
        sold=tiles.sold(product_id),
        more=tiles.of(more),
        similar=tiles.of(similar),
    )


def open_shop(slug: str) -> Shop:
    """A shop that buyers may see. Raises NoSuchShop or NotOnTheShelf."""
    shop = merchants.shop_by_slug(slug)
    if shop.status not in {"approved", "closed"}:
        raise NotOnTheShelf
    return shop


def category(slug: str) -> Category:
    """Raises NoSuchCategory."""
    return catalogue.category_by_slug(slug)

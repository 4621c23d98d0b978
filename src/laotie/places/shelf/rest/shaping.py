"""From what the shelf reads to what it sends."""

from laotie.goods.catalogue.contracts import Category
from laotie.kit.money import Money
from laotie.kit.pictures import queries as pictures
from laotie.people.merchants.contracts import Shop
from laotie.places.search.contracts import Facet
from laotie.places.shelf.contracts import ProductPage, Tile
from laotie.places.shelf.rest.shapes import Amount, Count, Detail, Face, Goods, Node, Sale


def amount_of(money: Money) -> Amount:
    """Money, for machines."""
    return Amount(minor=money.minor, currency=money.currency)


def counts_of(facets: tuple[Facet, ...]) -> list[Count]:
    """A facet."""
    return [Count(key=facet.key, count=facet.count) for facet in facets]


def goods_of(tile: Tile) -> Goods:
    """A tile."""
    card = tile.card
    return Goods(
        id=card.product_id,
        title=card.title,
        price=amount_of(card.price),
        list_price=amount_of(card.list_price) if card.list_price else None,
        sold_out=card.sold_out,
        sold=tile.sold,
        shop=card.shop_id,
        picture=pictures.url(card.cover, 480) if card.cover else None,
    )


def detail_of(page: ProductPage) -> Detail:
    """A product's page."""
    told = page.state != "taken_down"
    product = page.product
    return Detail(
        id=product.id,
        state=page.state,
        title=product.title if told else "",
        description=product.description if told else "",
        brand=product.brand if told else "",
        facts=dict(product.facts) if told else {},
        pictures=[pictures.url(each, 1080) for each in product.pictures] if told else [],
        shop=page.shop.id,
        shop_slug=page.shop.slug,
        categories=[node.slug for node in page.path],
        listed_at=product.listed_at,
        sold=page.sold,
        offers=[
            Sale(
                offer=offer.id,
                sku=offer.sku_id,
                price=amount_of(offer.price),
                ships_within_hours=offer.ships_within_hours,
            )
            for offer in page.offers
            if page.state == "on_sale"
        ],
    )


def node_of(node: Category) -> Node:
    """A category and all below it."""
    return Node(
        slug=node.slug, name_zh=node.name_zh, name_en=node.name_en, below=[node_of(child) for child in node.children]
    )


def face_of(shop: Shop) -> Face:
    """A shop."""
    return Face(
        id=shop.id,
        slug=shop.slug,
        name=shop.name,
        intro=shop.intro,
        face=pictures.url(shop.face, 160) if shop.face else None,
        ships_from=shop.ships_from,
        open=shop.is_open,
        since=shop.approved_at,
    )

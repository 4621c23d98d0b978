"""The shelf for programs: public, read only, a page at a time."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router

from laotie.goods.catalogue import queries as catalogue
from laotie.places.search import queries as search_index
from laotie.places.search.contracts import Ask, Filters
from laotie.places.shelf import queries
from laotie.places.shelf.rest.shapes import Answer, Detail, Face, Key, Node, Question, Words
from laotie.places.shelf.rest.shaping import counts_of, detail_of, face_of, goods_of, node_of
from laotie.places.shelf.tiles import Tiles

router = Router(auth=None)


@router.get("/search", response=Answer)
def search(request: HttpRequest, question: Query[Question]) -> Answer:
    """Goods that fit words and filters."""
    filters = Filters(
        category=question.category,
        shops=tuple(question.shop),
        brands=tuple(question.brand),
        price_from=question.price_from,
        price_to=question.price_to,
        in_stock=question.in_stock,
        free_freight=question.free_freight,
    )
    found = search_index.search(Ask(question.q, filters, question.sort, question.page, question.size))
    tiles = Tiles(found.product_ids, None).of(found.product_ids)
    return Answer(
        goods=[goods_of(tile) for tile in tiles],
        total=found.total,
        page=found.page,
        pages=found.pages,
        loosened=found.loosened,
        instead=found.instead,
        categories=counts_of(found.categories),
        brands=counts_of(found.brands),
        shops=counts_of(found.shops),
    )


@router.get("/suggest", response=list[str])
def suggest(request: HttpRequest, q: Query[Words]) -> list[str]:
    """Words that continue what is being typed."""
    return search_index.suggest(q)


@router.get("/products/{product_id}", response=Detail)
def product(request: HttpRequest, product_id: UUID) -> Detail:
    """One product, ended ones too."""
    return detail_of(queries.product_page(product_id))


@router.get("/categories", response=list[Node])
def categories(request: HttpRequest) -> list[Node]:
    """The tree."""
    return [node_of(root) for root in catalogue.categories()]


@router.get("/shops/{slug}", response=Face)
def shop(request: HttpRequest, slug: Key) -> Face:
    """One shop, closed ones too. Its goods: /search?shop=<id>."""
    return face_of(queries.open_shop(slug))

"""Products over REST: read by everyone, kept by their merchant, taken down by operators."""

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Status

from laotie.goods.catalogue import actions as catalogue
from laotie.goods.listings import actions, queries
from laotie.goods.listings.rest.schemas import CardOut, ListingIn, ProductOut, ProductsOut, ReasonIn
from laotie.goods.offers import queries as offers
from laotie.kit.pages import account_id as who
from laotie.kit.pages.guards import account_of
from laotie.kit.pages.keyed import DESCRIBED, keyed
from laotie.people.accounts.queries import require_operator

router = Router()
Ids = Annotated[list[UUID], Query(max_length=100)]
Words = Annotated[str, Query(max_length=100)]
Start = Annotated[int, Query(ge=0, le=100_000)]
Count = Annotated[int, Query(ge=1, le=100)]
State = Annotated[Literal["", "draft", "listed", "ended", "taken_down"], Query()]
Listed = Annotated[bool, Query()]


@router.get("/cards", response=list[CardOut], auth=None)
def cards(request: HttpRequest, ids: Ids) -> Any:
    """Cards of the listed products among `ids`, in that order."""
    found = offers.cards(ids)
    return [CardOut.of(found[product_id]) for product_id in dict.fromkeys(ids) if product_id in found]


@router.get("/products/{product_id}", response=ProductOut, auth=None)
def product(request: HttpRequest, product_id: UUID) -> Any:
    """A listed product; in other states only for those who keep it."""
    account_id = account_of(request)
    return ProductOut.of(queries.row(queries.visible_product(account_id, product_id)))


@router.get("/products/{product_id}/kept", response=ProductOut)
def kept(request: HttpRequest, product_id: UUID) -> Any:
    """A product of a shop whose goods one keeps, in any state."""
    return ProductOut.of(queries.row(queries.product_for(who(request), product_id)))


@router.get("/shops/{shop_id}/products", response=ProductsOut)
def products(  # noqa: PLR0917
    request: HttpRequest,
    shop_id: UUID,
    words: Words = "",
    status: State = "",
    start: Start = 0,
    count: Count = 20,
) -> Any:
    """A shop's own list, in any state, changed last first."""
    shop = queries.kept_shop(who(request), shop_id)
    found = queries.page(shop.id, words.replace("\0", ""), status, start=start, count=count)
    return {"total": found.total, "products": [ProductOut.of(row) for row in found.rows]}


@router.post("/shops/{shop_id}/products", response={201: ProductOut}, openapi_extra=DESCRIBED)
@keyed
def add(request: HttpRequest, shop_id: UUID, wanted: ListingIn, listed: Listed = True) -> Any:
    """A new product with its variants, prices and stock; `listed=false` keeps it as a draft."""
    shop = queries.kept_shop(who(request), shop_id)
    write = actions.list_product if listed else actions.draft_product
    return Status(201, ProductOut.of(queries.row(write(shop.id, wanted.listing()))))


@router.put("/products/{product_id}", response=ProductOut)
def save(request: HttpRequest, product_id: UUID, wanted: ListingIn) -> Any:
    """Say all of a product anew."""
    product = queries.product_for(who(request), product_id)
    return ProductOut.of(queries.row(actions.save_product(product.id, wanted.listing())))


@router.post("/products/{product_id}/list", response=ProductOut)
def relist(request: HttpRequest, product_id: UUID) -> Any:
    """Show it to buyers."""
    return ProductOut.of(queries.row(actions.relist(queries.product_for(who(request), product_id).id)))


@router.post("/products/{product_id}/end", response=ProductOut)
def end(request: HttpRequest, product_id: UUID) -> Any:
    """Stop selling it."""
    return ProductOut.of(queries.row(catalogue.end_product(queries.product_for(who(request), product_id).id)))


@router.post("/products/{product_id}/take-down", response=ProductOut)
def take_down(request: HttpRequest, product_id: UUID, wanted: ReasonIn) -> Any:
    """Operators: take it away from buyers and tell its merchant why."""
    require_operator(who(request))
    return ProductOut.of(queries.row(catalogue.take_down_product(who(request), product_id, wanted.reason)))


@router.post("/products/{product_id}/restore", response=ProductOut)
def restore(request: HttpRequest, product_id: UUID) -> Any:
    """Operators: let its merchant list it again."""
    require_operator(who(request))
    return ProductOut.of(queries.row(catalogue.restore_product(who(request), product_id)))

"""The cart over REST: an account's, or a visitor's; `runtime.api` lets visitors in here."""

from collections.abc import Callable
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema, Status

from laotie.kit.ids import new_id
from laotie.kit.origin import Origin
from laotie.kit.pages.guards import account_of
from laotie.kit.pages.keyed import DESCRIBED, keyed
from laotie.kit.pages.rates import caller, count
from laotie.trade.carts import actions, queries
from laotie.trade.carts.contracts import Cart, CartLine
from laotie.trade.carts.errors import NotInCart
from laotie.trade.carts.forms import decision_of
from laotie.trade.carts.visiting import guest_cart, keep

router = Router()
Quantity = Annotated[int, Field(ge=1, le=999)]
PER_MINUTE = 120


class PutIn(Schema):
    offer_id: UUID
    quantity: Quantity = 1
    entry: Annotated[str, Field(pattern="^[a-z_]{1,20}$")] = "direct"
    slot: Annotated[str, Field(max_length=200)] = ""


class QuantityIn(Schema):
    quantity: Quantity


class LineOut(Schema):
    offer_id: UUID
    product_id: UUID
    title: str
    options: str
    quantity: int
    price_minor: int
    list_price_minor: int
    seen_minor: int
    snag: str
    most: int


class ShopOut(Schema):
    merchant_id: UUID
    shop: str
    goods_minor: int
    freight_minor: int | None
    served: bool
    lines: list[LineOut]


class CartOut(Schema):
    currency: str
    goods_minor: int
    freight_minor: int
    total_minor: int
    shops: list[ShopOut]
    saved: list[LineOut]


@router.get("", response=CartOut)
def cart(request: HttpRequest, region: Annotated[str, Query(max_length=60)] = "") -> Any:
    """The cart as it stands against what is offered now; with a region, freight too. A visitor's is in his cookie."""
    return _out(queries.cart(_cart(request), account_of(request), region))


@router.post("", response={201: CartOut}, openapi_extra=DESCRIBED)
@keyed
def put(request: HttpRequest, body: PutIn, response: HttpResponse) -> Any:
    """Put so many more of an offer in. A visitor's first thing brings the cookie that names his cart."""
    own, account = _cart(request), account_of(request)
    cart = own or new_id()
    _count(request)
    origin = Origin(body.entry, decision=decision_of(body.slot))
    actions.put(cart, body.offer_id, body.quantity, origin, guest=account is None)
    if own is None:
        keep(response, cart)
    return Status(201, _out(queries.cart(cart, account)))


@router.put("/{uuid:offer_id}", response=CartOut)
def set_quantity(request: HttpRequest, offer_id: UUID, body: QuantityIn) -> Any:
    return _changed(request, lambda cart: actions.set_quantity(cart, offer_id, body.quantity))


@router.post("/{uuid:offer_id}/later", response=CartOut)
def later(request: HttpRequest, offer_id: UUID) -> Any:
    """Keep a line, but do not order it now."""
    return _changed(request, lambda cart: actions.save_for_later(cart, offer_id))


@router.post("/{uuid:offer_id}/up", response=CartOut)
def take_up(request: HttpRequest, offer_id: UUID) -> Any:
    """Bring a line kept for later back among those to be ordered."""
    return _changed(request, lambda cart: actions.take_up(cart, offer_id))


@router.delete("/{uuid:offer_id}", response=CartOut)
def remove(request: HttpRequest, offer_id: UUID) -> Any:
    return _changed(request, lambda cart: actions.remove(cart, offer_id))


def _changed(request: HttpRequest, change: Callable[[UUID], None]) -> CartOut:
    """The cart after a change to it. Raises NotInCart where there is none yet."""
    cart = _cart(request)
    _count(request)
    if cart is None:
        raise NotInCart
    change(cart)
    return _out(queries.cart(cart, account_of(request)))


def _count(request: HttpRequest) -> None:
    count("cart", caller(request), PER_MINUTE)


def _cart(request: HttpRequest) -> UUID | None:
    """The account's cart, with what was gathered before signing in; else the visitor's, if there is one."""
    account, guest = account_of(request), guest_cart(request)
    if account and guest:
        actions.merge(guest, account)
    return account or guest


def _out(found: Cart) -> CartOut:
    return CartOut(
        currency=found.total.currency, goods_minor=found.goods.minor, freight_minor=found.freight.minor,
        total_minor=found.total.minor, saved=[_line(line) for line in found.saved],
        shops=[
            ShopOut(
                merchant_id=shop.merchant_id, shop=shop.shop, goods_minor=shop.goods.minor,
                freight_minor=shop.freight.minor if shop.freight else None, served=shop.served,
                lines=[_line(line) for line in shop.lines],
            )
            for shop in found.shops
        ],
    )  # fmt: skip


def _line(line: CartLine) -> LineOut:
    return LineOut(
        offer_id=line.offer_id, product_id=line.terms.product_id, title=line.terms.title,
        options=line.terms.options, quantity=line.quantity, price_minor=line.terms.price.minor,
        list_price_minor=line.terms.list_price.minor, seen_minor=line.seen.minor, snag=line.snag.value,
        most=line.most,
    )  # fmt: skip

"""The account's cart over REST."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status

from laotie.kit.origin import Origin
from laotie.kit.pages import account_id as who
from laotie.kit.pages.rates import count
from laotie.trade.carts import actions, queries
from laotie.trade.carts.contracts import Cart, CartLine
from laotie.trade.carts.forms import decision_of

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
    """The cart as it stands against what is offered now; with a region, freight too."""
    return _out(queries.cart(who(request), who(request), region))


@router.post("", response={201: CartOut})
def put(request: HttpRequest, body: PutIn) -> Any:
    """Put so many more of an offer in."""
    count("cart", str(who(request)), PER_MINUTE)
    actions.put(who(request), body.offer_id, body.quantity, Origin(body.entry, decision=decision_of(body.slot)))
    return Status(201, _out(queries.cart(who(request), who(request))))


@router.put("/{uuid:offer_id}", response=CartOut)
def set_quantity(request: HttpRequest, offer_id: UUID, body: QuantityIn) -> Any:
    count("cart", str(who(request)), PER_MINUTE)
    actions.set_quantity(who(request), offer_id, body.quantity)
    return _out(queries.cart(who(request), who(request)))


@router.delete("/{uuid:offer_id}", response=CartOut)
def remove(request: HttpRequest, offer_id: UUID) -> Any:
    count("cart", str(who(request)), PER_MINUTE)
    actions.remove(who(request), offer_id)
    return _out(queries.cart(who(request), who(request)))


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

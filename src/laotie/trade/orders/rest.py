"""Orders over REST: the same actions and the same access as the pages."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Header, Query, Router, Schema, Status

from laotie.kit import market
from laotie.kit.origin import Origin, opened
from laotie.kit.pages import account_id as who
from laotie.kit.pages.keyed import DESCRIBED, keyed
from laotie.kit.pages.rates import count
from laotie.trade.orders import actions, door, queries
from laotie.trade.orders.contracts import Filter, Line, Order, OrderPage, Parcel, Placed, State, Wanted
from laotie.trade.orders.errors import PriceChanged, SoldOut

router = Router()
Minor = Annotated[int, Field(ge=0, le=10**15)]
Page = Annotated[int, Query(ge=1, le=100_000)]
Size = Annotated[int, Query(ge=1, le=100)]
Words = Annotated[str, Query(max_length=60, pattern=r"^[^\x00]*$")]
Key = Annotated[str, Header(alias="Idempotency-Key", min_length=1, max_length=80)]


class WantedIn(Schema):
    offer_id: UUID
    quantity: Annotated[int, Field(ge=1, le=999)]
    agreed_price_minor: Minor
    entry: Annotated[str, Field(pattern="^[a-z_]{1,20}$")] = "direct"
    origin: Annotated[str, Field(max_length=1000)] = ""

    @property
    def came_from(self) -> Origin:
        """What was sealed where the buyer came from; else only the entry he names."""
        return opened(self.origin) if self.origin else Origin(self.entry)


class NoteIn(Schema):
    merchant_id: UUID
    words: Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]


class PlaceIn(Schema):
    """What the buyer agrees to. `agreed_total_minor` is with freight."""

    lines: Annotated[list[WantedIn], Field(min_length=1, max_length=50)]
    address_id: UUID
    agreed_total_minor: Minor | None = None
    notes: Annotated[list[NoteIn], Field(max_length=50)] = []
    coupons: Annotated[list[UUID], Field(max_length=50)] = []


class PlacedOut(Schema):
    checkout_id: UUID
    order_ids: list[UUID]
    total_minor: int
    currency: str
    pay_by: datetime


class LineOut(Schema):
    id: UUID
    offer_id: UUID
    product_id: UUID
    title: str
    options: str
    quantity: int
    unit_price_minor: int
    freight_minor: int
    refunded_quantity: int
    refunded_minor: int


class OrderOut(Schema):
    id: UUID
    number: str
    checkout_id: UUID
    merchant_id: UUID
    state: State
    goods_minor: int
    freight_minor: int
    total_minor: int
    paid_minor: int
    repaid_minor: int
    currency: str
    note: str
    placed_at: datetime
    pay_by: datetime
    paid_at: datetime | None
    ship_by: datetime | None
    arrive_by: datetime | None
    shipped_at: datetime | None
    signed_at: datetime | None
    done_at: datetime | None
    late: bool
    lines: list[LineOut]


class OrdersOut(Schema):
    orders: list[OrderOut]
    page: int
    count: int


class ParcelIn(Schema):
    carrier: Annotated[str, Field(max_length=40)]
    tracking: Annotated[str, Field(max_length=60)]


class ParcelOut(Schema):
    id: UUID
    order_id: UUID
    carrier: str
    tracking: str
    shipped_at: datetime
    signed_at: datetime | None


class CancelIn(Schema):
    reason: Annotated[str, Field(max_length=40, pattern=r"^[^\x00]*$")] = ""


@router.post("", response={201: PlacedOut})
def place(request: HttpRequest, body: PlaceIn, key: Key) -> Any:
    """Order, of one shop or several. The same Idempotency-Key gives the same answer for ever."""
    count("checkout", str(who(request)), 30)
    money = market.current().money
    wanted = [
        Wanted(line.offer_id, line.quantity, money(line.agreed_price_minor), line.came_from) for line in body.lines
    ]
    total = None if body.agreed_total_minor is None else money(body.agreed_total_minor)
    notes = {note.merchant_id: note.words for note in body.notes}
    try:
        placed = actions.place(
            who(request), wanted, body.address_id, key, agreed_total=total, notes=notes, coupons=body.coupons
        )
    except (SoldOut, PriceChanged) as error:
        door.remember(request, wanted, error)
        raise
    return Status(201, _placed(placed))


@router.get("", response=OrdersOut)
def mine(request: HttpRequest, state: State | None = None, q: Words = "", page: Page = 1, size: Size = 20) -> Any:
    """One's own orders, newest first."""
    wanted = Filter(states=(state,) if state else (), words=q)
    return _page(queries.orders_of_buyer(who(request), wanted, page, size))


@router.get("/of/{uuid:merchant_id}", response=OrdersOut)
def of_shop(
    request: HttpRequest,
    merchant_id: UUID,
    state: State | None = None,
    q: Words = "",
    *,
    late: bool = False,
    page: Page = 1,
    size: Size = 20,
) -> Any:
    """A shop's orders; those in `paid` the most pressing first."""
    wanted = Filter(states=(state,) if state else (), words=q, late=late)
    return _page(queries.orders_of_shop(who(request), merchant_id, wanted, page, size))


@router.get("/{uuid:order_id}", response=OrderOut)
def order(request: HttpRequest, order_id: UUID) -> Any:
    return _order(queries.order_for(who(request), order_id))


@router.get("/{uuid:order_id}/parcels", response=list[ParcelOut])
def parcels(request: HttpRequest, order_id: UUID) -> Any:
    queries.order_for(who(request), order_id)
    return [_parcel(parcel) for parcel in queries.parcels([order_id])[order_id]]


@router.post("/{uuid:order_id}/cancel", response=OrderOut, openapi_extra=DESCRIBED)
@keyed
def cancel(request: HttpRequest, order_id: UUID, body: CancelIn) -> Any:
    """End an order that was not shipped. Cancelling it again changes nothing."""
    count("order", str(who(request)), 60)
    actions.cancel(who(request), order_id, body.reason)
    return order(request, order_id)


@router.post("/{uuid:order_id}/parcels", response={201: ParcelOut}, openapi_extra=DESCRIBED)
@keyed
def ship(request: HttpRequest, order_id: UUID, body: ParcelIn) -> Any:
    """Hand a parcel to a carrier. The same parcel again is the same parcel."""
    count("ship", str(who(request)), 120)
    return Status(201, _parcel(actions.ship(who(request), order_id, body.carrier, body.tracking)))


@router.post("/{uuid:order_id}/sign", response=OrderOut, openapi_extra=DESCRIBED)
@keyed
def sign(request: HttpRequest, order_id: UUID) -> Any:
    """Say that it arrived. Saying it again changes nothing."""
    count("order", str(who(request)), 60)
    actions.sign(who(request), order_id)
    return order(request, order_id)


def _placed(placed: Placed) -> PlacedOut:
    return PlacedOut(
        checkout_id=placed.checkout_id, order_ids=list(placed.order_ids), total_minor=placed.total.minor,
        currency=placed.total.currency, pay_by=placed.pay_by,
    )  # fmt: skip


def _page(found: OrderPage) -> OrdersOut:
    return OrdersOut(orders=[_order(each) for each in found.orders], page=found.number, count=found.count)


def _order(found: Order) -> OrderOut:
    return OrderOut(
        id=found.id, number=found.number, checkout_id=found.checkout_id, merchant_id=found.merchant_id,
        state=found.state, goods_minor=found.goods.minor, freight_minor=found.freight.minor,
        total_minor=found.total.minor, paid_minor=found.paid.minor, repaid_minor=found.repaid.minor,
        currency=found.total.currency, note=found.note, placed_at=found.placed_at, pay_by=found.pay_by,
        paid_at=found.paid_at, ship_by=found.ship_by, arrive_by=found.arrive_by,
        shipped_at=found.shipped_at, signed_at=found.signed_at,
        done_at=found.done_at, late=found.late, lines=[_line(line) for line in found.lines],
    )  # fmt: skip


def _line(line: Line) -> LineOut:
    return LineOut(
        id=line.id, offer_id=line.offer_id, product_id=line.product_id, title=line.title, options=line.options,
        quantity=line.quantity, unit_price_minor=line.unit_price.minor, freight_minor=line.freight.minor,
        refunded_quantity=line.refunded_quantity, refunded_minor=line.refunded.minor,
    )  # fmt: skip


def _parcel(parcel: Parcel) -> ParcelOut:
    return ParcelOut(
        id=parcel.id, order_id=parcel.order_id, carrier=parcel.carrier, tracking=parcel.tracking,
        shipped_at=parcel.shipped_at, signed_at=parcel.signed_at,
    )  # fmt: skip

"""What leaves the orders slice: orders and their parts as frozen dataclasses, their states, and the facts they leave.

An order is one shop's part of a checkout; a checkout is paid at once. A line is a deal: it carries every term as it
was when the order was placed. Times are aware UTC; money is in the market's currency.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from laotie.kit.money import Money
from laotie.kit.origin import Origin
from laotie.stream.facts import Fact, fact


class State(StrEnum):
    """Where an order is. `transitions` says how it moves."""

    PLACED = "placed"
    PAID = "paid"
    SHIPPED = "shipped"
    SIGNED = "signed"
    DONE = "done"
    CANCELLED = "cancelled"
    REFUNDING = "refunding"
    REFUNDED = "refunded"
    DISPUTED = "disputed"


CLOSED = frozenset({State.DONE, State.CANCELLED, State.REFUNDED})  # nothing moves from here


class Party(StrEnum):
    """In what role someone, or something, moves an order."""

    BUYER = "buyer"
    SELLER = "seller"
    OPERATOR = "operator"
    CLOCK = "clock"
    CARRIER = "carrier"
    PROVIDER = "provider"


CARRIERS = {
    # code → its own name; names of companies are not translated
    "sf": "顺丰 SF Express",
    "jd": "京东 JD Logistics",
    "zto": "中通 ZTO",
    "yto": "圆通 YTO",
    "sto": "申通 STO",
    "yunda": "韵达 Yunda",
    "ems": "EMS",
    "dhl": "DHL",
    "fedex": "FedEx",
    "ups": "UPS",
    "correios": "Correios",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """One line of what a buyer agrees to: the offer, how many, and the unit price that was on the page."""

    offer_id: UUID
    quantity: int
    agreed_price: Money
    origin: Origin = field(default_factory=Origin)


@dataclass(frozen=True, slots=True)
class Placed:
    """The answer to placing: the same for ever under the same idempotency key."""

    checkout_id: UUID
    order_ids: tuple[UUID, ...]
    total: Money
    pay_by: datetime


@dataclass(frozen=True, slots=True)
class Recipient:
    """Where the parcels go, as copied when the order was placed."""

    name: str
    phone: str
    region: str
    city: str
    street: str
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A deal. `goods` is unit price × quantity less `discount`; `refunded` is what already went back to the buyer.

    `discount` is the line's share of coupon `coupon_id`, which `discount_payer` bears ("" where there is none).
    """

    id: UUID
    order_id: UUID
    offer_id: UUID
    sku_id: UUID
    product_id: UUID
    category_id: UUID | None
    title: str
    options: str
    picture: UUID | None
    quantity: int
    unit_price: Money
    list_price: Money | None
    discount: Money
    coupon_id: UUID | None
    discount_payer: str
    freight: Money
    plan_id: UUID | None
    commission_bp: int
    creator_id: UUID | None
    promises: dict[str, Any]
    origin: dict[str, str]
    refunded_quantity: int
    refunded: Money

    @property
    def goods(self) -> Money:
        return self.unit_price * self.quantity - self.discount

    @property
    def ships_within_hours(self) -> int:
        """Hours from payment within which the shop promised to ship it."""
        return int(self.promises["ships_within_hours"])

    @property
    def left(self) -> int:
        """How many of it have not been refunded."""
        return self.quantity - self.refunded_quantity


@dataclass(frozen=True, slots=True)
class Step:
    """One row of an order's history."""

    event: str
    source: str
    target: str
    by: Party
    account_id: UUID | None
    at: datetime
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class CarrierEvent:
    """What a carrier said of a parcel: picked_up, in_transit, out_for_delivery, delivered, problem."""

    kind: str
    words: str
    place: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Parcel:
    id: UUID
    order_id: UUID
    carrier: str
    tracking: str
    shipped_at: datetime
    signed_at: datetime | None
    events: tuple[CarrierEvent, ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """One shop's part of a checkout. `due_at` is when the clock acts next, if it will.

    `settlement_days` from signing the money is the shop's, if nothing is given back before; None where the money was
    never in this market.
    """

    id: UUID
    number: str
    checkout_id: UUID
    buyer_id: UUID
    merchant_id: UUID
    state: State
    goods: Money
    freight: Money
    total: Money
    paid: Money
    repaid: Money
    note: str
    recipient: Recipient
    lines: tuple[Line, ...]
    placed_at: datetime
    pay_by: datetime
    paid_at: datetime | None
    ship_by: datetime | None
    arrive_by: datetime | None
    shipped_at: datetime | None
    signed_at: datetime | None
    done_at: datetime | None
    closed_at: datetime | None
    close_reason: str
    late: bool
    due_at: datetime | None
    settlement_days: int | None

    @property
    def unshipped(self) -> bool:
        return self.shipped_at is None

    @property
    def discount(self) -> Money:
        """What a coupon took off its lines."""
        return Money(sum(line.discount.minor for line in self.lines), self.goods.currency)

    @property
    def worth(self) -> Money:
        """What the goods cost before that."""
        return self.goods + self.discount

    @property
    def discount_payer(self) -> str:
        """Who bears it; "" where nobody here does."""
        return next((line.discount_payer for line in self.lines if line.discount_payer), "")

    @property
    def settles_at(self) -> datetime | None:
        """When the money is the shop's."""
        if self.signed_at is None or self.settlement_days is None:
            return None
        return self.signed_at + timedelta(days=self.settlement_days)


@dataclass(frozen=True, slots=True)
class Checkout:
    """What is paid at once. `due` is what its placed orders still ask for."""

    id: UUID
    buyer_id: UUID
    order_ids: tuple[UUID, ...]
    total: Money
    due: Money
    pay_by: datetime
    placed_at: datetime


@dataclass(frozen=True, slots=True)
class Filter:
    """Which orders of a list: empty fields do not narrow. `words` is looked for in titles and numbers."""

    states: tuple[State, ...] = ()
    words: str = ""
    placed_from: datetime | None = None
    placed_to: datetime | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class OrderPage:
    """One page of a list. `number` counts from 1; `count` is of the whole list."""

    orders: tuple[Order, ...]
    number: int
    size: int
    count: int


@dataclass(frozen=True, slots=True)
class Repayment:
    """Money that an order owes its buyer: `id` is the provider's idempotency key.

    `outside`: settled by rule, as the money was never here; the shop gives it back where it was paid.
    """

    id: UUID
    order_id: UUID
    checkout_id: UUID
    amount: Money
    cause: str
    asked_at: datetime
    settled_at: datetime | None
    outside: bool


@fact("order.placed", version=1)
@dataclass(frozen=True, slots=True)
class OrderPlaced(Fact):
    """A buyer placed an order with a shop; amounts in minor units."""

    order_id: UUID
    checkout_id: UUID
    shop_id: UUID
    buyer: UUID | None
    goods_minor: int
    freight_minor: int
    total_minor: int
    currency: str
    region: str
    pay_by: datetime


@fact("line.placed", version=1)
@dataclass(frozen=True, slots=True)
class LinePlaced(Fact):
    """A deal began: one line of an order, with the terms it was placed under."""

    order_id: UUID
    line_id: UUID
    shop_id: UUID
    buyer: UUID | None
    product_id: UUID
    sku_id: UUID
    offer_id: UUID
    category_id: UUID | None
    quantity: int
    unit_price_minor: int
    list_price_minor: int | None
    discount_minor: int
    freight_minor: int
    currency: str
    creator: UUID | None
    commission_bp: int
    entry: str
    session_id: UUID | None
    card_id: UUID | None
    clip_id: UUID | None
    decision_id: UUID | None
    ships_within_hours: int


@fact("coupon.used", version=1)
@dataclass(frozen=True, slots=True)
class CouponUsed(Fact):
    """An order was placed with a coupon that took `amount_minor` off its goods, which `payer` bears."""

    order_id: UUID
    coupon: UUID
    claim: UUID
    shop_id: UUID
    buyer: UUID | None
    amount_minor: int
    payer: str


@fact("order.paid", version=1)
@dataclass(frozen=True, slots=True)
class OrderPaidAtFirst(Fact):
    """The money for an order arrived, told before the promised arrival was kept."""

    order_id: UUID
    checkout_id: UUID
    shop_id: UUID
    buyer: UUID | None
    amount_minor: int
    currency: str
    promised_ship_at: datetime


@fact("order.paid", version=2)
@dataclass(frozen=True, slots=True)
class OrderPaid(Fact):
    """The money for an order arrived; the shop promised to ship by `promised_ship_at`.

    `promised_arrival_at`: when the buyer was told that it would be there. None where nobody said: an offer of this
    market promises the shipping only, and the scores then count the rulebook's days of carriage from it.
    """

    order_id: UUID
    checkout_id: UUID
    shop_id: UUID
    buyer: UUID | None
    amount_minor: int
    currency: str
    promised_ship_at: datetime
    promised_arrival_at: datetime | None = None


@fact("order.cancelled", version=1)
@dataclass(frozen=True, slots=True)
class OrderCancelled(Fact):
    """An order ended before it was shipped; `by` is buyer, seller, operator or clock."""

    order_id: UUID
    shop_id: UUID
    buyer: UUID | None
    by: str
    reason: str
    paid: bool


@fact("order.late", version=1)
@dataclass(frozen=True, slots=True)
class OrderLate(Fact):
    """The promised time to ship passed and nothing was shipped."""

    order_id: UUID
    shop_id: UUID
    promised_ship_at: datetime


@fact("parcel.shipped", version=1)
@dataclass(frozen=True, slots=True)
class ParcelShipped(Fact):
    """A shop handed a parcel of an order to a carrier."""

    order_id: UUID
    parcel_id: UUID
    shop_id: UUID
    buyer: UUID | None
    carrier: str
    shipped_at: datetime
    promised_ship_at: datetime | None


@fact("parcel.signed", version=1)
@dataclass(frozen=True, slots=True)
class ParcelSigned(Fact):
    """The buyer has the order; `by` is buyer, carrier or clock."""

    order_id: UUID
    shop_id: UUID
    buyer: UUID | None
    by: str


@fact("order.done", version=1)
@dataclass(frozen=True, slots=True)
class OrderDone(Fact):
    """An order ended well: signed, and the days to complain passed."""

    order_id: UUID
    shop_id: UUID
    buyer: UUID | None


@fact("settlement.dated", version=1)
@dataclass(frozen=True, slots=True)
class SettlementDated(Fact):
    """An order was signed, and by its shop's standing at that moment the money is the shop's on `settles_at`."""

    order_id: UUID
    shop_id: UUID
    days: int
    settles_at: datetime
    decided_by: str

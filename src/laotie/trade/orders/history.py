"""Checkouts of an imported history: rows, steps and facts as live ones leave them, with their own times.

Stock is not touched: what an archive counts as stock is what was left after all of this.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from laotie.kit import clock, market
from laotie.kit.origin import Origin
from laotie.people.accounts import queries as accounts
from laotie.stream.facts import Fact
from laotie.stream.outbox.actions import emit_past
from laotie.trade.orders.actions.writing import number
from laotie.trade.orders.contracts import (
    LinePlaced,
    OrderCancelled,
    OrderDone,
    OrderLate,
    OrderPaid,
    OrderPlaced,
    ParcelShipped,
    ParcelSigned,
    Party,
    State,
)
from laotie.trade.orders.models import CheckoutRow, LineRow, OrderRow, ParcelRow, RepaymentRow, StepRow
from laotie.trade.orders.transitions import CLOCKS, PAY_WITHIN

DORMANT = timedelta(days=30)  # a clock that ran out longer ago than this belongs to the history: it does not ring now
Timed = tuple[datetime, Fact]


@dataclass(frozen=True, slots=True)
class PastLine:
    id: UUID
    offer_id: UUID
    sku_id: UUID
    product_id: UUID
    category_id: UUID
    title: str
    options: str
    picture: UUID | None
    quantity: int
    unit_price_minor: int
    discount_minor: int
    freight_minor: int
    ships_within_hours: int
    creator_id: UUID | None
    commission_bp: int
    entry: str
    refunded_quantity: int
    refunded_minor: int
    session_id: UUID | None = None
    card_id: UUID | None = None

    @property
    def origin(self) -> Origin:
        creator_id = self.creator_id if self.session_id else None
        return Origin(self.entry, session=self.session_id, card=self.card_id, creator=creator_id)

    @property
    def goods_minor(self) -> int:
        return self.unit_price_minor * self.quantity - self.discount_minor


@dataclass(frozen=True, slots=True)
class PastParcel:
    id: UUID
    carrier: str
    tracking: str
    shipped_at: datetime
    signed_at: datetime | None


@dataclass(frozen=True, slots=True)
class PastRepayment:
    """Money that went back, and why."""

    id: UUID
    amount_minor: int
    cause: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PastOrder:
    """An order as it stood at the end of the history. `paid_minor` is its share of the checkout's payments."""

    id: UUID
    merchant_id: UUID
    state: State
    lines: tuple[PastLine, ...]
    parcels: tuple[PastParcel, ...]
    paid_minor: int
    repayments: tuple[PastRepayment, ...]
    paid_at: datetime | None
    ship_by: datetime | None
    arrive_by: datetime | None  # what the buyer was told
    done_at: datetime | None
    refund_asked_at: datetime | None
    closed_at: datetime | None
    closed_by: str
    close_reason: str

    @property
    def repaid_minor(self) -> int:
        return sum(repayment.amount_minor for repayment in self.repayments)

    @property
    def goods_minor(self) -> int:
        return sum(line.goods_minor for line in self.lines)

    @property
    def freight_minor(self) -> int:
        return sum(line.freight_minor for line in self.lines)

    @property
    def total_minor(self) -> int:
        return self.goods_minor + self.freight_minor

    @property
    def shipped_at(self) -> datetime | None:
        return min((parcel.shipped_at for parcel in self.parcels), default=None)

    @property
    def signed_at(self) -> datetime | None:
        return max((parcel.signed_at for parcel in self.parcels if parcel.signed_at), default=None)

    @property
    def late(self) -> bool:
        """Whether it was shipped after the promise, or was not although the promise has passed."""
        return self.ship_by is not None and (self.shipped_at or clock.now()) > self.ship_by


@dataclass(frozen=True, slots=True)
class PastCheckout:
    """What was paid at once. `recipient` has the fields of `contracts.Recipient`; unknown ones are ""."""

    id: UUID
    buyer_id: UUID
    recipient: dict[str, str]
    placed_at: datetime
    orders: tuple[PastOrder, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an order's way that its times bear witness to."""

    event: str
    target: State
    by: Party
    at: datetime


@transaction.atomic
def admit_history(checkouts: Sequence[PastCheckout]) -> set[UUID]:
    """Write the checkouts that are not there yet, whole; returns the ids of these."""
    known = set(CheckoutRow.objects.filter(pk__in=[past.id for past in checkouts]).values_list("pk", flat=True))
    fresh = [past for past in checkouts if past.id not in known]
    CheckoutRow.objects.bulk_create([_checkout(past) for past in fresh])
    orders = [(past, order) for past in fresh for order in past.orders]
    OrderRow.objects.bulk_create([_order(past, order) for past, order in orders])
    LineRow.objects.bulk_create(
        [_line(order, line, place) for _, order in orders for place, line in enumerate(order.lines)]
    )
    ParcelRow.objects.bulk_create([_parcel(order, parcel) for _, order in orders for parcel in order.parcels])
    RepaymentRow.objects.bulk_create([_repayment(order, given) for _, order in orders for given in order.repayments])
    StepRow.objects.bulk_create([row for past, order in orders for row in _steps(past, order)])
    people = {past.buyer_id for past in fresh}
    people |= {line.creator_id for _, order in orders for line in order.lines if line.creator_id}
    names = {person: view.pseudonym for person, view in accounts.accounts(people).items()}
    facts = [fact for past, order in orders for fact in _facts(past, order, names)]
    emit_past(sorted(facts, key=lambda timed: timed[0]))
    return {past.id for past in fresh}


def way(past: PastCheckout, order: PastOrder) -> Iterator[Step]:
    """The steps the order took, in their order, as far as its times bear witness."""
    yield Step("place", State.PLACED, Party.BUYER, past.placed_at)
    if order.paid_at:
        yield Step("pay", State.PAID, Party.PROVIDER, order.paid_at)
    if order.shipped_at:
        yield Step("ship", State.SHIPPED, Party.SELLER, order.shipped_at)
    if order.signed_at and order.state is not State.SHIPPED:
        yield Step("sign", State.SIGNED, Party.CARRIER, order.signed_at)
    if order.state is State.DONE and order.done_at:
        yield Step("finish", State.DONE, Party.CLOCK, order.done_at)
    if order.state is State.CANCELLED and order.closed_at:
        yield Step("cancel", State.CANCELLED, closer(order), order.closed_at)
    if order.refund_asked_at and order.shipped_at and order.state in (State.REFUNDING, State.REFUNDED):
        yield Step("ask_refund", State.REFUNDING, Party.BUYER, order.refund_asked_at)
    if order.state is State.REFUNDED and order.closed_at:
        yield Step("refund", State.REFUNDED, Party.SELLER, order.closed_at)


def closer(order: PastOrder) -> Party:
    """Who cancelled; a history that does not know gives the buyer no blame and the shop none: the market did."""
    return {"buyer": Party.BUYER, "shop": Party.SELLER}.get(order.closed_by, Party.OPERATOR)


def _checkout(past: PastCheckout) -> CheckoutRow:
    return CheckoutRow(
        id=past.id, buyer_id=past.buyer_id, key=f"history {past.id}", fingerprint="", recipient=past.recipient,
        total_minor=sum(order.total_minor for order in past.orders), placed_at=past.placed_at,
        pay_by=past.placed_at + PAY_WITHIN,
    )  # fmt: skip


def _order(past: PastCheckout, order: PastOrder) -> OrderRow:
    return OrderRow(
        id=order.id, number=number(order.id, past.placed_at), checkout_id=past.id, buyer_id=past.buyer_id,
        merchant_id=order.merchant_id, state=order.state.value, goods_minor=order.goods_minor,
        before=State.SIGNED.value if order.state in (State.REFUNDING, State.DISPUTED) else "",
        freight_minor=order.freight_minor, total_minor=order.total_minor, paid_minor=order.paid_minor,
        repaid_minor=order.repaid_minor, placed_at=past.placed_at, paid_at=order.paid_at, ship_by=order.ship_by,
        arrive_by=order.arrive_by, shipped_at=order.shipped_at, signed_at=order.signed_at, done_at=order.done_at,
        closed_at=order.closed_at,
        close_reason=order.close_reason, late=order.late, due_at=_due(past, order),
    )  # fmt: skip


def _due(past: PastCheckout, order: PastOrder) -> datetime | None:
    """When the clock of the order's state runs out, unless that is long past."""
    times = {"pay_by": past.placed_at + PAY_WITHIN, "ship_by": order.ship_by, "shipped_at": order.shipped_at,
             "signed_at": order.signed_at}  # fmt: skip
    ringing = CLOCKS.get(order.state)
    since = times.get(ringing.since) if ringing and not (ringing.event == "late" and order.late) else None
    due = since + ringing.after if since and ringing else None
    return due if due and due > clock.now() - DORMANT else None


def _line(order: PastOrder, line: PastLine, position: int) -> LineRow:
    return LineRow(
        id=line.id, order_id=order.id, position=position, offer_id=line.offer_id, sku_id=line.sku_id,
        product_id=line.product_id, category_id=line.category_id, title=line.title, options=line.options,
        picture=line.picture, quantity=line.quantity, unit_price_minor=line.unit_price_minor,
        discount_minor=line.discount_minor, freight_minor=line.freight_minor,
        creator_id=line.creator_id, commission_bp=line.commission_bp,
        promises={"ships_within_hours": line.ships_within_hours}, origin=line.origin.as_json(),
        refunded_quantity=line.refunded_quantity, refunded_minor=line.refunded_minor,
    )  # fmt: skip


def _parcel(order: PastOrder, parcel: PastParcel) -> ParcelRow:
    return ParcelRow(
        id=parcel.id, order_id=order.id, carrier=parcel.carrier, tracking=parcel.tracking,
        shipped_at=parcel.shipped_at, signed_at=parcel.signed_at,
    )  # fmt: skip


def _repayment(order: PastOrder, given: PastRepayment) -> RepaymentRow:
    return RepaymentRow(
        id=given.id, order_id=order.id, amount_minor=given.amount_minor, cause=given.cause, asked_at=given.at,
        settled_at=given.at,
    )  # fmt: skip


def _steps(past: PastCheckout, order: PastOrder) -> Iterator[StepRow]:
    source = ""
    for step in way(past, order):
        who = past.buyer_id if step.by is Party.BUYER else None
        yield StepRow(
            order_id=order.id, event=step.event, source=source, target=step.target.value, by=step.by.value,
            account_id=who, at=step.at,
        )  # fmt: skip
        source = step.target.value


def _facts(past: PastCheckout, order: PastOrder, names: dict[UUID, UUID]) -> Iterator[Timed]:
    """The facts of an order's way; the pseudonyms of `names` stand for people."""
    if order.late and order.ship_by and order.ship_by < (order.closed_at or clock.now()):
        yield order.ship_by, OrderLate(order.id, order.merchant_id, order.ship_by)
    shop, buyer, currency = order.merchant_id, names[past.buyer_id], market.current().currency
    for step in way(past, order):
        match step.event:
            case "place":
                yield step.at, OrderPlaced(
                    order.id, past.id, shop, buyer, order.goods_minor, order.freight_minor, order.total_minor,
                    currency, past.recipient["region"], past.placed_at + PAY_WITHIN,
                )  # fmt: skip
                yield from ((step.at, _line_placed(order, line, names, buyer)) for line in order.lines)
            case "pay":
                promised = order.ship_by or step.at
                yield (
                    step.at,
                    OrderPaid(order.id, past.id, shop, buyer, order.paid_minor, currency, promised, order.arrive_by),
                )
            case "ship":
                yield from (
                    (p.shipped_at, ParcelShipped(order.id, p.id, shop, buyer, p.carrier, p.shipped_at, order.ship_by))
                    for p in order.parcels
                )
            case "sign":
                yield step.at, ParcelSigned(order.id, shop, buyer, step.by.value)
            case "finish":
                yield step.at, OrderDone(order.id, shop, buyer)
            case "cancel":
                paid = order.paid_at is not None
                yield step.at, OrderCancelled(order.id, shop, buyer, step.by.value, order.close_reason, paid)


def _line_placed(order: PastOrder, line: PastLine, names: dict[UUID, UUID], buyer: UUID) -> LinePlaced:
    return LinePlaced(
        order_id=order.id, line_id=line.id, shop_id=order.merchant_id, buyer=buyer, product_id=line.product_id,
        sku_id=line.sku_id, offer_id=line.offer_id, category_id=line.category_id, quantity=line.quantity,
        unit_price_minor=line.unit_price_minor, list_price_minor=None, discount_minor=line.discount_minor,
        freight_minor=line.freight_minor, currency=market.current().currency,
        creator=names[line.creator_id] if line.creator_id else None, commission_bp=line.commission_bp,
        entry=line.entry, session_id=line.session_id, card_id=line.card_id, clip_id=None, decision_id=None,
        ships_within_hours=line.ships_within_hours,
    )  # fmt: skip

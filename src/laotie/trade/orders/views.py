"""From rows to contracts."""

from collections.abc import Iterable
from uuid import UUID

from laotie.kit import market
from laotie.kit.money import Money
from laotie.trade.orders.contracts import (
    CarrierEvent,
    Line,
    Order,
    Parcel,
    Party,
    Recipient,
    Repayment,
    State,
    Step,
)
from laotie.trade.orders.models import LineRow, OrderRow, ParcelRow, RepaymentRow, StepRow


def order_view(row: OrderRow) -> Order:
    """An order with its lines; `row` comes from `rows_with_lines`."""
    money = market.current().money
    return Order(
        id=row.pk, number=row.number, checkout_id=row.checkout_id, buyer_id=row.buyer_id,
        merchant_id=row.merchant_id, state=State(row.state), goods=money(row.goods_minor),
        freight=money(row.freight_minor), total=money(row.total_minor), paid=money(row.paid_minor),
        repaid=money(row.repaid_minor), note=row.note, recipient=Recipient(**row.checkout.recipient),
        lines=lines_view(row.lines.all()), placed_at=row.placed_at, pay_by=row.checkout.pay_by,
        paid_at=row.paid_at, ship_by=row.ship_by, arrive_by=row.arrive_by,
        shipped_at=row.shipped_at, signed_at=row.signed_at,
        done_at=row.done_at, closed_at=row.closed_at, close_reason=row.close_reason, late=row.late,
        due_at=row.due_at, settlement_days=row.settlement_days,
    )  # fmt: skip


def lines_view(rows: Iterable[LineRow]) -> tuple[Line, ...]:
    return tuple(line_view(row) for row in sorted(rows, key=lambda row: row.position))


def line_view(row: LineRow) -> Line:
    money = market.current().money
    return Line(
        id=row.pk, order_id=row.order_id, offer_id=row.offer_id, sku_id=row.sku_id, product_id=row.product_id,
        category_id=row.category_id, title=row.title, options=row.options, picture=row.picture,
        quantity=row.quantity, unit_price=money(row.unit_price_minor), list_price=_maybe(row.list_price_minor),
        discount=money(row.discount_minor), coupon_id=row.coupon_id,
        discount_payer=row.discount_payer, freight=money(row.freight_minor),
        plan_id=row.plan_id, commission_bp=row.commission_bp,
        creator_id=row.creator_id, promises=row.promises, origin=row.origin,
        refunded_quantity=row.refunded_quantity, refunded=money(row.refunded_minor),
    )  # fmt: skip


def step_view(row: StepRow) -> Step:
    return Step(row.event, row.source, row.target, Party(row.by), row.account_id, row.at, row.data)


def parcel_view(row: ParcelRow) -> Parcel:
    events = sorted(row.events.all(), key=lambda event: event.at)
    told = tuple(CarrierEvent(event.kind, event.words, event.place, event.at) for event in events)
    return Parcel(row.pk, row.order_id, row.carrier, row.tracking, row.shipped_at, row.signed_at, told)


def repayment_view(row: RepaymentRow) -> Repayment:
    checkout: UUID = row.order.checkout_id
    amount = market.current().money(row.amount_minor)
    return Repayment(row.pk, row.order_id, checkout, amount, row.cause, row.asked_at, row.settled_at, row.outside)


def _maybe(minor: int | None) -> Money | None:
    return None if minor is None else market.current().money(minor)

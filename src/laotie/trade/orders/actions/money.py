"""Money of an order: what was paid for it, and what it owes back. Providers are `payments`' business."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from laotie.kit import clock, market
from laotie.kit.money import Money
from laotie.trade.orders.actions import telling
from laotie.trade.orders.actions.step import alias, lock, lock_one, return_lines, step
from laotie.trade.orders.contracts import OrderPaid, Party, State
from laotie.trade.orders.errors import NothingLeft
from laotie.trade.orders.models import LineRow, OrderRow, RepaymentRow


@transaction.atomic
def pay(checkout_id: UUID, amount: Money) -> Money:
    """Spend money that arrived for a checkout on its placed orders; what is returned was not needed and goes back.

    An order is paid wholly or not at all; one that was cancelled or expired meanwhile takes nothing.
    """
    ids = OrderRow.objects.filter(checkout_id=checkout_id).values_list("pk", flat=True)
    left = amount.minor
    for row in lock(ids):
        if row.state == State.PLACED and row.total_minor <= left:
            left -= row.total_minor
            _paid(row, clock.now())
    return market.current().money(left)


def _paid(row: OrderRow, at: datetime) -> None:
    promises = [line.promises for line in row.lines.all()]
    row.paid_minor = row.total_minor
    row.ship_by = at + timedelta(hours=min(promise["ships_within_hours"] for promise in promises))
    row.arrive_by = _arrives(row.ship_by, [promise.get("arrives_within_days") for promise in promises])
    currency = market.current().currency
    fact = OrderPaid(
        row.pk, row.checkout_id, row.merchant_id, alias(row), row.total_minor, currency, row.ship_by, row.arrive_by
    )  # fmt: skip
    step(row, "pay", Party.PROVIDER, None, at, facts=[fact])
    telling.paid(row)


def _arrives(ship_by: datetime, days: Sequence[int | None]) -> datetime | None:
    """When all of an order is promised to be there; None where nothing is said of some of it."""
    known = [one for one in days if one is not None]
    return ship_by + timedelta(days=max(known)) if known and len(known) == len(days) else None


def owe(row: OrderRow, minor: int, cause: str, at: datetime) -> UUID | None:
    """Write down, on a locked order, that `minor` goes back to the buyer, and wake the payments' worker.

    The database refuses to owe more than was paid. Returns the repayment, None where there is nothing to give.
    """
    if minor == 0:
        return None
    row.repaid_minor += minor
    row.save(update_fields=["repaid_minor"])
    repayment = RepaymentRow.objects.create(order=row, amount_minor=minor, cause=cause, asked_at=at)
    app.configure_task("payments.repay", queue="payments").defer(repayment_id=str(repayment.pk))
    return repayment.pk


@transaction.atomic
def give_back(order_id: UUID, shares: Mapping[UUID, tuple[int, Money]], cause: str) -> None:
    """Give back (pieces, money) of lines. Unshipped pieces go back on sale. `cause` is used once an order.

    Raises NothingLeft where that much of a line, or of the order's money, is not left.
    """
    row = lock_one(order_id)
    given = []
    for line in LineRow.objects.filter(order=row, pk__in=shares).order_by("pk"):
        count, money = shares[line.pk]
        _take_off(line, count, money)
        given.append((line, count))
    total = sum(money.minor for _, money in shares.values())
    if row.repaid_minor + total > row.paid_minor:
        raise NothingLeft
    owe(row, total, cause, clock.now())
    if row.shipped_at is None:
        return_lines(row.buyer_id, given)


def _take_off(line: LineRow, count: int, money: Money) -> None:
    worth = line.quantity * line.unit_price_minor - line.discount_minor + line.freight_minor
    if line.refunded_quantity + count > line.quantity or line.refunded_minor + money.minor > worth:
        raise NothingLeft
    line.refunded_quantity += count
    line.refunded_minor += money.minor
    line.save(update_fields=["refunded_quantity", "refunded_minor"])


@transaction.atomic
def settle_repayment(repayment_id: UUID) -> None:
    """The provider gave the money back. Saying it twice changes nothing."""
    row = RepaymentRow.objects.select_for_update(of=("self",)).select_related("order").get(pk=repayment_id)
    if row.settled_at is None:
        row.settled_at = clock.now()
        row.save(update_fields=["settled_at"])
        telling.repaid(row.order, market.current().money(row.amount_minor))


@transaction.atomic
def settle_outside(repayment_id: UUID) -> None:
    """The money was taken outside this market, so no provider here can give it back: the shop does, there.

    Both sides are told, and the order says so. Doing it twice changes nothing.
    """
    row = RepaymentRow.objects.select_for_update(of=("self",)).select_related("order").get(pk=repayment_id)
    if row.settled_at is None:
        row.settled_at, row.outside = clock.now(), True
        row.save(update_fields=["settled_at", "outside"])
        telling.repaid_outside(row.order, market.current().money(row.amount_minor))

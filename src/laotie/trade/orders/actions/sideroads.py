"""The side roads of an order, for `refunds`, which judges; these only move the order, in the caller's transaction."""

from typing import Any
from uuid import UUID

from laotie.kit import clock
from laotie.trade.orders import queries
from laotie.trade.orders.actions.step import lock, lock_one, return_coupons, step
from laotie.trade.orders.contracts import Order, Party, State
from laotie.trade.orders.models import OrderRow
from laotie.trade.orders.views import order_view


def hold(order_id: UUID) -> Order:
    """Lock an order until the caller's transaction ends, and read it. Raises OrderNotFound."""
    lock_one(order_id)
    return order_view(queries.rows().get(pk=order_id))


def hold_checkout(checkout_id: UUID) -> None:
    """Lock the orders of a checkout until the caller's transaction ends: `payments` takes its own locks after."""
    lock(OrderRow.objects.filter(checkout_id=checkout_id).values_list("pk", flat=True))


def begin_refund(order_id: UUID, account_id: UUID, data: dict[str, Any]) -> None:
    """The buyer asked for money back: the order waits for an answer. Raises WrongState."""
    step(lock_one(order_id), "ask_refund", Party.BUYER, account_id, clock.now(), data=data)


def begin_dispute(order_id: UUID, account_id: UUID, data: dict[str, Any]) -> None:
    """The buyer takes a declined refund to the market. Raises WrongState."""
    step(lock_one(order_id), "dispute", Party.BUYER, account_id, clock.now(), data=data)


def resume(order_id: UUID, by: Party, account_id: UUID | None, data: dict[str, Any]) -> None:
    """Put an order back where it was before the side road. Raises WrongState."""
    step(lock_one(order_id), "resume", by, account_id, clock.now(), data=data)


def close_refunded(order_id: UUID, by: Party, account_id: UUID | None, data: dict[str, Any]) -> None:
    """All of an order went back. Doing it twice changes nothing. Raises WrongState."""
    row = lock_one(order_id)
    if row.state != State.REFUNDED:
        row.close_reason = "refunded"
        step(row, "refund", by, account_id, clock.now(), data=data)
        return_coupons([row] if row.shipped_at is None else [])

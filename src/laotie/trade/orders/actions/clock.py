"""What happens to orders by itself: unpaid ones end, late ones are noted, parcels sign themselves, orders are done."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from laotie.kit import clock
from laotie.trade.orders import queries
from laotie.trade.orders.actions import moves, telling
from laotie.trade.orders.actions.step import alias, lock, step
from laotie.trade.orders.contracts import OrderDone, OrderLate, Party, State
from laotie.trade.orders.models import OrderRow
from laotie.trade.orders.transitions import CLOCKS


def run_due(limit: int = 200) -> int:
    """Do what is due now, each order in a transaction of its own; returns how many moved. May run twice at once.

    An order that fails is left as it was and does not keep the others waiting; afterwards raises ExceptionGroup.
    """
    moved, failed = 0, []
    for order_id in queries.due(clock.now(), limit):
        try:
            moved += _run(order_id)
        except Exception as error:
            error.add_note(f"The clock of order {order_id}")
            failed.append(error)
    if failed:
        raise ExceptionGroup("The clocks of some orders failed", failed)
    return moved


@transaction.atomic
def _run(order_id: UUID) -> bool:
    rows = lock([order_id])
    at = clock.now()
    # Looked at again under the lock: another worker, or the buyer, may have been here first.
    if not rows or rows[0].due_at is None or rows[0].due_at > at:
        return False
    act(rows[0], at)
    return True


def act(row: OrderRow, at: datetime) -> None:
    """Let the clock of a locked order's state do its work."""
    event = CLOCKS[State(row.state)].event
    if event == "expire":
        moves.close(row, Party.CLOCK, None, "unpaid")
    elif event == "late":
        assert row.ship_by is not None
        row.late = True
        step(row, event, Party.CLOCK, None, at, facts=[OrderLate(row.pk, row.merchant_id, row.ship_by)])
        telling.late(row)
    elif event == "sign":
        moves.arrive(row, Party.CLOCK)
    else:
        step(row, event, Party.CLOCK, None, at, facts=[OrderDone(row.pk, row.merchant_id, alias(row))])

"""One step of an order along the table of transitions, and what every step shares: locks, history, facts."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from laotie.people.accounts import queries as accounts
from laotie.stream.facts import Fact
from laotie.stream.outbox import actions as outbox
from laotie.trade.orders.actions.forgetting import forget_closed
from laotie.trade.orders.contracts import CLOSED, Party, State
from laotie.trade.orders.errors import NotYours, OrderNotFound, WrongState
from laotie.trade.orders.models import LineRow, OrderRow, StepRow
from laotie.trade.orders.transitions import CLOCKS, TABLE

SIDE_ROADS = frozenset({State.REFUNDING, State.DISPUTED})


def lock(order_ids: Iterable[UUID]) -> list[OrderRow]:
    """The orders, locked in the one order of locks, in the current transaction."""
    found = OrderRow.objects.select_for_update(of=("self",)).select_related("checkout")
    return list(found.filter(pk__in=set(order_ids)).order_by("pk"))


def lock_one(order_id: UUID) -> OrderRow:
    """Raises OrderNotFound."""
    rows = lock([order_id])
    if not rows:
        raise OrderNotFound
    return rows[0]


def step(
    row: OrderRow,
    event: str,
    by: Party,
    account_id: UUID | None,
    at: datetime,
    *,
    facts: Sequence[Fact] = (),
    data: dict[str, Any] | None = None,
) -> None:
    """Move a locked order along `event`. Raises WrongState, and NotYours where this party may not."""
    transition = TABLE[event]
    if row.state not in transition.sources:
        raise WrongState(state=row.state)
    if by not in transition.who:
        raise NotYours
    source, target = row.state, transition.target.value if transition.target else row.before
    if target in SIDE_ROADS and source not in SIDE_ROADS:
        row.before = source
    row.state = target
    if transition.stamp:
        setattr(row, transition.stamp, at)
    row.due_at = due_at(row)
    row.save()
    StepRow.objects.create(
        order=row, event=event, source=source, target=target, by=by.value, account_id=account_id, at=at,
        data=data or {},
    )  # fmt: skip
    if facts:
        outbox.emit(*facts, occurred_at=at)
    if row.state in CLOSED:
        forget_closed(row)


def due_at(row: OrderRow) -> datetime | None:
    """When the clock of the order's state runs out."""
    clock = CLOCKS.get(State(row.state))
    if clock is None or (clock.event == "late" and row.late):
        return None
    since = row.checkout.pay_by if clock.since == "pay_by" else getattr(row, clock.since)
    return since + clock.after if since else None


def alias(row: OrderRow) -> UUID:
    """What facts call the buyer."""
    return accounts.pseudonym(row.buyer_id)


def return_stock(rows: Sequence[OrderRow]) -> None:
    """Put what is left of the orders' lines back on sale, with the buyer's caps; in offer order, in one statement."""
    if not rows:
        return
    lines = LineRow.objects.filter(order__in=rows)
    return_lines(rows[0].buyer_id, [(line, line.quantity - line.refunded_quantity) for line in lines])


def return_coupons(rows: Sequence[OrderRow]) -> None:
    """Coupons of orders that came to nothing are in the buyer's hand again."""
    if rows:
        with connection.cursor() as cursor:
            cursor.execute("SELECT goods_coupons_return(id) FROM unnest(%s::uuid[]) AS o (id)", [[r.pk for r in rows]])


def return_lines(buyer_id: UUID, given: Sequence[tuple[LineRow, int]]) -> None:
    """Put so many of each line back on sale."""
    given = [(line, count) for line, count in given if count > 0]
    if not given:
        return
    offers = [line.offer_id for line, _ in given]
    timed = [line.timed_price_id for line, _ in given]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT goods_return(%s, %s::uuid[], %s::uuid[], %s::int[])",
            [buyer_id, offers, timed, [count for _, count in given]],
        )

"""Readers of facts inside the market, each with a cursor that survives it.

    subscribe("shelf.index", ["product.listed", "product.changed"], index)

The recorder process calls `handler` with facts in their order, at least once: the handler runs in the transaction
that moves the cursor, so what it writes to PostgreSQL happens exactly once, and what it writes elsewhere must bear
repeating. A handler that fails stays where it is, is named by `laotie lake verify`, and holds up nobody else.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import structlog
from django.db import connection, transaction

from laotie.stream.facts import Recorded
from laotie.stream.outbox.models import Cursor
from laotie.stream.outbox.reading import NEWEST, Horizon, read_after

Handler = Callable[[Sequence[Recorded]], None]
CHUNK = 1000  # rows a turn: bounds memory and how long a handler's transaction may last
BEHIND = f"""
SELECT asked.name
FROM unnest(%s::text[]) AS asked (name) LEFT JOIN outbox_cursor AS cursor USING (name), ({NEWEST}) AS newest
WHERE (coalesce(cursor.xid, 0), coalesce(cursor.position, 0)) < (newest.xid, newest.position)
"""  # noqa: S608
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Subscription:
    """`handler` is told of every fact of `kinds`; `name` is its cursor's key and must never change."""

    name: str
    kinds: tuple[str, ...]
    handler: Handler


_subscriptions: dict[str, Subscription] = {}


def subscribe(name: str, kinds: Iterable[str], handler: Handler) -> None:
    """Register `handler`, at start-up, in every process (the recorder runs it). A new name starts at the oldest fact
    the outbox still keeps; what is older must be built from the slices' own rows or from the lake."""
    _subscriptions[name] = Subscription(name, tuple(kinds), handler)


def unsubscribe(name: str) -> None:
    """Forget `name` and its cursor, so that it no longer holds back the trimming of the outbox."""
    _subscriptions.pop(name, None)
    Cursor.objects.filter(name=name).delete()


def subscriptions() -> list[Subscription]:
    return sorted(_subscriptions.values(), key=lambda subscription: subscription.name)


def deliver(subscription: Subscription, limit: int = CHUNK) -> int:
    """Hand one chunk over and move the cursor, in one transaction. Returns how many rows were passed; 0: all read.

    Raises whatever the handler raises, with the cursor unmoved.
    """
    with transaction.atomic():
        cursor = _held(subscription.name)
        chunk = read_after(Horizon(cursor.xid, cursor.position), limit, subscription.kinds)
        if chunk.facts:
            subscription.handler(chunk.facts)
        if chunk.passed:
            cursor.xid, cursor.position, cursor.trouble = chunk.horizon.xid, chunk.horizon.position, ""
            cursor.save()
    return chunk.passed


def deliver_all(limit: int = CHUNK) -> int:
    """One turn for every subscription; a failing one is logged, marked and skipped. Returns the rows passed."""
    behind = _behind()
    return sum(_attempt(subscription, limit) for subscription in subscriptions() if subscription.name in behind)


def _behind() -> set[str]:
    """The subscriptions that have something to read: one statement where nobody has, as most of the time."""
    with connection.cursor() as cursor:
        cursor.execute(BEHIND, [list(_subscriptions)])
        return {name for (name,) in cursor.fetchall()}


def _held(name: str) -> Cursor:
    """The cursor of `name`, which nobody else moves until this transaction ends."""
    found = Cursor.objects.select_for_update().filter(name=name).first()
    if found is None:
        Cursor.objects.get_or_create(name=name)
        found = Cursor.objects.select_for_update().get(name=name)
    return found


def _attempt(subscription: Subscription, limit: int) -> int:
    try:
        return deliver(subscription, limit)
    except Exception as error:  # whatever a handler may raise must not stop the others
        log.exception("subscription failed", subscription=subscription.name)
        Cursor.objects.update_or_create(name=subscription.name, defaults={"trouble": repr(error)[:500]})
        return 0

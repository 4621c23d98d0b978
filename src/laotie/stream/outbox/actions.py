"""Writing facts down, in the transaction of their cause. SQL has the same door: the function `stream_emit`."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection
from django.db.transaction import TransactionManagementError

from laotie.kit import clock
from laotie.kit.ids import new_id
from laotie.stream.facts import Fact, encode
from laotie.stream.facts.json import moment
from laotie.stream.outbox.models import OutboxRow


def emit(*facts: Fact, occurred_at: datetime | None = None) -> None:
    """Record `facts` in the current transaction, in one insert; they happened at `occurred_at`, or now.

    Raises BadFact where a value breaks its contract, and TransactionManagementError outside a transaction: a fact
    that could be kept while its cause is rolled back would be a lie.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("emit facts inside the transaction of their cause")
    now = clock.now()
    happened = moment(occurred_at) if occurred_at else now
    OutboxRow.objects.bulk_create([_row(fact, happened, now) for fact in facts])


def _row(fact: Fact, occurred_at: datetime, recorded_at: datetime) -> OutboxRow:
    return OutboxRow(
        fact_id=new_id(), kind=fact.KIND, version=fact.VERSION, occurred_at=occurred_at, recorded_at=recorded_at,
        body=encode(fact),
    )  # fmt: skip


def emit_past(timed: Iterable[tuple[datetime, Fact]], batch: int = 2000) -> int:
    """Record many facts of an imported history, each with the time it happened; returns how many.

    In the current transaction, as `emit`. Raises what `emit` raises.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("emit facts inside the transaction of their cause")
    now = clock.now()
    rows = [_row(fact, moment(occurred_at), now) for occurred_at, fact in timed]
    OutboxRow.objects.bulk_create(rows, batch_size=batch)
    return len(rows)

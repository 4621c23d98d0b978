"""The outbox as a source of the lake, and its trimming once every reader has passed."""

from datetime import timedelta

from django.db import connection, transaction

from laotie.kit import clock
from laotie.stream.lake.manifest import Position
from laotie.stream.lake.sources import Batch, Source
from laotie.stream.outbox.models import Cursor
from laotie.stream.outbox.reading import Horizon, read_after
from laotie.stream.outbox.subscriptions import subscriptions

KEPT = timedelta(days=1)  # so that a new subscription and `lake verify` have something to compare with
TRIM = """
WITH gone AS (
    DELETE FROM outbox_outboxrow WHERE position IN (
        SELECT position FROM outbox_outboxrow WHERE (xid, position) <= (%s, %s) AND recorded_at < %s
        ORDER BY xid, position LIMIT %s)
    RETURNING kind),
counted AS (
    INSERT INTO outbox_trimmed (kind, count) SELECT kind, count(*) FROM gone GROUP BY kind
    ON CONFLICT (kind) DO UPDATE SET count = outbox_trimmed.count + excluded.count)
SELECT count(*) FROM gone
"""


class OutboxSource(Source):
    """Facts in the order of (`xid`, `position`)."""

    name = "outbox"

    def read(self, position: Position, limit: int) -> Batch:
        chunk = read_after(_horizon(position), limit)
        return Batch([chunk.horizon.xid, chunk.horizon.position], chunk.facts, chunk.passed)

    def release(self, position: Position) -> int:
        return trim(_horizon(position))


def trim(lake: Horizon, at_most: int = 5000) -> int:
    """Delete rows older than `KEPT` that the lake (up to `lake`) and every subscription have passed; count them."""
    slowest = min([lake, *_readers()])
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TRIM, [slowest.xid, slowest.position, clock.now() - KEPT, at_most])
        return int(cursor.fetchone()[0])


def _readers() -> list[Horizon]:
    """How far every reader is, those who have not begun included."""
    waiting = {subscription.name: Horizon() for subscription in subscriptions()}
    begun = {cursor.name: Horizon(cursor.xid, cursor.position) for cursor in Cursor.objects.all()}
    return list((waiting | begun).values())


def _horizon(position: Position) -> Horizon:
    return Horizon(*position) if position else Horizon()

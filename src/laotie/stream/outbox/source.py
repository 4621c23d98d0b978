"""The outbox as a source of the lake, and its trimming once every reader has passed."""

from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Q

from laotie.kit import clock
from laotie.stream.lake.manifest import Position
from laotie.stream.lake.sources import Batch, Source
from laotie.stream.lake.writer import Lake
from laotie.stream.outbox.models import Cursor, OutboxRow
from laotie.stream.outbox.moving import database, settle_in
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
    """Facts in the order of (`xid`, `position`). A position also names the database these are of."""

    name = "outbox"

    def begin(self, lake: Lake) -> None:
        settle_in(lake, self.name)

    def read(self, position: Position, limit: int) -> Batch:
        chunk = read_after(horizon(position), limit)
        name = position[2] if position else database()[0]
        return Batch([chunk.horizon.xid, chunk.horizon.position, name], chunk.facts, chunk.passed)

    def release(self, position: Position) -> int:
        return trim(horizon(position))


def carried(position: Position) -> bool:
    """Whether every fact that was committed by now is in the lake that has come to `position`."""
    come = horizon(position)
    later = Q(xid__gt=come.xid) | Q(xid=come.xid, position__gt=come.position)
    return not OutboxRow.objects.filter(later).exists()


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


def horizon(position: Position) -> Horizon:
    """How far a position of the lake's is."""
    return Horizon(position[0], position[1]) if position else Horizon()

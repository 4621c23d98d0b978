"""Other databases of the same server may run older transactions, which hold every snapshot's horizon back: wait."""

from threading import Event

from django.db import connection

from laotie.stream.outbox.models import OutboxRow

PAUSE = Event()


def settle(below: int | None = None) -> None:
    """Return once every transaction older than xid `below` (default: after the newest outbox row) has ended."""
    newest = OutboxRow.objects.order_by("-xid").values_list("xid", flat=True).first() or 0
    while oldest_running() < (below or newest + 1):
        PAUSE.wait(0.005)


def oldest_running() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        return int(cursor.fetchone()[0])

"""When the database is not the one the lake read from: restored from a dump, or set back to an older copy.

Transaction ids begin anew there, so (`xid`, `position`) says nothing any more. The facts still in the outbox are then
sorted by whether the lake has them, by fact_id; subscribers, who are told at least once, hear all of them again.
"""

from collections.abc import Collection

import structlog
from django.db import connection, transaction

from laotie.stream.lake import checking
from laotie.stream.lake.manifest import Position
from laotie.stream.lake.queries import Snapshot
from laotie.stream.lake.writer import Lake
from laotie.stream.outbox.models import Cursor, OutboxRow

TAKEN, LAKE, WAITING = -2, -1, 0  # xids below any real one: in the lake · the lake's cursor · not in the lake
UNHEARD = -3  # the cursor of every subscription
log = structlog.get_logger()


def database() -> tuple[str, int]:
    """(the name of this database among all there ever were, the next transaction id)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT system_identifier || '/' || oid, pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
            " FROM pg_control_system(), pg_database WHERE datname = current_database()"
        )
        name, following = cursor.fetchone()
        return str(name), int(following)


def settle_in(lake: Lake, name: str) -> None:
    """See that the lake's position for source `name` means this database; mend it where it does not."""
    position, (here, following) = lake.position(name), database()
    if position and not _is_of(position, here, following):
        log.warning("the outbox is another than the lake knew; its facts are sorted anew")
        sort_anew(Snapshot(lake.store, lake.state))
        lake.commit(name, [LAKE, 0, here], [])


def _is_of(position: Position, here: str, following: int) -> bool:
    """Whether `position` was read in database `here`. One in any other shape (lakes begun before positions named
    their database hold two numbers) says nothing, so its outbox is sorted anew too."""
    match position:
        case [int(xid), int(), str(name)]:
            return name == here and xid < following
    return False


@transaction.atomic
def sort_anew(lake: Snapshot) -> None:
    """Give every row a place by whether the lake has it. May be repeated; facts may be emitted meanwhile."""
    for kind in OutboxRow.objects.values_list("kind", flat=True).distinct():
        _place(kind, checking.ids(lake, kind).to_pylist())
    Cursor.objects.update(xid=UNHEARD, position=0)


def _place(kind: str, taken: Collection[str]) -> None:
    rows = OutboxRow.objects.filter(kind=kind)
    known = set(taken)
    there = [pk for pk, fact_id in rows.values_list("pk", "fact_id") if str(fact_id) in known]
    rows.exclude(pk__in=there).update(xid=WAITING)
    rows.filter(pk__in=there).update(xid=TAKEN)

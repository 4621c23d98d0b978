"""Reading the outbox without missing a late commit.

Serial positions commit out of order, so "greater than the last position" would lose a fact whose transaction began
early and committed late. Readers therefore go by (`xid`, `position`) and stop below the oldest transaction that still
runs: whatever has an xid below it is settled, and nothing can appear there any more.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from laotie.stream.facts import Recorded

SETTLED = "xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
NEWEST = f"SELECT xid, position FROM outbox_outboxrow WHERE {SETTLED} ORDER BY xid DESC, position DESC LIMIT 1"  # noqa: S608
CHUNK_END = f"""
SELECT xid, position, count(*) OVER () FROM (
    SELECT xid, position FROM outbox_outboxrow WHERE (xid, position) > (%s, %s) AND {SETTLED}
    ORDER BY xid, position LIMIT %s
) chunk ORDER BY xid DESC, position DESC LIMIT 1
"""  # noqa: S608
CHUNK = """
SELECT fact_id, kind, version, occurred_at, recorded_at, body FROM outbox_outboxrow
WHERE (xid, position) > (%s, %s) AND (xid, position) <= (%s, %s) AND (%s::text[] IS NULL OR kind = ANY(%s))
ORDER BY xid, position
"""


@dataclass(frozen=True, slots=True, order=True)
class Horizon:
    """Everything up to and with (`xid`, `position`) has been read."""

    xid: int = 0
    position: int = 0


@dataclass(frozen=True, slots=True)
class Chunk:
    """Facts in their order up to `horizon`; `passed` counts the rows gone by, those of other kinds included."""

    facts: list[Recorded]
    horizon: Horizon
    passed: int


def read_after(horizon: Horizon, limit: int, kinds: Sequence[str] | None = None) -> Chunk:
    """At most `limit` settled rows after `horizon`; of them the facts of `kinds` (None: all)."""
    with connection.cursor() as cursor:
        cursor.execute(CHUNK_END, [horizon.xid, horizon.position, limit])
        end = cursor.fetchone()
        if end is None:
            return Chunk([], horizon, 0)
        wanted = None if kinds is None else list(kinds)
        cursor.execute(CHUNK, [horizon.xid, horizon.position, end[0], end[1], wanted, wanted])
        facts = [_recorded(row) for row in cursor.fetchall()]
    return Chunk(facts, Horizon(end[0], end[1]), end[2])


def _recorded(row: tuple[Any, ...]) -> Recorded:
    fact_id, kind, version, occurred_at, recorded_at, body = row
    return Recorded(fact_id, kind, version, occurred_at, recorded_at, json.loads(body))

"""Numbering what changes in a room, and telling those who listen once it is certain."""

from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from laotie.places.rooms.errors import NoSuchSession
from laotie.places.rooms.models import EventRow, SessionRow
from laotie.stream.live.saying import say

KEPT = 1000  # events a room: who missed more gets the whole state
TRIMMED_EVERY = 100


def hold(session_id: UUID) -> SessionRow:
    """The session, held until the end of the transaction. Raises NoSuchSession."""
    row = SessionRow.objects.select_for_update().filter(pk=session_id).first()
    if row is None:
        raise NoSuchSession
    return row


def next_number(row: SessionRow) -> int:
    """The next number of a held session."""
    row.seq += 1
    row.save(update_fields=["seq"])
    return row.seq


def record(row: SessionRow, kind: str, body: dict[str, Any], seq: int | None = None) -> int:
    """Number a change of a held session, keep it, and tell the room when the transaction has committed."""
    seq = seq or next_number(row)
    EventRow.objects.create(session=row, seq=seq, kind=kind, body=body)
    if seq % TRIMMED_EVERY == 0:
        EventRow.objects.filter(session=row, seq__lte=seq - KEPT).delete()
    transaction.on_commit(partial(say, subject(row.pk, kind), {"seq": seq, "kind": kind, "body": body}))
    return seq


def subject(session_id: UUID, kind: str) -> str:
    """Where a room's changes are said."""
    return f"{place(session_id)}.{kind}"


def place(session_id: UUID) -> str:
    """Where all that is said of a room is heard."""
    return f"room.{session_id}"

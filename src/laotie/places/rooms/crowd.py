"""Who is there, and the hearts they send: gathered by each web process for a second, brought to PostgreSQL at once.

A stay is seen every 15 seconds and counts as there for 40. Ten thousand viewers are so one statement a second, not
667. Bounded: a process holds at most MOST stays a room; beyond that it brings them sooner.
"""

import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from uuid import UUID

from django.db import connection

from laotie.kit import clock
from laotie.places.rooms import views
from laotie.places.rooms.actions.numbering import place, subject
from laotie.places.rooms.contracts import Pulse
from laotie.places.rooms.errors import NoSuchSession
from laotie.stream.live.saying import heard_by, say

GATHER = 1.0  # seconds
MOST = 5000
ROOMS = 1000  # remembered at once
MOST_HEARTS = 60  # that one browser may send at once
THERE = "SELECT viewer, came_at FROM rooms_presence WHERE session_id = %s AND viewer IS NOT NULL AND seen_at > %s"
BEAT = "SELECT * FROM rooms_beat(%s, %s::uuid[], %s::uuid[], %s, %s)"


@dataclass(frozen=True, slots=True)
class Beat:
    """A room as it was when it was last asked: the number of its last change, its state, its pulse."""

    seq: int
    state: str
    pulse: Pulse


@dataclass
class Gathered:
    """What a process has of one room and has not brought yet."""

    brought_at: float = 0.0
    stays: dict[UUID, UUID | None] = field(default_factory=dict)
    hearts: int = 0
    last: Beat | None = None


class Crowd:
    """One a process."""

    def __init__(self, gather: float = GATHER) -> None:
        self.gather = gather
        self._rooms: OrderedDict[UUID, Gathered] = OrderedDict()
        self._lock = Lock()

    def here(self, session_id: UUID, stay: UUID, viewer: UUID | None, hearts: int = 0) -> Beat:
        """`stay` is there and sends so many hearts; how the room is. Raises NoSuchSession."""
        batch = self._gather(session_id, stay, viewer, max(0, min(hearts, MOST_HEARTS)))
        if batch is None:
            known = self._rooms.get(session_id)
            if known and known.last:
                return known.last
            batch = Gathered()
        beat = bring(session_id, batch.stays, batch.hearts)
        with self._lock:
            self._rooms.setdefault(session_id, Gathered()).last = beat
        return beat

    def _gather(self, session_id: UUID, stay: UUID, viewer: UUID | None, hearts: int) -> Gathered | None:
        """What is to be brought now by who asks; None while others will."""
        with self._lock:
            known = self._rooms.setdefault(session_id, Gathered())
            self._rooms.move_to_end(session_id)
            if len(self._rooms) > ROOMS:
                self._rooms.popitem(last=False)
            known.stays[stay] = viewer
            known.hearts += hearts
            now = time.monotonic()
            if now - known.brought_at < self.gather and len(known.stays) < MOST:
                return None
            batch = Gathered(stays=known.stays, hearts=known.hearts)
            known.stays, known.hearts, known.brought_at = {}, 0, now
            return batch


crowd = Crowd()


def bring(session_id: UUID, stays: Mapping[UUID, UUID | None], hearts: int) -> Beat:
    """Write down who was seen; where that makes a beat, the room is told. Raises NoSuchSession."""
    with connection.cursor() as cursor:
        cursor.execute(BEAT, [session_id, list(stays), list(stays.values()), hearts, clock.now()])
        row = cursor.fetchone()
    if row is None:
        raise NoSuchSession
    seq, state, *figures, is_beat = row
    beat = Beat(seq, state, Pulse(*figures))
    heard_by(place(session_id), beat.pulse.viewers)
    if is_beat:
        say(subject(session_id, "tick"), {"kind": "tick", "seq": seq, "body": views.pulse_told(beat.pulse)})
    return beat


def viewers_there(session_id: UUID, since: datetime) -> dict[UUID, datetime]:
    """Pseudonyms of those who are signed in and were seen after `since`, with when they came."""
    with connection.cursor() as cursor:
        cursor.execute(THERE, [session_id, since])
        return dict(cursor.fetchall())

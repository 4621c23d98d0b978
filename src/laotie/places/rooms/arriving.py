"""Whether facts of a session that has just ended are still on their way to the lake.

They come on two ways, and neither waits for the other: what browsers tell over the bus, what the market does from the
outbox. The session's end is the last of the second; the first is asked for what it holds.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from laotie.places.rooms.contracts import Session
from laotie.places.rooms.metrics import days_between
from laotie.stream.lake.queries import Snapshot

TELLING = timedelta(seconds=15)  # browsers tell every five seconds, and once more when they leave
SLOWEST = timedelta(minutes=10)  # nobody is told to wait longer

AllTold = Callable[[Snapshot, datetime], bool]  # whether the lake has all that browsers had told by a moment


def arriving(lake: Snapshot, session: Session, now: datetime, all_told: AllTold) -> bool:
    """Whether more of `session` may come into the lake than it has."""
    if session.ended_at is None or now - session.ended_at >= SLOWEST:
        return False
    told = session.ended_at + TELLING
    return now < told or not (_knows_of_the_end(lake, session, now) and all_told(lake, told))


def _knows_of_the_end(lake: Snapshot, session: Session, now: datetime) -> bool:
    ended = lake.read("session.ended", days_between(session.ended_at or now, now))
    return str(session.id) in ended["session"].to_pylist()

"""How many may watch a stream with little delay: each costs the bus its whole picture, where HLS may lie in any cache.

Counted by each web process from the tickets it gave within the life of one, so a viewer who renews counts for a while
twice. Everyone beyond is shown the steady picture.
"""

from collections import OrderedDict, deque
from threading import Lock
from time import monotonic
from uuid import UUID

MOST = 200  # tickets of a stream in one process: 300 Mbit/s of an ordinary picture
STREAMS = 1000  # remembered at once


class Seats:
    """For all threads of a process. `life` is in seconds."""

    def __init__(self, most: int = MOST, life: float = 300) -> None:
        self._most, self._life = most, life
        self._given: OrderedDict[UUID, deque[float]] = OrderedDict()
        self._lock = Lock()

    def take(self, stream: UUID) -> bool:
        """Whether there is a seat; it is taken then."""
        with self._lock:
            given = self._given.setdefault(stream, deque())
            self._given.move_to_end(stream)
            if len(self._given) > STREAMS:
                self._given.popitem(last=False)
            while given and monotonic() - given[0] > self._life:
                given.popleft()
            if len(given) >= self._most:
                return False
            given.append(monotonic())
            return True

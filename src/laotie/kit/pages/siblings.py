"""How busy each process of the web is, in a file that all of them map.

A connection stays with the process that took it, and which one takes it is left to chance: six visitors may wait in
turn at one process while two have the other to themselves. A process that has had more at hand than a sibling, for long
enough to be no accident, lets a connection go now and then; whoever opens the next one may find the other.

A process holds a slot of the file by a lock that the kernel lets go when it dies.
"""

import fcntl
import mmap
import os
from collections.abc import Callable
from contextlib import suppress
from math import exp
from pathlib import Path
from struct import Struct
from threading import Lock
from time import monotonic  # one clock for all processes of a machine

SLOTS = 16
SLOT = Struct("=ddd")  # when it was written (0: by nobody), pages at hand since then, and what they were on average
LASTING = 0.15  # seconds until what was weighs a third
UNEVEN = 1.5  # pages more than a sibling has; of an odd number somebody has one more
FULL = 0.25  # below as many pages as threads: others may wait that nobody sees, and one page more says enough
SETTLING = 0.3  # seconds until the next connection is let go: what the last one changed must show first


class Siblings:
    """The processes that map the file `path`, this one among them, unless as many as there are slots live already.
    `threads`: how many pages each can have at hand."""

    def __init__(self, path: Path, threads: int, now: Callable[[], float] = monotonic) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        os.ftruncate(self._file, SLOTS * SLOT.size)
        self._slots = mmap.mmap(self._file, SLOTS * SLOT.size)
        self._full = threads - FULL
        self._now = now
        self._lock = Lock()
        self._pages, self._mean, self._at, self._settled = 0, 0.0, now(), 0.0
        self._mine = next((slot for slot in range(SLOTS) if self._hold(slot)), None)
        self.more(0)

    def more(self, pages: int) -> None:
        """This process has so many pages more at hand, made or waiting; fewer where it is negative."""
        with self._lock:
            now = self._now()
            self._mean = _mean(now, self._at, self._pages, self._mean)
            self._pages, self._at = self._pages + pages, now
            if self._mine is not None:
                SLOT.pack_into(self._slots, self._mine * SLOT.size, now, self._pages, self._mean)

    def let_go(self) -> bool:
        """Whether to end the connection of the page just made: a living sibling has less to do."""
        if self._mine is None or self._mean < UNEVEN or self._at < self._settled:
            return False
        enough = self._mean - (UNEVEN if self._mean < self._full else UNEVEN / 2)
        if not any(self._has_at_most(enough, slot) for slot in range(SLOTS) if slot != self._mine):
            return False
        self._settled = self._now() + SETTLING
        return True

    def _has_at_most(self, enough: float, slot: int) -> bool:
        at, pages, mean = SLOT.unpack_from(self._slots, slot * SLOT.size)
        return at > 0 and _mean(self._now(), at, pages, mean) <= enough and self._lives(slot)

    def _lives(self, slot: int) -> bool:
        """What a dead process wrote is wiped out."""
        if not self._hold(slot):
            return True
        SLOT.pack_into(self._slots, slot * SLOT.size, 0, 0, 0)
        fcntl.lockf(self._file, fcntl.LOCK_UN, 1, slot)
        return False

    def _hold(self, slot: int) -> bool:
        with suppress(OSError):
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, slot)
            return True
        return False


def _mean(now: float, at: float, pages: float, mean: float) -> float:
    """The mean of what was at hand, with less weight the longer ago: it was `mean` at `at`, and `pages` since."""
    return pages + (mean - pages) * exp(min(0.0, at - now) / LASTING)  # later than now: from before a restart

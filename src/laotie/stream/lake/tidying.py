"""Keeping a lake tidy beside its commits, in a thread that stands back behind whatever somebody waits for.

Commits only add files; tidying takes some away, or puts one in the place of many. So both may go on at once, and each
ends in a manifest of its own.
"""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from laotie.kit.threads import stand_back
from laotie.stream.lake import compaction, expiry
from laotie.stream.lake.writer import Lake

BEHIND = 17  # niceness above the process: behind the commits


def tidy(lake: Lake) -> None:
    """Compact, let go what is too old, delete what nobody reads any more."""
    compaction.compact(lake)
    expiry.expire(lake)
    lake.bury()


class Tidier:
    """Tidies `lake` in its thread, once at a time."""

    def __init__(self, lake: Lake, thread: ThreadPoolExecutor) -> None:
        self.lake, self._thread = lake, thread
        self._last: Future[None] | None = None

    def begin(self) -> None:
        """Tidy beside what comes next, unless it is still at it. Raises what went wrong the last time."""
        if self._last is not None:
            if not self._last.done():
                return
            self._last.result()
        self._last = self._thread.submit(tidy, self.lake)


@contextmanager
def beside(lake: Lake) -> Iterator[Tidier]:
    """A tidier of `lake`, which must be in `writing`; the block ends when it has come to an end."""
    with ThreadPoolExecutor(1, "tidying", stand_back, (BEHIND,)) as thread:
        yield Tidier(lake, thread)

"""Pages in turn, whoever came first.

Python's threads take one interpreter from each other every few milliseconds, by chance: of four pages made at once all
are as late as the last of four made in turn, and some twice as late. The other threads of a process are there for what
takes long without computing: an upload over a slow line, a statement that waits.
"""

import os
from collections import deque
from collections.abc import Callable
from threading import Lock

from django.http import HttpRequest, HttpResponse

from laotie.kit.pages.siblings import Siblings

FEW_CORES = 2
PATIENCE = 0.1  # seconds; then it goes ahead: what is before it may be at work for long


class Turns:
    """A semaphore that is given to whoever has waited longest. Python's own is taken by whoever comes by."""

    def __init__(self, at_once: int) -> None:
        self._free = at_once
        self._waiting: deque[Lock] = deque()
        self._lock = Lock()

    def take(self, patience: float) -> bool:
        """Wait for a turn, at most `patience` seconds."""
        with self._lock:
            if self._free:
                self._free -= 1
                return True
            mine = Lock()
            mine.acquire()
            self._waiting.append(mine)
        if mine.acquire(timeout=patience):
            return True
        with self._lock:
            if mine not in self._waiting:  # given a moment ago
                return True
            self._waiting.remove(mine)
            return False

    def give(self) -> None:
        """End a turn."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._free += 1


def at_once() -> int:
    """How many pages a process makes. On two cores the other process and PostgreSQL use what one leaves idle; where
    there are more, two in a process: one computes while the other waits for PostgreSQL."""
    return 1 if (os.cpu_count() or 1) <= FEW_CORES else 2


class InTurn:
    """Middleware: what only reads waits for its turn, and does not wait for ever. Where a sibling of this process has
    less to do, the connection ends with the page."""

    siblings: Siblings | None = None  # of this process, where it has any

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._turns = Turns(at_once())

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        if not self.siblings:
            return self._in_turn(request)
        self.siblings.more(1)
        try:
            response = self._in_turn(request)
        finally:
            self.siblings.more(-1)
        if request.META.get("SERVER_PROTOCOL") == "HTTP/1.1" and self.siblings.let_go():
            response["Connection"] = "close"
        return response

    def _in_turn(self, request: HttpRequest) -> HttpResponse:
        if not self._turns.take(PATIENCE):
            return self.get_response(request)
        try:
            return self.get_response(request)
        finally:
            self._turns.give()

"""A thread that adds up arrays while the database works: both let the interpreter go."""

import sys
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager

OFTEN = 0.0005  # seconds


@contextmanager
def aside() -> Iterator[Executor]:
    """An executor of one thread: the database has its own. Whoever wants the interpreter back gets it sooner meanwhile
    than after the usual 5 ms: statements and sums are many and short, and each would wait that long for the other. The
    interval is the process's, so this is for one at a time."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(OFTEN)
    try:
        with ThreadPoolExecutor(1) as executor:
            yield executor
    finally:
        sys.setswitchinterval(usual)

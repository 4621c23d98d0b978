"""Threads that add up arrays while the database works: both let the interpreter go."""

import sys
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager

OFTEN = 0.0005  # seconds


@contextmanager
def aside(threads: int) -> Iterator[Executor]:
    """An executor of so many threads. Whoever wants the interpreter back gets it sooner meanwhile than after the usual
    5 ms: statements and sums are many and short, and each would wait that long for the other."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(OFTEN)
    try:
        with ThreadPoolExecutor(threads) as executor:
            yield executor
    finally:
        sys.setswitchinterval(usual)

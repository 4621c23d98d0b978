"""Threads that stand back."""

import os
import sys
import threading


def stand_back(more: int) -> None:
    """Make this thread nicer than it is by `more`, where threads have a niceness of their own: others of this machine
    that have work go first. Called once, when it begins."""
    if sys.platform == "linux":
        thread = threading.get_native_id()
        os.setpriority(os.PRIO_PROCESS, thread, os.getpriority(os.PRIO_PROCESS, thread) + more)

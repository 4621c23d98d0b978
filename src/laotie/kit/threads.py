"""Threads that stand back."""

import os
import sys
import threading


def stand_back(more: int) -> None:
    """Make this thread nicer than its process by `more`, where threads have a niceness of their own: others of this
    machine that have work go first. It cannot be taken back: only root may be less nice again."""
    if sys.platform == "linux":
        of_process = os.getpriority(os.PRIO_PROCESS, os.getpid())
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), of_process + more)

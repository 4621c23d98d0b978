"""What a program forks dies with it: a web server's workers must not answer for a server that is gone.

The leash (`leash.py`) reaches the program that the supervisor started, and no further: the kernel tells nobody of a
grandparent's death. So whoever may be forked ties itself to its parent. Linux only; elsewhere the next `laotie up`
finds what was left (`orphans`).
"""

import ctypes
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from multiprocessing.util import Finalize

PR_SET_PDEATHSIG = 1


def hold() -> None:
    """In a process that `multiprocessing` made: end with the parent, at once. In any other: nothing."""
    parent = multiprocessing.parent_process()
    if parent is None or sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent.pid:  # it died before we asked to be told
        os.kill(os.getpid(), signal.SIGKILL)


def before_end(last: Callable[[], object]) -> None:
    """Call `last` when this process ends in good order. `atexit` is never asked in one that was forked."""
    Finalize(None, last, exitpriority=10)

"""How much of a core work takes: what can be compared when others use the machine, too."""

import time

import psutil

QUIET = 0.05  # of a core: less is what an idle market takes


class Work:
    """Processor time of processes with all that they started, and of ourselves."""

    def __init__(self, *pids: int) -> None:
        self.roots = [psutil.Process(pid) for pid in pids]

    def seconds(self) -> float:
        """User and system time of those that live. Only differences mean something, while nobody dies."""
        family = [each for root in self.roots for each in (root, *root.children(recursive=True))]
        return sum(_taken(process) for process in (*family, psutil.Process()))

    def settle(self, patience: float = 60.0) -> None:
        """Wait until what start and preparation leave to do is done: two seconds in which hardly anything is taken."""
        deadline = time.monotonic() + patience
        before = self.seconds()
        while time.monotonic() < deadline:
            time.sleep(2)
            after = self.seconds()
            if after - before < 2 * QUIET:
                return
            before = after


def _taken(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system)

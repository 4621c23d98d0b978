"""How much of a core work takes: what can be compared when others use the machine, too."""

import psutil


class Work:
    """Processor time of processes with all that they started, and of ourselves."""

    def __init__(self, *pids: int) -> None:
        self.roots = [psutil.Process(pid) for pid in pids]

    def seconds(self) -> float:
        """User and system time of those that live. Only differences mean something, while nobody dies."""
        family = [each for root in self.roots for each in (root, *root.children(recursive=True))]
        return sum(_taken(process) for process in (*family, psutil.Process()))


def _taken(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system)

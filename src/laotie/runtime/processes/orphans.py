"""What a supervisor that was killed left behind. Every process it started carries its home in the environment."""

import contextlib
from collections.abc import Callable
from pathlib import Path

import psutil

MARK = "LAOTIE_RUNS_IN"


def left_behind(home: Path) -> list[psutil.Process]:
    """Processes started for `home`. Only meaningful for who holds the home's lock: then nobody watches over them."""
    return [process for process in psutil.process_iter() if _home_of(process) == str(home)]


def end(processes: list[psutil.Process], patience: float = 10) -> None:
    """Ask them to stop, and after `patience` seconds do not ask any more."""
    for process in processes:
        _quietly(process.terminate)
    _, alive = psutil.wait_procs(processes, timeout=patience)
    for process in alive:
        _quietly(process.kill)
    psutil.wait_procs(alive, timeout=patience)


def _home_of(process: psutil.Process) -> str | None:
    try:
        return process.environ().get(MARK)
    except (psutil.Error, OSError):
        return None


def _quietly(act: Callable[[], None]) -> None:
    with contextlib.suppress(psutil.Error):
        act()

"""A whole market, started as an operator starts one, for what is measured over HTTP."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.work import Work

MARKET = [sys.executable, "-c", "from laotie.runtime.commands import main; main()"]
PATIENCE = 300.0  # seconds a market may take to its first page


@dataclass(frozen=True)
class Site:
    """What is measured: its address, and the processes behind it (none: they are not ours to look at)."""

    root: str
    pids: tuple[int, ...] = ()
    database_url: str = ""

    @property
    def work(self) -> Work:
        return Work(*self.pids)


@contextmanager
def market(home: Path, *options: str, settings: Mapping[str, str]) -> Iterator[Site]:
    """`laotie up` in `home`; stopped at the end. `settings`: of the environment."""
    home.mkdir(parents=True, exist_ok=True)
    log = (home / "benchmark.log").open("wb")
    command = [*MARKET, "up", "--home", str(home), *options]
    running = subprocess.Popen(command, env=os.environ | settings, stdout=log, stderr=subprocess.STDOUT)
    try:
        yield Site(_address(home, running), (running.pid,), _database_url(running.pid))
    finally:
        running.terminate()
        running.wait(60)
        log.close()


def _address(home: Path, running: subprocess.Popen[bytes]) -> str:
    note = home / "run" / "up.json"
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and running.poll() is None:
        told = json.loads(note.read_text()) if note.exists() else {}
        if told.get("pid") == running.pid and told["address"]:
            return str(told["address"])
        time.sleep(0.2)
    raise SystemExit(f"The market did not start: {(home / 'benchmark.log').read_text()[-2000:]}")


def _database_url(pid: int) -> str:
    parts = psutil.Process(pid).children()
    return next(url for part in parts if (url := part.environ().get("DATABASE_URL")))

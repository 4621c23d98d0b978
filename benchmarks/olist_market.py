"""A whole market with Olist's history in it, started as an operator starts one, for what is measured over HTTP."""

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
from rich.console import Console

from benchmarks.work import Work

DATA = Path("../shared/data/olist")
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
def market(home: Path, data: Path, console: Console, more: Mapping[str, str] | None = None) -> Iterator[Site]:
    """A running market with Olist in it, imported where it is not yet; stopped at the end. `more`: settings."""
    surroundings = os.environ | {"LAOTIE_COUNT_STATEMENTS": "1", "LAOTIE_DEMO": "false"} | (more or {})
    rejects = str(home / "rejects.csv")
    home.mkdir(parents=True, exist_ok=True)
    if not (home / "olist.done").exists():
        console.print("importing Olist (some minutes) …")
        subprocess.run(
            [*MARKET, "import", "olist", str(data), "--home", str(home), "--rejects", rejects],
            env=surroundings, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        (home / "olist.done").touch()
    log = (home / "benchmark.log").open("wb")
    running = subprocess.Popen(
        [*MARKET, "up", "--home", str(home)], env=surroundings, stdout=log, stderr=subprocess.STDOUT
    )
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

"""A real market in a process of its own, as a person would start it."""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import psutil

from laotie.runtime.processes import orphans, ports

WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))  # each looks for ports of its own
OURS = ("LAOTIE_", "DATABASE_URL", "NATS_URL", "DJANGO_", "PYTEST_", "PROMETHEUS_")


class RunningMarket:
    """`laotie up` on `home`, with `settings` of the environment. Everything it prints is in `words`."""

    def __init__(self, home: Path, *options: str, settings: Mapping[str, str] = MappingProxyType({})) -> None:
        self.home = home
        self.port = ports.first_free(18000 + 500 * WORKER)
        self.log = home.parent / f"{home.name}.{self.port}.txt"
        surroundings = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        command = [sys.executable, "-m", "laotie", "up", "--home", str(home), "--port", str(self.port), *options]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                command, env=surroundings | settings, stdout=log, stderr=log, start_new_session=True
            )

    @property
    def words(self) -> str:
        return self.log.read_text()

    def until_open(self) -> None:
        self.until(lambda: "Ctrl-C stops it" in self.words)

    def until(self, true, seconds=180):
        """Wait for what other processes bring about."""
        deadline = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < deadline, f"it did not come about:\n{self.words}"
            time.sleep(0.05)

    def get(self, path: str) -> tuple[int, str]:
        """Status and body; 0 where nobody answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def processes(self) -> list[psutil.Process]:
        return orphans.left_behind(self.home)

    def child(self, *words: str) -> psutil.Process | None:
        """The supervisor's own child whose command line holds all of `words`."""
        children = psutil.Process(self.process.pid).children()
        return next((child for child in children if all(word in " ".join(child.cmdline()) for word in words)), None)

    def kill_all_that_watch(self) -> None:
        """kill -9 of the supervisor and of the web server's main process at one moment: neither can end the rest."""
        main = self.child("granian")
        assert main is not None
        self.process.send_signal(signal.SIGSTOP)
        main.kill()
        self.process.kill()
        self.process.wait()

    def database_url(self) -> str:
        return next(url for p in self.processes() if (url := p.environ().get("DATABASE_URL")))

    def end(self) -> int:
        """SIGTERM, and its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


def remove(home: Path) -> None:
    """A home with all that lies outside of it."""
    shutil.rmtree((home / "pg").resolve(), ignore_errors=True)
    shutil.rmtree(home, ignore_errors=True)

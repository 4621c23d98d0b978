"""A whole market under `laotie up`, whose processes are killed one by one while its supervisor keeps it running."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from threading import Event

import psutil

from laotie.runtime.embedded.nats import url_of
from laotie.runtime.embedded.postgres import Cluster

PAUSE = Event()
COMMAND = "from laotie.runtime.commands import main; main()"
MARKS = {
    "postgres": "-D",
    "nats": "nats.conf",
    "web": "granian",
    "worker": "procrastinate",
    "recorder": "laotie.stream",
}


class Market:
    """`start` returns when its pages answer; `kill` is kill -9 of one of MARKS with all it started."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.process: subprocess.Popen[bytes] | None = None
        self.log = home.with_suffix(".log").open("wb")

    def start(self) -> None:
        clean = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "NATS_URL")}
        command = [sys.executable, "-c", COMMAND, "up", "--home", str(self.home), "--language", "en"]
        self.process = subprocess.Popen(command, env=clean, stdout=self.log, stderr=subprocess.STDOUT)
        while not self.address:
            assert self.process.poll() is None, "laotie up ended"
            PAUSE.wait(0.1)

    def stop(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            assert self.process.wait(timeout=60) == 0
        self.log.close()
        shutil.rmtree(Cluster(self.home / "pg").seat)  # run by root it lies outside of the home

    @property
    def address(self) -> str:
        """Where it answers; "" until it does."""
        try:
            return str(json.loads((self.home / "run" / "up.json").read_text())["address"])
        except (OSError, ValueError):
            return ""

    @property
    def environment(self) -> dict[str, str]:
        """What makes another process one of this market."""
        return os.environ | {
            "LAOTIE_HOME": str(self.home), "DATABASE_URL": Cluster(self.home / "pg").url(),
            "NATS_URL": url_of(self.home / "nats"),
            "DJANGO_SETTINGS_MODULE": "laotie.runtime.django",
        }  # fmt: skip

    def kill(self, name: str) -> None:
        """The first process of the supervisor's that carries the mark of `name`; wait until it is dead."""
        assert self.process is not None
        mark = MARKS[name]
        for process in psutil.Process(self.process.pid).children():
            command = said_by(process)
            if mark in " ".join(command) and "timers" not in command:
                family = [process, *process.children(recursive=True)] if name == "web" else [process]
                for member in family:
                    member.kill()
                psutil.wait_procs(family, timeout=10)
                return
        # being started again at this very moment: it is as dead as it can be

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command of Laotie's."""
        command = [sys.executable, "-c", COMMAND, *arguments]
        return subprocess.run(command, check=False, env=self.environment, capture_output=True, text=True)


def said_by(process: psutil.Process) -> list[str]:
    """A process's command; nothing of one that died this moment."""
    try:
        return process.cmdline()
    except psutil.Error:
        return []

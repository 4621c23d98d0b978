"""A market's servers in a folder of their own, without web: PostgreSQL, NATS and the recorder, each to be killed."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from threading import Event

import psycopg

from laotie.runtime.embedded.postgres import Cluster, PostgresFault
from laotie.stream.bus import Bus
from laotie.stream.lake.queries import Snapshot, snapshot
from laotie.stream.lake.store import LocalStore
from tests.stream.servers import NatsServer

PAUSE = Event()


class Servers:
    """`kill_*` is kill -9, and starts the same again."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.cluster = Cluster(home / "pg")
        self.nats = NatsServer(home / "nats")
        self.recorder: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.cluster.create()
        self.cluster.start()
        (self.home / "nats").mkdir(exist_ok=True)
        self.nats.start()
        subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], check=True, env=self.environment)
        self.start_recorder()

    def stop(self) -> None:
        if self.recorder is not None:
            self.recorder.terminate()
            assert self.recorder.wait(timeout=30) == 0
        self.nats.kill()
        self.cluster.stop()
        shutil.rmtree(self.cluster.seat)  # run by root it lies outside of the home

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "LAOTIE_HOME": str(self.home), "LAOTIE_DEMO": "true", "DATABASE_URL": self.cluster.url(),
            "NATS_URL": self.nats.url, "DJANGO_SETTINGS_MODULE": "laotie.runtime.django",
        }  # fmt: skip

    def start_recorder(self) -> None:
        self.recorder = subprocess.Popen([sys.executable, "-m", "laotie.stream.recorder"], env=self.environment)

    def kill_recorder(self) -> None:
        assert self.recorder is not None
        self.recorder.send_signal(signal.SIGKILL)
        self.recorder.wait()
        self.start_recorder()

    def kill_nats(self) -> None:
        self.nats.kill()
        self.nats.start()

    def kill_postgres(self) -> None:
        os.kill(int((self.cluster.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        while True:
            try:
                self.cluster.start()
                with self.connection():
                    return
            except (PostgresFault, psycopg.OperationalError):  # the old one's children are still leaving
                PAUSE.wait(0.1)

    def connection(self) -> psycopg.Connection:
        return psycopg.connect(self.cluster.url())

    def bus(self) -> Bus:
        return Bus(self.nats.url)

    def lake(self) -> Snapshot:
        return snapshot(LocalStore(self.home / "lake"))

    def verify(self) -> subprocess.CompletedProcess[str]:
        program = "from laotie.runtime.commands import main; main(['lake', 'verify'])"
        return subprocess.run(
            [sys.executable, "-c", program], check=False, env=self.environment, capture_output=True, text=True
        )

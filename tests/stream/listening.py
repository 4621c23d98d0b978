"""A browser's side of the live bus, bare: a WebSocket handshake with its headers, then NATS' protocol in frames."""

import base64
import json
import os
import socket
from typing import Self


class Refused(Exception):
    """The bus would not let us in; the message is what it said."""


class Listener:
    """A connection that bears `ticket` in its cookie, from a page at `origin`. A context manager."""

    def __init__(self, port: int, ticket: str, *, origin: str = "http://localhost:8000", path: str = "/live/x") -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), 5)
        self.raw = b""  # of the stream
        self.said = b""  # NATS' own bytes, unframed
        headers = [
            f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Upgrade: websocket", "Connection: Upgrade",
            f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}", "Sec-WebSocket-Version: 13",
            f"Origin: {origin}", f"Cookie: laotie_live={ticket}",
        ]  # fmt: skip
        self.socket.sendall(("\r\n".join(headers) + "\r\n\r\n").encode())
        try:
            self._enter()
        except Refused:
            self.socket.close()
            raise

    def _enter(self) -> None:
        while b"\r\n\r\n" not in self.raw:
            self._more()
        head, self.raw = self.raw.split(b"\r\n\r\n", 1)
        status = head.split(b"\r\n")[0].decode()
        if " 101 " not in f"{status} ":
            raise Refused(status)
        self.knows = False
        self.line()  # INFO; later ones say nothing that we need
        self.knows = True
        self.send(b'CONNECT {"verbose":false,"pedantic":false,"protocol":1}\r\nPING\r\n')
        answer = self.line()
        if not answer.startswith("PONG"):
            raise Refused(answer)

    def hear(self, subject: str) -> str:
        """Subscribe; what the bus answers: "PONG" where it does not mind."""
        self.send(f"SUB {subject} 1\r\nPING\r\n".encode())
        return self.line()

    def speak(self, subject: str, words: bytes) -> str:
        self.send(f"PUB {subject} {len(words)}\r\n".encode() + words + b"\r\nPING\r\n")
        return self.line()

    def message(self) -> object:
        """The next message, as JSON."""
        return json.loads(self.payload())

    def payload(self) -> bytes:
        """The next message as it is."""
        head = self.line()
        assert head.startswith("MSG "), head
        count = int(head.split()[-1])
        while len(self.said) < count + 2:
            self._frame()
        body, self.said = self.said[:count], self.said[count + 2 :]
        return body

    def line(self) -> str:
        while b"\r\n" not in self.said:
            self._frame()
        line, self.said = self.said.split(b"\r\n", 1)
        if line == b"PING":  # the server asks now and then whether one is there
            self.send(b"PONG\r\n")
            return self.line()
        return self.line() if line.startswith(b"INFO ") and self.knows else line.decode()

    def is_closed(self) -> bool:
        """Wait until the bus hangs up."""
        try:
            while True:
                self._frame()
        except (Refused, ConnectionError):
            return True

    def send(self, words: bytes) -> None:
        mask = b"\0\0\0\0"
        length = bytes([0x80 | len(words)]) if len(words) < 126 else b"\xfe" + len(words).to_bytes(2, "big")
        self.socket.sendall(b"\x82" + length + mask + words)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def _frame(self) -> None:
        head = self._take(2)
        size = head[1] & 0x7F
        if size >= 126:
            size = int.from_bytes(self._take(2 if size == 126 else 8), "big")
        body = self._take(size)
        if head[0] & 0x0F == 8:
            raise Refused(body[2:].decode() or "closed")
        self.said += body

    def _take(self, count: int) -> bytes:
        while len(self.raw) < count:
            self._more()
        taken, self.raw = self.raw[:count], self.raw[count:]
        return taken

    def _more(self) -> None:
        more = self.socket.recv(65536)
        if not more:
            raise Refused(self.said.decode(errors="replace") or "hung up")
        self.raw += more

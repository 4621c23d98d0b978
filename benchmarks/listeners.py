"""Many WebSocket viewers in one process: raw sockets and an event loop, no library between the wire and the count."""

import asyncio
import base64
import os
import time
from dataclasses import dataclass, field
from typing import Any

AT_ONCE = 200  # connections being opened
SAMPLED = 20  # of so many viewers, one's delays are kept
# What is counted in the stream of bytes: all of one length, so that one that is cut by two reads is still found once.
SEEN, FRAME, PING = b'"seq":', b"MSG ro", b"PING\r\n"


@dataclass
class Heard:
    """What reached the viewers of one process, how many were hung up on; delays in seconds, of a sample of them."""

    messages: int = 0
    frames: int = 0
    hung_up: int = 0
    delays: list[float] = field(default_factory=list)


class Viewer(asyncio.Protocol):
    """One connection: a handshake, then frames that are counted."""

    def __init__(self, head: bytes, hello: bytes, heard: Heard, sampled: bool) -> None:
        self.head, self.hello, self.heard, self.sampled = head, hello, heard, sampled
        self.open: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.raw = b""

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        transport.write(self.head)

    def data_received(self, data: bytes) -> None:
        if not self.open.done():
            self.raw += data
            if b"\r\n\r\n" not in self.raw:
                return
            head, self.raw = self.raw.split(b"\r\n\r\n", 1)
            if b" 101 " not in head:
                self.open.set_exception(ConnectionError(head.decode(errors="replace")[:80]))
                return
            if self.hello:
                self.transport.write(framed(self.hello))
            self.open.set_result(None)
            self._count = self._parse if self.sampled or not self.hello else self._glance
            data, self.raw = self.raw, b""
        self._count(data)

    def _glance(self, data: bytes) -> None:
        """Count without taking frames apart: ten thousand viewers share a core with the server they measure."""
        data = self.raw + data
        self.raw = data[1 - len(SEEN) :]
        self.heard.messages += data.count(SEEN)
        self.heard.frames += data.count(FRAME)
        if PING in data:
            self.transport.write(framed(b"PONG\r\n"))

    def _parse(self, data: bytes) -> None:
        self.raw += data
        while len(self.raw) >= 2:
            size, start = self.raw[1] & 0x7F, 2
            if size == 126:
                size, start = int.from_bytes(self.raw[2:4], "big"), 4
            elif size == 127:
                size, start = int.from_bytes(self.raw[2:10], "big"), 10
            if len(self.raw) < start + size:
                return
            body, self.raw = self.raw[start : start + size], self.raw[start + size :]
            self._body(body)

    def _body(self, body: bytes) -> None:
        if PING in body:
            self.transport.write(framed(b"PONG\r\n"))
        count = body.count(SEEN)
        if count:
            self.heard.messages += count
            self.heard.frames += body.count(FRAME) or 1
            now = time.time()
            self.heard.delays += [now - float(piece[: piece.index(b",")]) for piece in body.split(b'"at":')[1:]]

    def connection_lost(self, error: Exception | None) -> None:
        self.heard.hung_up += 1
        if not self.open.done():
            self.open.set_exception(error or ConnectionError("hung up"))


def framed(body: bytes) -> bytes:
    """A masked WebSocket frame, with a mask of zeros."""
    length = bytes([0x80 | len(body)]) if len(body) < 126 else b"\xfe" + len(body).to_bytes(2, "big")
    return b"\x82" + length + b"\0\0\0\0" + body


def handshake(port: int, path: str, ticket: str) -> bytes:
    lines = [
        f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Upgrade: websocket", "Connection: Upgrade",
        f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}", "Sec-WebSocket-Version: 13",
        f"Origin: http://127.0.0.1:{port}", f"Cookie: laotie_live={ticket}",
    ]  # fmt: skip
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


async def listen(port: int, path: str, hello: bytes, ticket: str, count: int, *, ready: Any, stop: Any) -> Heard:
    """Open `count` connections, say so by `ready`, and count until `stop`."""
    loop, heard, gate = asyncio.get_running_loop(), Heard(), asyncio.Semaphore(AT_ONCE)

    async def enter(number: int) -> None:
        head = handshake(port, path, ticket)
        async with gate:
            _transport, viewer = await loop.create_connection(
                lambda: Viewer(head, hello, heard, number % SAMPLED == 0), "127.0.0.1", port
            )
            await viewer.open

    await asyncio.gather(*[enter(number) for number in range(count)])
    await asyncio.sleep(1)  # subscriptions are on their way
    ready.release()
    await loop.run_in_executor(None, stop.wait)
    await _quiet(heard)
    return heard


async def _quiet(heard: Heard) -> None:
    """Return once nothing has come for five seconds: what is late is late, and not lost."""
    before = -1
    while before != heard.messages:
        before = heard.messages
        await asyncio.sleep(5)

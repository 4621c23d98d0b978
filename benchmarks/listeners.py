"""Many WebSocket viewers in one process: raw sockets and epoll, no library and no event loop between the wire and the
count, so that it is the server that is measured.

A viewer's bytes are read into one shared buffer and counted where they lie: the sequence number of a message and the
head of a frame are looked for without taking frames apart. Of so many viewers one is a *sample*: its frames are taken
apart, and the time of every message in them is kept.
"""

import base64
import os
import select
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

AT_ONCE = 200  # connections being opened
SAMPLED = 50  # of so many viewers, one's delays are kept
BUFFER = 1 << 20  # bytes: more than ever waits in a socket
QUIET = 5.0  # seconds after which nothing more comes: what is late is late, and not lost
# What is counted in the stream of bytes: all of one length, so that one that is cut by two reads is still found once.
SEEN, FRAME, PING, PONG = b'"seq":', b"MSG ro", b"PING\r\n", b"PONG\r\n"


@dataclass
class Heard:
    """What reached the viewers of one process, how many were hung up on; delays in seconds, of a sample of them."""

    messages: int = 0
    frames: int = 0
    hung_up: int = 0
    delays: list[float] = field(default_factory=list)
    cpu: float = 0.0  # seconds that listening itself took


class Viewer:
    """One connection: a handshake, a hello that the server answers (by PONG) when it has done what it was asked, then
    bytes that are counted. `left` is the end of what was read, where it may hold the beginning of what is counted."""

    __slots__ = ("heard", "hello", "is_in", "is_open", "left", "sampled", "socket")

    def __init__(self, connection: socket.socket, hello: bytes, heard: Heard, sampled: bool) -> None:
        self.socket, self.hello, self.heard, self.sampled = connection, hello, heard, sampled
        self.is_open, self.is_in, self.left = False, False, b""

    def enter(self, data: bytes) -> None:
        """A step further in. Nothing is said before everyone is in, so nothing is counted. Raises ConnectionError."""
        self.left += data
        if not self.is_open:
            head, end, self.left = self.left.partition(b"\r\n\r\n")
            if not end:
                self.left = head
                return
            if b" 101 " not in head:
                raise ConnectionError(head.decode(errors="replace")[:80])
            self.is_open = True
            if self.hello:
                self.socket.sendall(framed(self.hello + PING))
        if not self.hello or PONG in self.left:
            self.is_in, self.left = True, b""

    def glance(self, buffer: bytearray, size: int) -> None:
        """Count without taking frames apart. What ends with a line's end holds no cut token (a server that speaks no
        lines sends its JSON closed)."""
        if self.left:
            return self._glance_on(bytes(buffer[:size]))
        self.heard.messages += buffer.count(SEEN, 0, size)
        self.heard.frames += buffer.count(FRAME, 0, size)
        if buffer.find(PING, 0, size) >= 0:
            self.socket.sendall(framed(b"PONG\r\n"))
        if buffer[size - 1] not in b"\n}]":
            self.left = bytes(buffer[max(size - len(SEEN) + 1, 0) : size])
        return None

    def _glance_on(self, data: bytes) -> None:
        data, self.left = self.left + data, b""
        self.glance(bytearray(data), len(data))

    def parse(self, data: bytes) -> None:
        """Take frames apart, and keep how late each message is."""
        self.left += data
        while len(self.left) >= 2:
            size, start = self.left[1] & 0x7F, 2
            if size == 126:
                size, start = int.from_bytes(self.left[2:4], "big"), 4
            elif size == 127:
                size, start = int.from_bytes(self.left[2:10], "big"), 10
            if len(self.left) < start + size:
                return
            body, self.left = self.left[start : start + size], self.left[start + size :]
            self._body(body)

    def _body(self, body: bytes) -> None:
        if PING in body:
            self.socket.sendall(framed(b"PONG\r\n"))
        count = body.count(SEEN)
        if count:
            self.heard.messages += count
            self.heard.frames += body.count(FRAME) or 1
            now = time.time()
            self.heard.delays += [now - float(piece[: piece.index(b",")]) for piece in body.split(b'"at":')[1:]]


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


class Crowd:
    """The viewers of one process."""

    def __init__(self, port: int, path: str, hello: bytes, ticket: str) -> None:
        self.heard = Heard()
        self._door = (port, path, hello, ticket)
        self._poll = select.epoll()
        self._viewers: dict[int, Viewer] = {}
        self._buffer = bytearray(BUFFER)

    def let_in(self, count: int) -> None:
        """Open `count` connections, some at a time. Raises ConnectionError where one is refused."""
        for begin in range(0, count, AT_ONCE):
            fresh = [self._connect(number) for number in range(begin, min(begin + AT_ONCE, count))]
            while not all(viewer.is_in for viewer in fresh):
                self.listen(1.0)

    def _connect(self, number: int) -> Viewer:
        port, path, hello, ticket = self._door
        connection = socket.create_connection(("127.0.0.1", port), 60)
        connection.sendall(handshake(port, path, ticket))
        connection.setblocking(False)
        viewer = Viewer(connection, hello, self.heard, number % SAMPLED == 0)
        self._viewers[connection.fileno()] = viewer
        self._poll.register(connection.fileno(), select.EPOLLIN)
        return viewer

    def listen(self, seconds: float) -> None:
        """Read whatever waits, once; at most `seconds` for the first."""
        buffer, viewers = self._buffer, self._viewers
        for number, _ in self._poll.poll(seconds):
            viewer = viewers[number]
            try:
                size = viewer.socket.recv_into(buffer)
            except ConnectionError:
                size = 0
            if not size:
                self._hang_up(number, viewer)
            elif not viewer.is_in:
                viewer.enter(bytes(buffer[:size]))
            elif viewer.sampled:
                viewer.parse(bytes(buffer[:size]))
            else:
                viewer.glance(buffer, size)

    def _hang_up(self, number: int, viewer: Viewer) -> None:
        self._poll.unregister(number)
        viewer.socket.close()
        del self._viewers[number]
        self.heard.hung_up += 1
        if not viewer.is_in:
            raise ConnectionError("hung up on at the door")


def listen(
    port: int, path: str, hello: bytes, ticket: str, count: int, *, ready: Any, is_over: Callable[[], bool]
) -> Heard:
    """Open `count` connections, say so by `ready`, and count until it `is_over` and nothing comes any more."""
    crowd = Crowd(port, path, hello, ticket)
    crowd.let_in(count)
    began = time.process_time()
    ready.release()
    before, last = -1, time.monotonic()
    while not is_over() or time.monotonic() - last < QUIET:
        crowd.listen(0.5)
        if crowd.heard.messages != before:
            before, last = crowd.heard.messages, time.monotonic()
    crowd.heard.cpu = time.process_time() - began
    return crowd.heard

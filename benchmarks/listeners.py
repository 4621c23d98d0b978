"""Many WebSocket viewers in one process: raw sockets, no library and no event loop between the wire and the count, so
that it is the server that is measured. Real viewers read on machines of their own; these share the server's cores.

Of so many viewers one is a *sample*: it is woken by every message, as a browser is, its frames are taken apart, and the
time of every message in them is kept. The others are visited in turn, ROUND seconds for all of them, and what came to
them meanwhile is counted where it lies: the sequence number of a message and the head of a frame are looked for without
taking frames apart. So listening takes a tenth of the server's work and not as much as the server.
"""

import base64
import os
import select
import socket
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

AT_ONCE = 200  # connections being opened
SAMPLED = 100  # of so many viewers, one's delays are kept
ROUND = 2.0  # seconds in which all others are visited
LAST_ROUNDS = 0.5  # seconds of one when all was said: by so much may the last delivery be dated too late
VISITED = 100  # viewers between two looks at the samples: less than a millisecond
BUFFER = 1 << 20  # bytes: more than ever waits in a socket
QUIET = 5.0  # seconds after which nothing more comes: what is late is late, and not lost
# What is counted in the stream of bytes: all of one length, so that one that is cut by two reads is still found once.
SEEN, FRAME, PING, PONG = b'"seq":', b"MSG ro", b"PING\r\n", b"PONG\r\n"
ASKED, ASKED_SIZE = b"\x89\x0c", 12  # the head of a WebSocket ping as daphne's come, and what is to be said back


@dataclass
class Heard:
    """What reached the viewers of one process, when the last of it did (monotonic seconds), how many were hung up on;
    delays in seconds, of a sample of them."""

    messages: int = 0
    frames: int = 0
    last: float = 0.0
    hung_up: int = 0
    delays: list[float] = field(default_factory=list)
    cpu: float = 0.0  # seconds that listening itself took, until the last message


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
        if (asked := buffer.find(ASKED, 0, size - ASKED_SIZE)) >= 0:
            self._answer(bytes(buffer[asked + len(ASKED) :][:ASKED_SIZE]))
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
            is_ping = self.left[:1] == ASKED[:1]
            body, self.left = self.left[start : start + size], self.left[start + size :]
            self._answer(body) if is_ping else self._body(body)

    def _answer(self, asked: bytes) -> None:
        """A server that pings hangs up on who says nothing back."""
        self.socket.sendall(framed(asked, b"\x8a"))

    def _body(self, body: bytes) -> None:
        if PING in body:
            self.socket.sendall(framed(b"PONG\r\n"))
        count = body.count(SEEN)
        if count:
            self.heard.messages += count
            self.heard.frames += body.count(FRAME) or 1
            now = time.time()
            self.heard.delays += [now - float(piece[: piece.index(b",")]) for piece in body.split(b'"at":')[1:]]


def framed(body: bytes, kind: bytes = b"\x82") -> bytes:
    """A masked WebSocket frame, with a mask of zeros."""
    length = bytes([0x80 | len(body)]) if len(body) < 126 else b"\xfe" + len(body).to_bytes(2, "big")
    return kind + length + b"\0\0\0\0" + body


def handshake(port: int, path: str, ticket: str) -> bytes:
    lines = [
        f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Upgrade: websocket", "Connection: Upgrade",
        f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}", "Sec-WebSocket-Version: 13",
        f"Origin: http://127.0.0.1:{port}", f"Cookie: laotie_live={ticket}",
    ]  # fmt: skip
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


class Crowd:
    """The viewers of one process."""

    def __init__(self, port: int, path: str, hellos: Sequence[bytes], ticket: str) -> None:
        self.heard = Heard()
        self._door = (port, path, hellos, ticket)
        self._poll = select.epoll()
        self._woken: dict[int, Viewer] = {}  # those that come in, and the samples
        self._visited: deque[Viewer] = deque()  # the others, who is next first
        self.round, self._due = ROUND, 0.0  # seconds for all of them; when to visit on
        self._buffer = bytearray(BUFFER)

    def let_in(self, count: int) -> None:
        """Open `count` connections, some at a time. Raises ConnectionError where one is refused."""
        for begin in range(0, count, AT_ONCE):
            fresh = [self._connect(number) for number in range(begin, min(begin + AT_ONCE, count))]
            while not all(viewer.is_in for viewer in fresh):
                self._wake(1.0)

    def _connect(self, number: int) -> Viewer:
        port, path, hellos, ticket = self._door
        hello = hellos[(number + number // SAMPLED) % len(hellos)]  # each said to as many, samples too
        connection = socket.create_connection(("127.0.0.1", port), 60)
        connection.sendall(handshake(port, path, ticket))
        connection.setblocking(False)
        viewer = Viewer(connection, hello, self.heard, number % SAMPLED == 0)
        self._woken[connection.fileno()] = viewer
        self._poll.register(connection.fileno(), select.EPOLLIN)
        return viewer

    def listen(self) -> None:
        """Read what waits for the samples until others are to be visited, and then visit them."""
        self._wake(max(0.0, self._due - time.monotonic()))
        if time.monotonic() >= self._due:
            self._visit(min(VISITED, len(self._visited)))
            pause = self.round * VISITED / max(len(self._visited), VISITED)
            self._due = max(self._due + pause, time.monotonic() - self.round)

    def _wake(self, seconds: float) -> None:
        """Whoever has something to read; at most `seconds` for the first."""
        for number, _ in self._poll.poll(seconds):
            viewer = self._woken[number]
            size = self._read(viewer)
            if not size:
                self._leave(viewer)
            elif not viewer.is_in:
                self._enter(viewer, size)
            else:
                viewer.parse(bytes(self._buffer[:size]))

    def _enter(self, viewer: Viewer, size: int) -> None:
        viewer.enter(bytes(self._buffer[:size]))
        if viewer.is_in and not viewer.sampled:
            self._sleep(viewer)
            self._visited.append(viewer)

    def _visit(self, count: int) -> None:
        for _ in range(count):
            viewer = self._visited.popleft()
            try:
                size = self._read(viewer)
            except BlockingIOError:
                self._visited.append(viewer)
                continue
            if size:
                viewer.glance(self._buffer, size)
                self._visited.append(viewer)
            else:
                self._hung_up(viewer)

    def _read(self, viewer: Viewer) -> int:
        """Bytes that were read into the buffer; 0 where it was hung up on. Raises BlockingIOError where none wait."""
        try:
            return viewer.socket.recv_into(self._buffer)
        except ConnectionError:
            return 0

    def _sleep(self, viewer: Viewer) -> None:
        self._poll.unregister(viewer.socket.fileno())
        del self._woken[viewer.socket.fileno()]

    def _leave(self, viewer: Viewer) -> None:
        self._sleep(viewer)
        self._hung_up(viewer)
        if not viewer.is_in:
            raise ConnectionError("hung up on at the door")

    def _hung_up(self, viewer: Viewer) -> None:
        viewer.socket.close()
        self.heard.hung_up += 1


def listen(
    port: int, path: str, hellos: Sequence[bytes], ticket: str, count: int, *, ready: Any, is_over: Callable[[], bool]
) -> Heard:
    """Open `count` connections, say so by `ready`, and count until it `is_over` and nothing comes any more."""
    crowd = Crowd(port, path, hellos, ticket)
    crowd.let_in(count)
    began = time.process_time()
    ready.release()
    last = time.monotonic()
    while crowd.round == ROUND or time.monotonic() - last < QUIET:
        before = crowd.heard.messages
        crowd.listen()
        if crowd.heard.messages != before:
            last = crowd.heard.last = time.monotonic()
            crowd.heard.cpu = time.process_time() - began
        if crowd.round == ROUND and is_over():
            crowd.round, last = LAST_ROUNDS, time.monotonic()
    return crowd.heard

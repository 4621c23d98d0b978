"""One room, many WebSocket viewers on this machine: deliveries a second, p99, loss, memory a viewer.

    python -m benchmarks.room_fanout [--viewers 10000] [--seconds 20] [--peer-viewers 200] [--load 1]

Viewers are raw sockets in processes of their own, with tickets as the pages give them; one in a hundred hears as a
browser does and is the sample for the delays (`benchmarks.listeners`). Processor time per delivery is given for the
server and for listening, which share the cores. The rate is of the time until the last delivery. The room speaks by
`stream.live.saying`, as its actions do: 8 lines of chat and 2 ticks a second, `--load` times as many (above the calm
they travel in frames of 250 ms; messages and frames are counted apart). The peer, Django Channels on daphne with the
in-memory layer, does the same in the same run with fewer viewers, as its layer lives in one process and looks through
all channels for each message. Its queues are long and its messages last, so that it loses none by its settings.
"""

import argparse
import json
import multiprocessing
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing.queues import Queue
from pathlib import Path
from typing import Any

import psutil
from rich.console import Console
from rich.table import Table

from benchmarks.listeners import Heard, listen
from laotie.runtime.embedded.nats import Nats
from laotie.runtime.processes.ports import first_free
from laotie.stream.bus import Bus
from laotie.stream.counters import LIVE
from laotie.stream.live import jwt
from laotie.stream.live.keys import derived
from laotie.stream.live.lanes import LANES
from laotie.stream.live.saying import Speaker

PROCESSES = 2
SECRET = "benchmark"
LINES, TICKS = 8, 2  # a second
WORDS = "x" * 120  # a line is about 200 bytes
ROOM = "room.benchmark"


@dataclass(frozen=True)
class Result:
    """`deliveries` are messages that reached a viewer; `frames` what they travelled in. `seconds` go from the first
    word to the last delivery, however long after the last word that was."""

    viewers: int
    said: int
    deliveries: int
    frames: int
    seconds: float
    p99_ms: float
    kb_per_viewer: float
    server_us: float  # processor time of the server for one delivery
    listening_us: float  # and of those who listen and count

    @property
    def per_second(self) -> float:
        return self.deliveries / self.seconds

    @property
    def lost(self) -> int:
        return self.viewers * self.said - self.deliveries


@contextmanager
def nats_server(folder: Path) -> Iterator[tuple[Nats, int]]:
    """NATS as a home runs it, and its process id."""
    port = first_free(24222)
    server = Nats(folder, port, first_free(port + 1), SECRET)
    process = subprocess.Popen(server.command(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield server, process.pid
    finally:
        process.terminate()
        process.wait()


@dataclass(frozen=True)
class Door:
    """Where viewers come in: what they ask for, bear, and say first, one viewer this and the next one that."""

    port: int
    path: str
    hellos: tuple[bytes, ...] = (b"",)
    ticket: str = ""


def crowd(door: Door, count: int, ready: Any, stop: Any, told: "Queue[Heard]") -> None:
    """One process's share of the viewers."""
    open_files()
    told.put(listen(door.port, door.path, door.hellos, door.ticket, count, ready=ready, is_over=stop.is_set))


def gather(door: Door, viewers: int, server: int, speak: Callable[[], tuple[int, float]]) -> Result:
    """Let `viewers` in, let `speak` say everything, and count what reached them. `server` is its process id; `speak`
    gives how many messages it said and when it began (monotonic seconds)."""
    context = multiprocessing.get_context("spawn")
    ready, stop, told = context.Semaphore(0), context.Event(), context.Queue()
    shares = [viewers // PROCESSES + (part < viewers % PROCESSES) for part in range(PROCESSES)]
    empty = psutil.Process(server).memory_info().rss
    crowds = [context.Process(target=crowd, args=(door, share, ready, stop, told)) for share in shares if share]
    for process in crowds:
        process.start()
    for _ in crowds:
        while not ready.acquire(timeout=1):
            if not all(process.is_alive() for process in crowds):
                raise SystemExit("The viewers did not get in.")
    full = psutil.Process(server).memory_info().rss
    worked = cpu_of(server)
    said, began = speak()
    stop.set()
    heard = [told.get() for _ in crowds]
    worked = cpu_of(server) - worked
    seconds = max(0.001, *(one.last - began for one in heard))
    for process in crowds:
        process.join()
    if hung_up := sum(one.hung_up for one in heard):
        print(f"{hung_up} viewers were hung up on")
    delays = sorted(delay for one in heard for delay in one.delays)
    messages = sum(one.messages for one in heard)
    return Result(
        viewers, said, messages, sum(one.frames for one in heard), seconds,
        1000 * delays[int(0.99 * (len(delays) - 1))] if delays else 0.0, (full - empty) / 1024 / viewers,
        1e6 * worked / max(messages, 1), 1e6 * sum(one.cpu for one in heard) / max(messages, 1),
    )  # fmt: skip


def cpu_of(pid: int) -> float:
    times = psutil.Process(pid).cpu_times()
    return times.user + times.system


def open_files() -> None:
    """As many as this machine lets us: a connection each."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def talk(say: Any, seconds: int, load: int) -> tuple[int, float]:
    """Lines and ticks at an even pace; how many, and when the first was said."""
    count = (LINES + TICKS) * load * seconds
    began = time.monotonic()
    for number in range(count):
        time.sleep(max(0.0, began + number / ((LINES + TICKS) * load) - time.monotonic()))
        say({"seq": number, "kind": "said", "at": time.time(), "body": {"words": WORDS}})
    return count, began


def ours(viewers: int, seconds: int, load: int) -> Result:
    with tempfile.TemporaryDirectory() as folder, nats_server(Path(folder)) as (server, pid):
        bus = Bus(server.url)
        bus.run(_connected, seconds=10)
        signing, account = derived(SECRET, "signing"), derived(SECRET, "account").public
        now = int(time.time())
        backend = derived(SECRET, "backend").public
        ticket = jwt.listener(signing, account, backend, [f"{ROOM}.>"], issued=now, expires=now + 3600)
        speaker = Speaker(bus)
        speaker.heard_by(ROOM, viewers)  # as a room's own beat says
        door = Door(server.websocket_port, "/live/benchmark", tuple(hello(lane) for lane in range(LANES)), ticket)
        result = gather(door, viewers, pid, lambda: talk(partial(speaker.say, f"{ROOM}.said"), seconds, load))
        bus.close()
        unsaid = sum(int(LIVE.labels(fate)._value.get()) for fate in ("lost", "dropped"))
        if unsaid:
            print(f"{unsaid} messages were lost before they reached the bus")
        return result


def hello(lane: int) -> bytes:
    """What a browser says of which `stream.live.lanes.topics` drew this lane."""
    heard = "".join(f"SUB {topic} {number}\r\n" for number, topic in enumerate((f"{ROOM}.*", f"{ROOM}.{lane}.*"), 1))
    return b'CONNECT {"verbose":false,"pedantic":false,"protocol":1}\r\n' + heard.encode()


async def _connected(client: object) -> None:
    """Only to connect."""


def peer(viewers: int, seconds: int, load: int) -> Result:
    """Django Channels and daphne, in a process of their own that also speaks."""
    port = first_free(24800)
    script = Path(__file__).parent / "peers" / "django_channels.py"
    command = [sys.executable, str(script), str(port), str(seconds), str(load), str(viewers)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    words = process.stdout
    assert words
    if not words.readline():  # it listens, or did not come up
        raise SystemExit(
            "Django Channels did not start. `make bench` installs what it needs; --peer-viewers 0 goes without."
        )
    try:
        return gather(Door(port, "/room"), viewers, process.pid, lambda: _told(words.readline()))
    finally:
        process.terminate()
        process.wait()


def _told(line: str) -> tuple[int, float]:
    """(how many messages, when the first was said), as the peer says it."""
    count, began = line.split()
    return int(count), float(began)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--viewers", type=int, default=10_000)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--peer-viewers", type=int, default=200)
    parser.add_argument("--load", type=int, default=1)
    options = parser.parse_args()
    open_files()
    results = {"laotie": ours(options.viewers, options.seconds, options.load)}
    if options.peer_viewers:
        results["channels"] = peer(options.peer_viewers, options.seconds, options.load)
    table = Table("", "viewers", "deliveries/s", "p99 ms", "lost", "frames", "kB a viewer", "server µs", "listening µs")
    for name, one in results.items():
        table.add_row(name, f"{one.viewers:,}", f"{one.per_second:,.0f}", f"{one.p99_ms:.0f}", f"{one.lost:,}",
                      f"{one.frames:,}", f"{one.kb_per_viewer:.1f}", f"{one.server_us:.1f}",
                      f"{one.listening_us:.1f}")  # fmt: skip
    Console().print(table)
    mine, theirs = results["laotie"], results.get("channels")
    print(json.dumps({
        "connections": mine.viewers, "deliveries_per_s": round(mine.per_second), "p99_ms": round(mine.p99_ms, 1),
        "lost": mine.lost, "frames": mine.frames, "kb_per_viewer": round(mine.kb_per_viewer, 1),
        "server_us_per_delivery": round(mine.server_us, 1), "listening_us_per_delivery": round(mine.listening_us, 1),
        "channels_deliveries_per_s": round(theirs.per_second) if theirs else None,
        "channels_connections": theirs.viewers if theirs else None, "channels_lost": theirs.lost if theirs else None,
    }))  # fmt: skip


if __name__ == "__main__":
    main()

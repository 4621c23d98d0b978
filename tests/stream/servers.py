"""Servers that a test may kill and start again on the same port and folder."""

import asyncio
import signal
import socket
import subprocess
from pathlib import Path
from threading import Event

from nats.aio.client import Client

from laotie.runtime.embedded.nats import Nats
from laotie.stream.bus import Bus, BusAway

PAUSE = Event()


class NatsServer:
    """`start` returns when it answers; `kill` is kill -9."""

    def __init__(self, folder: Path, origins: tuple[str, ...] = ()) -> None:
        self.nats = Nats(folder, free_port(), free_port(), "secret", origins=origins)
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return self.nats.url

    def start(self) -> None:
        self.process = subprocess.Popen(
            self.nats.command(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        probe = Bus(self.url)
        while True:
            try:
                probe.run(_settled, seconds=5)
                break
            except BusAway:
                assert self.process.poll() is None, "nats-server did not start"
                PAUSE.wait(0.05)
        probe.close()

    def kill(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None

    def forget_streams(self, bus: Bus) -> None:
        bus.run(_delete_streams, seconds=5)


async def _settled(client: Client) -> None:
    await client.jetstream().account_info()


async def _delete_streams(client: Client) -> None:
    manager = client.jetstream()
    await asyncio.gather(*[manager.delete_stream(info.config.name) for info in await manager.streams_info()])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

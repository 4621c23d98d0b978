"""A NATS server from the wheel, with JetStream on disk, for one module's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from laotie.stream.bus import Bus
from tests.stream.servers import NatsServer


@pytest.fixture(scope="module")
def nats_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NatsServer]:
    server = NatsServer(Path(tmp_path_factory.mktemp("nats")))
    server.start()
    yield server
    server.kill()


@pytest.fixture
def bus(nats_server: NatsServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bus]:
    """This process's bus, connected to the test's server, with an empty stream."""
    connected = Bus(nats_server.url)
    monkeypatch.setattr("laotie.stream.beacons.pages.bus", lambda: connected)
    nats_server.forget_streams(connected)
    yield connected
    connected.close()

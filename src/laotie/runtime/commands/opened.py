"""A home's database within reach of a command: that of a running market, or started for the command and stopped."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from laotie.runtime.config import Config, load
from laotie.runtime.embedded.nats import Nats
from laotie.runtime.embedded.postgres import Cluster
from laotie.runtime.home import Founding, Home
from laotie.runtime.processes import ports
from laotie.runtime.processes.program import Program

if TYPE_CHECKING:
    from nats.aio.client import Client

NATS_PORT = 4222
ANSWERS_WITHIN = 10.0  # seconds


@contextmanager
def opened(home: Path | None, founding: Founding) -> Iterator[Config]:
    """Make the home where it is new (as `founding` says), reach its database, set Django up and migrate.

    Raises ConfigError, PostgresFault, OSError.
    """
    config = furnished(home, founding)
    with reachable(config) as url:
        os.environ["DATABASE_URL"] = url
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0, interactive=False)
        yield config


def furnished(home: Path | None, founding: Founding) -> Config:
    """The settings of a home, which is made where it is new. Raises ConfigError, OSError."""
    if home:
        os.environ["LAOTIE_HOME"] = str(home.absolute())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laotie.runtime.django")
    Home(load().home).make(founding)
    return load()


@contextmanager
def with_bus(home: Path | None, founding: Founding) -> Iterator[str]:
    """The home's bus, started for a command before its settings are read, and stopped after it; its address."""
    config = furnished(home, founding)
    port = ports.first_free(NATS_PORT)
    server = Nats(config.home / "nats", port, ports.first_free(port + 1), config.nats_password)
    leashed = Program("nats", server.command()).leashed(os.getpid())
    running = subprocess.Popen(leashed, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.environ["NATS_URL"] = server.url
    try:
        _await(server.url)
        yield server.url
    finally:
        running.terminate()
        running.wait()


def _await(url: str) -> None:
    """Return when the bus answers. Raises BusAway after ten seconds."""
    from laotie.stream.bus import Bus, BusAway

    probe, deadline = Bus(url), time.monotonic() + ANSWERS_WITHIN
    while True:
        try:
            probe.run(_flushed, seconds=1)
            break
        except BusAway:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
    probe.close()


async def _flushed(client: "Client") -> None:
    await client.jetstream().account_info()


@contextmanager
def reachable(config: Config) -> Iterator[str]:
    """The address of the home's database, running."""
    if config.database_url:
        yield config.database_url
        return
    cluster = Cluster(config.home / "pg")
    cluster.create()
    was_running = cluster.is_running()
    cluster.start()
    try:
        yield cluster.url()
    finally:
        if not was_running:
            from django.db import connections

            connections.close_all()
            cluster.stop()

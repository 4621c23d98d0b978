"""A market on servers of its operator's own: PostgreSQL by TCP with a password, NATS as `laotie bus` sets it up."""

import asyncio
import subprocess
import sys
from urllib.parse import quote

import psycopg
import pytest
from nats.aio.client import Client

from laotie.runtime.embedded.nats import binary
from laotie.runtime.embedded.postgres import Cluster
from laotie.runtime.processes import ports
from laotie.stream.bus import dialled
from tests.runtime.market import WORKER, RunningMarket, remove

PASSWORD = "p@ss/w:rd"
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("market")]


@pytest.fixture
def database_url(tmp_path, monkeypatch):
    """A PostgreSQL that is not the market's: on a port, for a user who owns one database and nothing else."""
    cluster, port = Cluster(tmp_path / "elsewhere" / "pg", durable=False), ports.first_free(27000 + 100 * WORKER)
    monkeypatch.setenv("PGPORT", str(port))
    cluster.create()
    with (cluster.data / "postgresql.conf").open("a") as settings:
        settings.write("listen_addresses = '127.0.0.1'\n")
    with (cluster.data / "pg_hba.conf").open("r+") as access:
        access.write("local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n")
        access.truncate()
    cluster.start()
    monkeypatch.delenv("PGPORT")
    with psycopg.connect(f"{cluster.url('postgres')}&port={port}", autocommit=True) as connection:
        connection.execute(f"CREATE ROLE keeper LOGIN PASSWORD '{PASSWORD}'")
        connection.execute("CREATE DATABASE shop OWNER keeper")
    yield f"postgresql://keeper:{quote(PASSWORD, safe='')}@127.0.0.1:{port}/shop?sslmode=disable"
    cluster.stop()
    remove(tmp_path / "elsewhere")


@pytest.fixture
def home(tmp_path):
    home = tmp_path / "home"
    yield home
    remove(home)


def laotie(*arguments):
    done = subprocess.run([sys.executable, "-m", "laotie", *arguments], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


async def streams(url):
    client = Client()
    await client.connect(**dialled(url))
    named = {info.config.name for info in await client.jetstream().streams_info()}
    await client.close()
    return named


def test_a_market_runs_on_servers_elsewhere(home, tmp_path, database_url):
    market = RunningMarket(home, "--language", "en", settings={"DATABASE_URL": database_url})
    try:
        market.until_open()
        assert market.get("/readyz")[0] == 200
        assert market.child("postgres", "-D") is None
    finally:
        assert market.end() == 0

    port = ports.first_free(27500 + 100 * WORKER)
    folder = tmp_path / "bus"
    said = laotie("bus", str(folder), "--home", str(home), "--port", str(port), "--live-port",
                  str(ports.first_free(port + 1)), "--origin", "http://localhost")  # fmt: skip
    nats_url = f"nats://127.0.0.1:{port}?credentials={folder / 'market.creds'}"
    assert f"NATS_URL={nats_url}\n" in said
    server = subprocess.Popen([str(binary()), "-c", str(folder / "nats.conf")], stderr=subprocess.DEVNULL)
    try:
        settings = {"DATABASE_URL": database_url, "NATS_URL": nats_url}
        market = RunningMarket(home, settings=settings)
        try:
            market.until_open()
            assert market.child("nats-server") is None
            market.until(lambda: {"beacons"} <= asyncio.run(streams(nats_url)))
            with psycopg.connect(database_url) as connection:
                assert connection.execute("SELECT count(*) > 0 FROM procrastinate_jobs").fetchone() is not None
        finally:
            assert market.end() == 0
    finally:
        server.kill()
        server.wait()


def test_a_market_whose_database_is_not_there_says_so_and_ends(home):
    market = RunningMarket(home, settings={"DATABASE_URL": "postgresql://laotie@127.0.0.1:1/laotie"})
    assert market.process.wait(60) == 1
    assert "Error: DATABASE_URL does not answer at 127.0.0.1:1: " in market.words
    assert "Traceback" not in market.words
    assert market.processes() == []

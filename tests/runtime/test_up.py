"""`laotie up` as a whole: a second start, violent deaths, and what is found again."""

import socket

import psycopg
import pytest

from tests.runtime.market import RunningMarket, remove

PARTS = {
    "web": ("granian",),
    "nats": ("nats-server",),
    "recorder": ("recorder",),
    "timers": ("procrastinate", "timers"),
    "postgres": ("postgres", "-D"),
}
pytestmark = pytest.mark.xdist_group("market")


@pytest.fixture
def home(tmp_path):
    home = tmp_path / "home"
    yield home
    remove(home)


def test_a_market_survives_a_second_start_and_kill_9_with_its_data(home):
    market = RunningMarket(home, "--language", "en")
    try:
        market.until_open()
        assert market.get("/healthz")[0] == 200
        assert market.get("/readyz") == (200, '{"ready": true, "waiting_for": []}')
        assert "laotie_requests_total" in market.get("/metrics")[1]

        second = RunningMarket(home)
        assert second.process.wait(30) == 1
        assert f"already running at http://localhost:{market.port} (pid {market.process.pid})" in second.words

        with psycopg.connect(market.database_url()) as connection:
            connection.execute("CREATE TABLE kept (words text)")
            connection.execute("INSERT INTO kept VALUES ('still here')")
        secret = (home / "market.toml").read_text()
        market.kill_all_that_watch()
        market.until(lambda: market.processes() == [])

        market = RunningMarket(home)
        market.until_open()
        with psycopg.connect(market.database_url()) as connection:
            assert connection.execute("SELECT words FROM kept").fetchall() == [("still here",)]
        assert (home / "market.toml").read_text() == secret
    finally:
        assert market.end() == 0
    assert market.processes() == []


@pytest.mark.slow
def test_every_part_that_dies_is_started_again(home):
    market = RunningMarket(home, "--language", "en")
    try:
        market.until_open()
        for name, words in PARTS.items():
            market.until(lambda words=words: market.child(*words))
            begun = market.child(*words).children()
            market.child(*words).kill()
            market.until(lambda name=name: f"{name} ended (signal SIGKILL)" in market.words)
            market.until(lambda begun=begun: not any(child.is_running() for child in begun))
            market.until(lambda: market.get("/readyz")[0] == 200)
    finally:
        assert market.end() == 0
    assert market.processes() == []


def test_a_port_that_is_taken_is_named_and_nothing_is_left(home):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        market = RunningMarket(home, "--port", str(port))
        assert market.process.wait(30) == 1
    assert f"Error: Port {port} is held by" in market.words
    assert market.processes() == []


@pytest.mark.parametrize("option", [("--currency", "yuan"), ("--time-zone", "Moon/Crater")])
def test_a_market_that_cannot_be_founded_leaves_no_home(home, option):
    market = RunningMarket(home, *option)
    assert market.process.wait(30) == 1
    assert "Error: A setting cannot be used." in market.words
    assert not home.exists()

"""The recorder, PostgreSQL and NATS are killed in mid-stream; every fact is in the lake once."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from uuid import UUID

import psycopg
import pytest

from laotie.kit import clock
from laotie.stream.beacons.contracts import Click
from laotie.stream.beacons.intake import Beacon
from laotie.stream.beacons.jetstream import publish
from laotie.stream.bus import BusAway
from laotie.stream.facts import Recorded, encode
from laotie.stream.lake.columns import to_facts
from tests.faults.market import PAUSE, Servers

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("market")]
EACH = 1500  # facts by each way
KILLS = 12
MADE = "CREATE TABLE IF NOT EXISTS test_made (number int PRIMARY KEY)"
EMIT = """
WITH made AS (INSERT INTO test_made VALUES (%(number)s) ON CONFLICT DO NOTHING RETURNING number)
SELECT stream_emit('test.made', 1, now(), now(), jsonb_build_object('number', number)) FROM made
"""


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[Servers]:
    servers = Servers(tmp_path)
    servers.start()
    yield servers
    servers.stop()


def emit_all(servers: Servers) -> None:
    """One fact a transaction; one that was perhaps committed is tried again under its own number."""
    numbers = iter(range(EACH))
    number = next(numbers)
    while True:
        try:
            with servers.connection() as connection:
                connection.autocommit = True
                connection.execute(MADE)
                while True:
                    connection.execute(EMIT, {"number": number})
                    number = next(numbers)
        except psycopg.OperationalError:
            PAUSE.wait(0.05)
        except StopIteration:
            return


def beacon(number: int) -> Beacon:
    now = clock.now()
    fact = Click(UUID(int=1), UUID(int=2), number, None)
    return Beacon(f"click {number}", Recorded(UUID(int=number), "click", 1, now, now, encode(fact)))


def send_all(servers: Servers) -> None:
    bus = servers.bus()
    for first in range(0, EACH, 10):
        beacons = [beacon(number) for number in range(first, first + 10)]
        while True:
            try:
                bus.run(lambda nats, beacons=beacons: publish(nats, beacons), 2)
                break
            except BusAway:
                PAUSE.wait(0.05)
    bus.close()


def in_lake(servers: Servers) -> int:
    lake = servers.lake()
    return lake.count("test.made") + lake.count("click")


def numbers(servers: Servers, kind: str, field: str) -> list[int]:
    return sorted(fact.body[field] for fact in to_facts(servers.lake().read(kind)))


def test_kills_in_mid_stream_lose_and_double_nothing(servers: Servers):
    work = [Thread(target=emit_all, args=[servers]), Thread(target=send_all, args=[servers])]
    for thread in work:
        thread.start()
    kills: list[Callable[[], None]] = [servers.kill_recorder, servers.kill_postgres, servers.kill_nats]
    for number, kill in zip(range(1, KILLS + 1), itertools.cycle(kills), strict=False):
        while in_lake(servers) < number * 2 * EACH // (KILLS + 1):
            PAUSE.wait(0.01)
        kill()
    for thread in work:
        thread.join()
    while in_lake(servers) < 2 * EACH:
        PAUSE.wait(0.05)
    assert numbers(servers, "test.made", "number") == list(range(EACH))
    assert numbers(servers, "click", "position") == list(range(EACH))
    report = servers.verify()
    assert report.returncode == 0, report.stdout

"""Journals: posted without waiting, found in a moment, counted when lost, carried to the lake, kept for their days."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from prometheus_client import CollectorRegistry, Counter

from laotie.kit import clock
from laotie.kit.ids import moment_of, new_id
from laotie.stream.bus import Bus, BusAway
from laotie.stream.facts import Fact, Recorded, encode, fact
from laotie.stream.journals.journal import Journal
from laotie.stream.journals.posting import Poster, last
from laotie.stream.journals.source import JournalSource
from laotie.stream.lake import checking, expiry
from laotie.stream.recorder import Recorder
from tests.stream.lakes import NOON, lake_at, seen, strokes
from tests.stream.servers import NatsServer

LONG = 10.0  # seconds
JOURNAL = Journal("test_rings", "rung", most_bytes=1024**2, largest=4096, direct=True)


@fact("test.tolled", version=1, kept_days=30)
@dataclass(frozen=True, slots=True)
class Rung(Fact):
    number: int


class Posted:
    """A poster, and the fates it has counted."""

    def __init__(self, most: int = 8) -> None:
        self.registry = CollectorRegistry()
        self.poster = Poster(JOURNAL, Counter("rings", "", ["fate"], registry=self.registry), most)

    def post(self, bus, *rungs: Recorded) -> None:
        for one in rungs:
            self.poster.post(bus, str(one.fact_id), one)

    def __call__(self) -> dict[str, float]:
        samples = [s for metric in self.registry.collect() for s in metric.samples if s.name == "rings_total"]
        return {sample.labels["fate"]: sample.value for sample in samples}


def rung(number: int, at=NOON) -> Recorded:
    return Recorded(new_id(), "test.tolled", 1, at, at, encode(Rung(number)))


@pytest.fixture
def posted() -> Iterator[Posted]:
    yield Posted()


def test_what_is_posted_is_found_in_a_moment_and_goes_to_the_lake(bus: Bus, tmp_path: Path, posted: Posted):
    first, second = rung(1), rung(2)
    posted.post(lambda: bus, first, second)
    assert posted.poster.settle(LONG)
    assert last(bus, JOURNAL, str(first.fact_id), 5) == first
    assert last(bus, JOURNAL, str(new_id()), 5) is None
    posted.post(lambda: bus, second)
    assert posted.poster.settle(LONG)
    source = JournalSource(bus, JOURNAL)
    with lake_at(tmp_path).writing() as lake:
        assert Recorder(lake, [source]).record(source) == 2
    assert posted() == {"kept": 3.0, "away": 0.0}
    lake = seen(tmp_path)
    assert lake.find("test.tolled", second.fact_id) == second
    assert lake.find("test.tolled", UUID(int=2**128 - 1)) is None
    assert lake.find("test.never", second.fact_id) is None


def test_what_is_posted_within_a_moment_goes_out_together(bus: Bus, posted: Posted, monkeypatch: pytest.MonkeyPatch):
    together, publish = [], Poster._publish

    async def counted(poster, stream, batch):
        together.append(len(batch.posts))
        return await publish(poster, stream, batch)

    monkeypatch.setattr(Poster, "_publish", counted)
    posted.post(lambda: bus, *map(rung, range(8)))
    assert posted.poster.settle(LONG)
    assert together in ([8], [8, 8]), "twice where the stream had to be made first"
    assert posted() == {"kept": 8.0, "away": 0.0}
    posted.post(lambda: bus, rung(9))
    assert posted.poster.settle(LONG)
    assert together[-1] == 1, "what has gone out does not go out again"


def test_one_that_the_journal_does_not_take_is_lost_alone(bus: Bus, posted: Posted):
    kept = rung(1)
    posted.post(lambda: bus, kept, replace(rung(2), body={"number": 2, "words": "x" * JOURNAL.largest}))
    assert posted.poster.settle(LONG)
    assert posted() == {"kept": 1.0, "away": 1.0}
    assert last(bus, JOURNAL, str(kept.fact_id), 5) == kept


def test_a_bus_that_is_away_is_counted_and_nobody_waits(posted: Posted):
    def away() -> Bus:
        raise BusAway("none is configured")

    posted.post(away, rung(1))
    nowhere = Bus("nats://127.0.0.1:1")
    posted.post(lambda: nowhere, rung(1), rung(2))
    assert posted.poster.settle(LONG)
    nowhere.close()
    assert posted() == {"kept": 0.0, "away": 3.0}


def test_what_is_under_way_is_bounded(bus: Bus):
    posted = Posted(most=2)
    posted.post(lambda: bus, *map(rung, range(5)))
    assert not posted.poster.settle(0)
    assert posted.poster.settle(LONG)
    assert posted() == {"crowded": 3.0, "kept": 2.0, "away": 0.0}


def test_a_killed_server_loses_nothing_that_was_kept(nats_server: NatsServer, bus: Bus, posted: Posted):
    one = rung(7)
    posted.post(lambda: bus, one)
    assert posted.poster.settle(LONG)
    nats_server.kill()
    nats_server.start()
    again = Bus(nats_server.url)
    assert last(again, JOURNAL, str(one.fact_id), 5) == one
    again.close()


def test_facts_leave_after_their_days_and_the_books_still_balance(tmp_path: Path):
    with lake_at(tmp_path).writing() as lake:
        for number, back in enumerate((32, 31, 30, 1)):
            lake.commit("rings", number, [rung(number, NOON - timedelta(days=back))])
        lake.commit("outbox", 1, strokes(range(3), NOON - timedelta(days=400)))
        with clock.travel(NOON):
            assert expiry.expire(lake) == 2
            assert expiry.expire(lake) == 0
    lake = seen(tmp_path)
    assert lake.read("test.tolled")["number"].to_pylist() == [2, 3]
    assert lake.count("test.struck") == 3, "what has no such word is kept for ever"
    assert checking.uncounted(lake) == []
    with clock.travel(NOON + timedelta(days=1)), lake_at(tmp_path).writing() as writing:
        writing.bury()
    assert checking.check(seen(tmp_path)) == []


def test_a_uuid_says_when_it_was_made():
    assert abs(moment_of(new_id()) - clock.now()) < timedelta(minutes=1)
    assert moment_of(UUID(int=2**128 - 1)).year == 9999

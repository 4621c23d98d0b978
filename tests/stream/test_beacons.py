"""Beacons: what a token proves is kept once; what is forged, expired, repeated or too much is dropped and counted."""

import json
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from nats.aio.client import Client as Nats

from laotie.kit import clock, tokens
from laotie.kit.tokens import seal
from laotie.stream.beacons import pages
from laotie.stream.beacons.contracts import Dwell, Impression, Search
from laotie.stream.beacons.intake import LARGEST, MOST_EVENTS, Fate, judge
from laotie.stream.beacons.limits import Allowance, Seen
from laotie.stream.beacons.searches import seal_search
from laotie.stream.beacons.source import BeaconSource, all_told
from laotie.stream.bus import Bus, BusAway
from laotie.stream.counters import BEACONS
from laotie.stream.recorder import Recorder
from tests.stream.lakes import NOON, lake_at, seen
from tests.stream.servers import NatsServer

DECISION, ITEM, VIEWER = UUID(int=1), UUID(int=2), UUID(int=3)


@pytest.fixture(autouse=True)
def fresh_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "seen", Seen())
    monkeypatch.setattr(pages, "allowance", Allowance(per_second=20, burst=600))


@pytest.fixture
def counted() -> "Gains":
    return Gains({fate: value(fate) for fate in Fate})


class Gains:
    """Called, it says what each counter gained since the test began."""

    def __init__(self, before: dict[Fate, float]) -> None:
        self.before = before

    def __call__(self) -> dict[str, int]:
        return {str(fate): int(value(fate) - was) for fate, was in self.before.items() if value(fate) != was}


def value(fate: Fate) -> float:
    return BEACONS.labels(fate)._value.get()


def send(client: Client, *events: object) -> tuple[int, dict]:
    answer = client.post("/beacon", json.dumps({"events": events}), content_type="application/json")
    return answer.status_code, answer.json()


def shown(position: int, kind: str = "impression", **more: object) -> dict:
    return {"kind": kind, "token": seal(DECISION, ITEM, position, VIEWER), **more}


def recorded(bus: Bus, folder: Path) -> None:
    with lake_at(folder).writing() as lake:
        Recorder(lake, [BeaconSource(bus)]).record(BeaconSource(bus))


def test_events_reach_the_lake_without_touching_the_database(client: Client, bus: Bus, tmp_path: Path, counted):
    with clock.travel(NOON):
        words = {"kind": "search", "token": seal_search(DECISION, "米粉 rice", 17, None), "words": "米粉 rice"}
        dwell = shown(4, "dwell", milliseconds=5100, age=2000)
        assert send(client, shown(4), dwell, words) == (202, {"kept": 3, "dropped": 0})
    recorded(bus, tmp_path)
    impression, dwelt, search = sorted(seen(tmp_path).replay(NOON.date()), key=lambda fact: fact.fact_id)
    assert impression.fact() == Impression(DECISION, ITEM, 4, VIEWER)
    assert (impression.occurred_at, impression.recorded_at) == (NOON, NOON)
    assert dwelt.fact() == Dwell(DECISION, ITEM, 4, VIEWER, 5100)
    assert dwelt.occurred_at == NOON - timedelta(seconds=2)
    assert search.fact() == Search(DECISION, None, "米粉 rice", 17)
    assert counted() == {"kept": 3}


def test_forged_expired_and_malformed_events_are_dropped_and_counted(client: Client, bus: Bus, counted):
    with clock.travel(clock.now() - tokens.LIFE - timedelta(minutes=2)):
        old = shown(1)
    forged = {"kind": "impression", "token": seal(DECISION, ITEM, 1)[:-2] + "AA"}
    other_words = {"kind": "search", "token": seal_search(DECISION, "tea", 3), "words": "coffee"}
    events = [shown(0), old, forged, other_words, shown(2, "stare"), "rubbish", None, {"kind": "click"}]
    assert send(client, *events) == (202, {"kept": 1, "dropped": 7})
    assert counted() == {"kept": 1, "expired": 1, "forged": 2, "malformed": 4}


def test_a_repetition_is_kept_once_whoever_hears_it(client: Client, bus: Bus, tmp_path: Path, counted, monkeypatch):
    event = shown(0)
    assert send(client, event, event) == (202, {"kept": 1, "dropped": 1})
    assert send(client, event) == (202, {"kept": 0, "dropped": 1})
    monkeypatch.setattr(pages, "seen", Seen())  # another web process, or this one after a restart
    assert send(client, event, {**event, "kind": "click"}) == (202, {"kept": 1, "dropped": 1})
    assert counted() == {"kept": 2, "repeated": 3}
    recorded(bus, tmp_path)
    assert {kind: seen(tmp_path).count(kind) for kind in seen(tmp_path).kinds()} == {"click": 1, "impression": 1}


def test_a_batch_too_large_is_refused(client: Client, counted):
    answer = client.post("/beacon", b" " * (LARGEST + 1), content_type="application/json")
    assert answer.status_code == 413
    assert send(client, *[shown(0)] * (MOST_EVENTS + 1))[0] == 400
    assert counted() == {"limited": 1, "malformed": 1}


@pytest.mark.parametrize("raw", [b"", b"[]", b"{}", b'{"events": 3}', b"\xff", b"[" * 20_000, b'{"events": {}}'])
def test_what_is_no_batch_is_refused(client: Client, raw: bytes):
    assert client.post("/beacon", raw, content_type="text/plain").status_code == 400


def test_only_post(client: Client):
    assert client.get("/beacon").status_code == 405


@given(st.dictionaries(st.sampled_from(["kind", "token", "age", "milliseconds", "words"]),
                       st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=300)))  # fmt: skip
def test_no_event_can_break_the_intake(event: dict):
    assert judge(event) in Fate


@given(st.sampled_from(["impression", "view", "click", "dwell", "search"]), st.none() | st.integers() | st.text())
def test_no_field_beside_a_good_token_can_break_it(kind: str, rubbish: object):
    event = {"kind": kind, "token": seal(DECISION, ITEM, 0), "age": rubbish, "milliseconds": rubbish, "words": rubbish}
    judge(event)


def test_ages_are_bounded():
    with clock.travel(NOON):
        found = judge(shown(0, age=10**12))
        assert not isinstance(found, Fate)
        assert found.recorded.occurred_at == NOON - timedelta(hours=1)


def test_one_address_may_send_only_so_much(client: Client, bus: Bus, counted, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pages, "allowance", Allowance(per_second=1, burst=3))
    with clock.travel(NOON):
        assert send(client, shown(0), shown(1))[0] == 202
        assert send(client, shown(2), shown(3))[0] == 429
        assert send(client, shown(2))[0] == 202
    with clock.travel(NOON + timedelta(seconds=2)):
        assert send(client, shown(3), shown(4))[0] == 202
    assert counted() == {"kept": 5, "limited": 2}


def test_memory_is_bounded():
    limits, memory = Allowance(1, 1, most=10), Seen(most=10)
    for number in range(100):
        limits.take(str(number), 1)
        memory.add(str(number))
    assert len(limits._left) == 10
    assert [number for number in range(100) if str(number) in memory] == list(range(90, 100))


def test_where_no_bus_is_configured_the_answer_says_so(client: Client, counted, monkeypatch: pytest.MonkeyPatch):
    def none() -> Bus:
        raise BusAway("no NATS_URL")

    monkeypatch.setattr(pages, "bus", none)
    assert send(client, shown(0)) == (503, {"kept": 0})
    assert counted() == {"unsent": 1}


def test_while_the_bus_is_away_the_answer_is_503_and_sending_again_is_safe(
    client: Client, bus: Bus, nats_server: NatsServer, tmp_path: Path, counted
):
    first, second = shown(0), shown(1)  # what a browser sends again is what it sent: sealed anew, it would be another
    assert send(client, first)[0] == 202
    nats_server.kill()
    while send(client, first, second)[0] != 503:  # until the client has noticed
        pass
    nats_server.start()
    while send(client, first, second)[0] != 202:
        pass
    recorded(bus, tmp_path)
    assert seen(tmp_path).read("impression")["position"].to_pylist() == [0, 1]
    assert counted()["unsent"] >= 1


def test_the_lake_reads_on_from_its_position(client: Client, bus: Bus, tmp_path: Path):
    source = BeaconSource(bus)
    with lake_at(tmp_path).writing() as lake:
        recorder = Recorder(lake, [source])
        assert recorder.record(source) == 0
        send(client, *[shown(n) for n in range(10)])
        batch = source.read(lake.position("beacons"), 4)
        assert source.read(lake.position("beacons"), 4).facts == batch.facts  # nothing was acknowledged
        lake.commit("beacons", batch.position, batch.facts)
    with lake_at(tmp_path).writing() as lake:
        assert Recorder(lake, [source]).record(BeaconSource(bus)) == 6
    assert seen(tmp_path).count("impression") == 10


def test_reading_goes_on_where_the_server_has_forgotten_the_reader(client: Client, bus: Bus):
    source = BeaconSource(bus)
    send(client, shown(0))
    first = source.read(None, 10)

    async def forget(nats: Nats) -> int:
        readers = await nats.jetstream().consumers_info("beacons")
        return sum([await nats.jetstream().delete_consumer("beacons", reader.name) for reader in readers])

    assert bus.run(forget, 5) == 1
    send(client, shown(1), shown(2))
    assert [fact.body["position"] for fact in source.read(first.position, 10).facts] == [1, 2]


def test_whether_the_lake_has_all_that_was_told_by_a_moment(
    client: Client, bus: Bus, nats_server: NatsServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("laotie.stream.beacons.source.bus", lambda: bus)
    long_ago, begun = clock.now() - timedelta(days=1), clock.now()
    with lake_at(tmp_path).writing():
        assert all_told(seen(tmp_path), begun)  # nothing was
    send(client, shown(0), shown(1))
    told = clock.now()
    assert [all_told(seen(tmp_path), before) for before in (long_ago, begun, told)] == [True, True, False]
    recorded(bus, tmp_path)
    assert all_told(seen(tmp_path), told)
    send(client, shown(2))
    assert [all_told(seen(tmp_path), before) for before in (told, clock.now())] == [True, False]
    nats_server.forget_streams(bus)
    send(client, shown(3))  # the first of a stream made anew, though the lake has read two
    assert not all_told(seen(tmp_path), clock.now())


def test_nobody_knows_what_was_told_while_the_bus_is_away_and_without_one_nothing_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    with lake_at(tmp_path).writing():
        lake = seen(tmp_path)
    nowhere = Bus("nats://127.0.0.1:1")
    monkeypatch.setattr("laotie.stream.beacons.source.bus", lambda: nowhere)
    assert not all_told(lake, clock.now())
    nowhere.close()

    def none() -> Bus:
        raise BusAway("no NATS_URL")

    monkeypatch.setattr("laotie.stream.beacons.source.bus", none)
    assert all_told(lake, clock.now())


def test_messages_that_left_the_stream_unread_are_counted(client: Client, bus: Bus, tmp_path: Path):
    source = BeaconSource(bus)
    send(client, *[shown(n) for n in range(10)])
    first = source.read(None, 2)
    bus.run(lambda nats: nats.jetstream().purge_stream("beacons", seq=6), 5)
    second = source.read(first.position, 3)
    assert (len(second.facts), second.position["seq"], second.position["missing"]) == (3, 8, 3)
    bus.run(lambda nats: nats.jetstream().purge_stream("beacons"), 5)
    third = source.read(second.position, 3)
    assert (third.facts, third.position["seq"], third.position["missing"]) == ([], 10, 5)
    send(client, shown(11))
    assert len(source.read(third.position, 3).facts) == 1


def test_a_stream_made_anew_is_read_from_its_beginning(client: Client, bus: Bus, nats_server: NatsServer):
    source = BeaconSource(bus)
    send(client, *[shown(n) for n in range(3)])
    before = source.read(None, 10).position
    nats_server.forget_streams(bus)
    send(client, shown(4))
    after = source.read(before, 10)
    assert (len(after.facts), after.position["seq"]) == (1, 1)


def test_a_message_of_nobodys_is_kept_where_it_can_be_looked_at(client: Client, bus: Bus, tmp_path: Path):
    send(client, shown(0))
    bus.run(lambda nats: nats.jetstream().publish("behaviour.click", b"\xffrubbish"), 5)
    recorded(bus, tmp_path)
    assert seen(tmp_path).count("beacon.unreadable") == 1


def test_what_is_in_the_lake_is_freed_but_for_the_last(client: Client, bus: Bus, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("laotie.stream.journals.source.KEPT", 3)
    source = BeaconSource(bus)
    send(client, *[shown(n) for n in range(10)])
    position = source.read(None, 10).position
    assert [source.release(position), source.release(position)] == [7, 0]

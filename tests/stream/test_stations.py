"""`laotie lake verify` counts facts at each station and names what is missing or doubled; replay gives equal days."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner
from django.db import transaction
from django.test import Client

from laotie.kit import clock
from laotie.kit.tokens import seal
from laotie.runtime.commands.lake import command
from laotie.stream.beacons import pages
from laotie.stream.beacons.limits import Allowance, Seen
from laotie.stream.beacons.source import BeaconSource
from laotie.stream.bus import Bus
from laotie.stream.lake.sources import Source
from laotie.stream.outbox import subscriptions
from laotie.stream.outbox.actions import emit
from laotie.stream.outbox.models import Cursor
from laotie.stream.outbox.source import KEPT, OutboxSource
from laotie.stream.recorder import Recorder
from laotie.stream.stations import Report, verify
from tests.stream.lakes import NOON, Struck, lake_at, seen, strokes
from tests.stream.servers import NatsServer
from tests.stream.settling import settle

pytestmark = pytest.mark.django_db(transaction=True)
BELL = UUID(int=5)


@pytest.fixture(autouse=True)
def only_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subscriptions, "_subscriptions", {})
    monkeypatch.setattr(pages, "seen", Seen())
    monkeypatch.setattr(pages, "allowance", Allowance(per_second=20, burst=600))


@pytest.fixture
def home(tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home whose lake the commands find."""
    settings.HOME = tmp_path
    monkeypatch.setattr("laotie.runtime.commands.lake._django", lambda home: None)
    monkeypatch.setattr("laotie.stream.recorder.sources", lambda: [OutboxSource()])
    yield tmp_path


def strike(*numbers: int) -> None:
    with transaction.atomic():
        emit(*[Struck(number, BELL, NOON) for number in numbers], occurred_at=NOON)
    settle()


def record(folder: Path, *sources: Source) -> None:
    with lake_at(folder).writing() as lake:
        recorder = Recorder(lake, sources)
        while any(recorder.record(source) for source in sources):
            pass


def sentences(report: Report) -> list[str]:
    return [f"{finding.kind} {finding.count:+d} {finding.sentence}" for finding in report.findings]


def test_all_is_well_with_facts_waiting_trimmed_and_written(tmp_path: Path):
    with clock.travel(NOON):
        strike(1, 2)
    record(tmp_path, OutboxSource())
    with clock.travel(NOON + KEPT + timedelta(seconds=1)):
        assert OutboxSource().release(seen(tmp_path).state.positions["outbox"]) == 2
    strike(3)
    record(tmp_path, OutboxSource())
    strike(4, 5)
    report = verify(seen(tmp_path), [])
    assert sentences(report) == []
    assert {station: dict(counter) for station, counter in report.counts.items()} == {
        "emitted": {"test.struck": 5},
        "waiting": {"test.struck": 2},
        "lake": {"test.struck": 3},
        "disk": {"test.struck": 3},
    }


def test_a_deleted_and_a_damaged_file_are_named(tmp_path: Path):
    strike(1, 2)
    record(tmp_path, OutboxSource())
    strike(3)
    record(tmp_path, OutboxSource())
    first, second = sorted(tmp_path.rglob("*.parquet"))
    first.unlink()
    second.write_bytes(second.read_bytes()[:-7])
    report = verify(seen(tmp_path), [])
    found = sentences(report)
    assert any(s.startswith("test.struck -2") and first.name in s and "is gone" in s for s in found)
    assert any(s.startswith("test.struck -1") and second.name in s and "is damaged" in s for s in found)
    assert report.counts["disk"]["test.struck"] == 0


def test_a_fact_the_lake_never_took_is_named(tmp_path: Path):
    strike(1, 2)
    with lake_at(tmp_path).writing() as lake:
        batch = OutboxSource().read(None, 10)
        lake.commit("outbox", batch.position, batch.facts[1:])
    lost = batch.facts[0].fact_id
    assert sentences(verify(seen(tmp_path), [])) == [
        f"test.struck -1 in the outbox, not in the lake: {lost}",
        "test.struck -1 the outbox let 2 facts go, the lake took 1",
    ]


def test_a_doubled_fact_is_named(tmp_path: Path):
    with lake_at(tmp_path).writing() as lake:
        lake.commit("import", 1, strokes([1, 2]))
        lake.commit("import", 2, strokes([2]))
    assert sentences(verify(seen(tmp_path), [])) == [f"test.struck +1 doubled: {UUID(int=2)}"]


def test_a_stopped_subscription_is_named(tmp_path: Path):
    Cursor.objects.create(name="shelf.index", trouble="RuntimeError('no room')")
    assert sentences(verify(seen(tmp_path), [])) == [
        "shelf.index +0 this subscription has stopped: RuntimeError('no room')"
    ]


def send(client: Client, *positions: int) -> None:
    events = [{"kind": "click", "token": seal(BELL, BELL, position)} for position in positions]
    assert client.post("/beacon", json.dumps({"events": events}), content_type="text/plain").status_code == 202


def test_beacons_are_counted_by_sequence(client: Client, bus: Bus, tmp_path: Path):
    source = BeaconSource(bus)
    send(client, 0, 1, 2)
    record(tmp_path, source)
    send(client, 3, 4)
    report = verify(seen(tmp_path), [source])
    assert sentences(report) == []
    assert (report.counts["waiting"]["beacons"], report.counts["lake"]["click"]) == (2, 3)
    bus.run(lambda nats: nats.jetstream().purge_stream("beacons"), 5)
    record(tmp_path, source)
    found = sentences(verify(seen(tmp_path), [source]))
    assert found == ["beacons -2 messages left the stream before they were read"]


def test_a_stream_that_nobody_wrote_to_yet_is_counted_too(bus: Bus, nats_server: NatsServer, tmp_path: Path):
    source = BeaconSource(bus)
    nats_server.forget_streams(bus)
    record(tmp_path, source)
    report = verify(seen(tmp_path), [source])
    assert (report.notes, sentences(report)) == ([], [])


def test_a_beacon_the_lake_never_took_is_named(client: Client, bus: Bus, tmp_path: Path):
    source = BeaconSource(bus)
    send(client, 0, 1)
    batch = source.read(None, 10)
    with lake_at(tmp_path).writing() as lake:
        lake.commit("beacons", batch.position, batch.facts[1:])
    assert sentences(verify(seen(tmp_path), [source])) == [
        "beacons -1 the stream gave 2 messages, the lake took 1",
        f"click -1 in the stream, not in the lake: {batch.facts[0].fact_id}",
    ]


def test_the_command_ends_with_1_when_something_is_missing(home: Path):
    strike(1)
    record(home / "lake", OutboxSource())
    done = CliRunner().invoke(command, ["verify"])
    assert done.exit_code == 0
    assert "Every fact is where it belongs, once." in done.output
    (gone,) = (home / "lake").rglob("*.parquet")
    gone.unlink()
    done = CliRunner().invoke(command, ["verify"])
    assert done.exit_code == 1
    assert "is gone" in done.output


def test_a_day_replays_to_the_same_bytes_before_and_after_compaction(home: Path):
    strike(3, 1)
    record(home / "lake", OutboxSource())
    strike(2)
    record(home / "lake", OutboxSource())
    before = CliRunner().invoke(command, ["replay", "--day", "2026-03-01"])
    assert [json.loads(line)["body"]["number"] for line in before.stdout.splitlines()] == [3, 1, 2]
    assert "1 files fewer; 1 hold the lake now." in CliRunner().invoke(command, ["compact"]).output
    after = CliRunner().invoke(command, ["replay", "--day", "2026-03-01"])
    assert (after.exit_code, after.output) == (0, before.output)
    assert "3 facts, sha256" in after.stderr


def test_compaction_waits_for_the_market_to_stop(home: Path):
    with lake_at(home / "lake").writing():
        done = CliRunner().invoke(command, ["compact"])
    assert done.exit_code == 1
    assert "Stop the market first" in done.output

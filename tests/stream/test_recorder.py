"""The recorder moves what was emitted into the lake, once, and trims what every reader has passed."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from uuid import UUID

import pytest
from django.db import transaction

from laotie.kit import clock
from laotie.stream.facts import Recorded
from laotie.stream.lake.sources import Batch, Source, SourceAway
from laotie.stream.lake.store import LocalStore
from laotie.stream.lake.writer import Lake
from laotie.stream.outbox import subscriptions
from laotie.stream.outbox.actions import emit
from laotie.stream.outbox.models import OutboxRow, Trimmed
from laotie.stream.outbox.reading import Horizon
from laotie.stream.outbox.source import KEPT, OutboxSource, trim
from laotie.stream.outbox.subscriptions import deliver_all, subscribe
from laotie.stream.recorder import FEW, GATHER, POLL, Recorder, rest, run
from tests.stream.lakes import NOON, Struck, lake_at, numbers, seen
from tests.stream.settling import settle

LONG = 20.0  # seconds: longer than any test takes
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def only_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subscriptions, "_subscriptions", {})


@pytest.fixture
def lake(tmp_path: Path) -> Iterator[Lake]:
    with lake_at(tmp_path).writing() as lake:
        yield lake


def strike(*numbers: int) -> None:
    with transaction.atomic():
        emit(*[Struck(number, BELL, NOON) for number in numbers], occurred_at=NOON)
    settle()


BELL = UUID(int=5)


def test_what_is_emitted_is_in_the_lake_once(lake: Lake, tmp_path: Path):
    recorder = Recorder(lake, [OutboxSource()])
    strike(1, 2)
    assert [recorder.turn(), recorder.turn()] == [2, 0]
    strike(3)
    assert recorder.turn() == 1
    assert numbers(seen(tmp_path)) == [1, 2, 3]
    assert lake.state.written == {"outbox": {"test.struck": 3}}


def test_the_lake_holds_what_was_emitted_to_the_last_digit(lake: Lake, tmp_path: Path):
    strike(*range(10))
    Recorder(lake, [OutboxSource()]).turn()
    emitted = [(row.fact_id, row.recorded_at, row.body) for row in OutboxRow.objects.order_by("fact_id")]
    replayed = [(fact.fact_id, fact.recorded_at, fact.body) for fact in seen(tmp_path).replay(NOON.date())]
    assert replayed == emitted


def test_few_facts_are_gathered_and_committed_together(lake: Lake, tmp_path: Path):
    with clock.travel(NOON):
        recorder = Recorder(lake, [OutboxSource()], gather=2.0)
        strike(1)
        assert [recorder.carry(), recorder.gathers] == [1, True]
    with clock.travel(NOON + timedelta(seconds=1)):
        strike(2)
        assert [recorder.carry(), recorder.gathers] == [1, True], "it does not begin to wait anew"
        assert lake.position("outbox") is None
        assert numbers(seen(tmp_path)) == []
    with clock.travel(NOON + timedelta(seconds=2)):
        assert [recorder.carry(), recorder.gathers] == [0, False]
    assert numbers(seen(tmp_path)) == [1, 2]
    assert len(list(tmp_path.rglob("*.parquet"))) == 1


def test_what_was_gathered_when_it_died_is_read_again(lake: Lake, tmp_path: Path):
    strike(1, 2)
    assert Recorder(lake, [OutboxSource()], gather=60.0).carry() == 2
    assert Recorder(lake, [OutboxSource()]).carry() == 2
    assert numbers(seen(tmp_path)) == [1, 2]


def test_many_facts_are_not_gathered(lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("laotie.stream.recorder.FEW", 2)
    recorder = Recorder(lake, [OutboxSource()], gather=60.0)
    strike(1, 2)
    assert [recorder.carry(), recorder.gathers] == [2, False]
    assert numbers(seen(tmp_path)) == [1, 2]


def test_the_outbox_is_trimmed_behind_its_slowest_reader(lake: Lake):
    with clock.travel(NOON):
        strike(1, 2, 3)
        Recorder(lake, [OutboxSource()]).turn()
    source, position = OutboxSource(), lake.position("outbox")
    with clock.travel(NOON + KEPT):
        assert source.release(position) == 0  # still to be kept
    with clock.travel(NOON + KEPT + timedelta(seconds=1)):
        subscribe("test.slow", ["test.struck"], lambda facts: None)
        assert source.release(position) == 0  # not yet heard
        deliver_all(limit=2)
        assert source.release(position) == 2
        assert list(OutboxRow.objects.values_list("body__number", flat=True)) == [3]
        deliver_all()
        assert [source.release(position), source.release(position)] == [1, 0]
    assert Trimmed.objects.get(kind="test.struck").count == 3


def test_what_the_lake_has_not_passed_is_never_trimmed(lake: Lake):
    with clock.travel(NOON):
        strike(1)
    with clock.travel(NOON + 2 * KEPT):
        assert trim(Horizon()) == 0
    assert OutboxRow.objects.count() == 1


def running(stop: Event, lake: Lake) -> Thread:
    """A recorder at work in a thread, which is to be joined."""
    thread = Thread(target=run, args=[stop, lake, [OutboxSource()]])
    thread.start()
    return thread


def test_subscribers_are_told_while_the_lake_is_written(tmp_path: Path):
    """Slow as a disk may be, nobody waits for it who only wants to know."""
    stop, writing, go_on, heard = Event(), Event(), Event(), list[object]()

    class Slow(LocalStore):
        def write(self, path: str, content: bytes) -> None:
            writing.set()
            assert go_on.wait(LONG)
            super().write(path, content)

    def hear(facts: Sequence[Recorded]) -> None:
        heard.extend(fact.body["number"] for fact in facts)

    subscribe("test.heard", ["test.struck"], hear)
    strike(1)
    thread = running(stop, Lake(Slow(tmp_path), lake_at(tmp_path).zone))
    assert writing.wait(LONG)
    strike(2)
    until = monotonic() + LONG
    while heard != [1, 2]:
        assert monotonic() < until
        stop.wait(0.02)
    assert seen(tmp_path).count("test.struck") == 0
    go_on.set()
    stop.set()
    thread.join()
    assert numbers(seen(tmp_path)) == [1]


class Away(Source):
    name = "away"

    def read(self, position: object, limit: int) -> Batch:
        raise SourceAway("no bus")

    def release(self, position: object) -> int:
        raise AssertionError("nothing to release")


def test_a_source_that_is_away_holds_up_nobody(lake: Lake, tmp_path: Path):
    strike(1)
    assert Recorder(lake, [Away(), OutboxSource()]).turn() == 1
    assert numbers(seen(tmp_path)) == [1]


def test_it_runs_until_it_is_told_to_stop_and_begins_again_after_a_failure(tmp_path: Path):
    stop, broken = Event(), [True]

    class Fragile(LocalStore):
        def create(self, path: str, content: bytes) -> None:
            if broken and path.endswith("2.json"):
                broken.clear()
                raise OSError("no space left on device")
            super().create(path, content)

    strike(1, 2)
    thread = running(stop, Lake(Fragile(tmp_path), lake_at(tmp_path).zone))
    while seen(tmp_path).count("test.struck") < 2:
        stop.wait(0.02)
    stop.set()
    thread.join()
    assert not broken
    assert numbers(seen(tmp_path)) == [1, 2]
    assert len(list(tmp_path.rglob("*.parquet"))) == 1


def test_who_is_behind_does_not_rest_and_few_are_waited_for():
    assert [rest(moved) for moved in (0, 1, FEW - 1, FEW)] == [POLL, GATHER, GATHER, 0]
    assert FEW <= subscriptions.CHUNK  # a full chunk of one subscription alone: more may wait

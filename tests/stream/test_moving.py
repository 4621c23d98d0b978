"""A market restored from a dump, or set back to an older copy, goes on recording: nothing is skipped or doubled."""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import pytest
from django.db import transaction
from django.db.models import F

from laotie.stream.facts import Recorded
from laotie.stream.outbox import subscriptions
from laotie.stream.outbox.actions import emit
from laotie.stream.outbox.models import Cursor, OutboxRow
from laotie.stream.outbox.moving import database
from laotie.stream.outbox.source import OutboxSource
from laotie.stream.outbox.subscriptions import subscribe
from laotie.stream.recorder import Recorder
from laotie.stream.stations import verify
from tests.stream.lakes import NOON, Struck, lake_at, numbers, seen
from tests.stream.settling import settle

pytestmark = pytest.mark.django_db(transaction=True)
FAR = 10**12  # more transactions than this server will ever see


@pytest.fixture(autouse=True)
def only_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subscriptions, "_subscriptions", {})


def strike(*numbers: int) -> None:
    with transaction.atomic():
        emit(*[Struck(number, UUID(int=5), NOON) for number in numbers], occurred_at=NOON)


def record(folder: Path) -> None:
    settle()
    with lake_at(folder).writing() as lake:
        recorder = Recorder(lake, [OutboxSource()])
        while recorder.turn():
            pass


def check(folder: Path, count: int) -> None:
    assert numbers(seen(folder)) == list(range(1, count + 1))
    assert verify(seen(folder), []).findings == []


def test_a_database_restored_from_a_dump(tmp_path: Path):
    strike(1, 2)
    record(tmp_path)
    strike(3)
    OutboxRow.objects.update(xid=F("xid") + FAR)  # as it would come back: ids of another server, ahead of this one's
    with lake_at(tmp_path).writing() as lake:
        xid, position, _ = lake.position("outbox")
        lake.commit("outbox", [xid + FAR, position, "another/1"], [])
    with transaction.atomic():
        emit(Struck(4, UUID(int=5), NOON), occurred_at=NOON)  # the web was quicker than the recorder
    record_moved(tmp_path)
    check(tmp_path, 4)
    strike(5)
    record(tmp_path)
    check(tmp_path, 5)


def record_moved(folder: Path) -> None:
    """`record`, whose waiting would not end while rows are ahead of this server."""
    with lake_at(folder).writing() as lake:
        Recorder(lake, [OutboxSource()])
    record(folder)


def test_a_database_set_back_to_an_older_copy(tmp_path: Path):
    strike(1)
    record(tmp_path)
    with lake_at(tmp_path).writing() as lake:
        lake.commit("outbox", [FAR, 99, database()[0]], [])  # the lake has read on since the copy was made
    strike(2)
    record(tmp_path)
    check(tmp_path, 2)


def test_subscribers_hear_what_is_left_again(tmp_path: Path):
    heard: list[int] = []

    def hear(facts: Sequence[Recorded]) -> None:
        heard.extend(fact.body["number"] for fact in facts)

    subscribe("test.ticks", ["test.struck"], hear)
    strike(1, 2)
    record(tmp_path)
    Cursor.objects.update(xid=FAR)
    with lake_at(tmp_path).writing() as lake:
        lake.commit("outbox", [FAR, 99, "another/1"], [])
    strike(3)
    record(tmp_path)
    assert heard == [1, 2, 1, 2, 3]
    strike(4)
    record(tmp_path)
    assert heard[5:] == [4]


def test_the_same_database_is_left_alone(tmp_path: Path):
    strike(1)
    record(tmp_path)
    before = list(OutboxRow.objects.values_list("xid", flat=True))
    record(tmp_path)
    assert list(OutboxRow.objects.values_list("xid", flat=True)) == before
    assert min(before) > 0


def test_a_lake_begun_before_positions_named_their_database(tmp_path: Path):
    strike(1, 2)
    record(tmp_path)
    with lake_at(tmp_path).writing() as lake:
        lake.commit("outbox", lake.position("outbox")[:2], [])
    strike(3)
    record(tmp_path)
    check(tmp_path, 3)

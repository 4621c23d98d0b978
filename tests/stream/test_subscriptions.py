"""Subscribers hear every fact in order, none is lost to a late commit, and a broken one hurts only itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Thread

import psycopg
import pytest
from django.db import connection, transaction

from laotie.stream.facts import Fact, Recorded, fact
from laotie.stream.outbox import subscriptions
from laotie.stream.outbox.actions import emit
from laotie.stream.outbox.models import Cursor, OutboxRow
from laotie.stream.outbox.reading import Horizon, read_after
from laotie.stream.outbox.subscriptions import deliver_all, subscribe, unsubscribe
from tests.stream.settling import settle

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@fact("test.tick")
@dataclass(frozen=True, slots=True)
class Tick(Fact):
    number: int


@fact("test.tock")
@dataclass(frozen=True, slots=True)
class Tock(Fact):
    number: int


@pytest.fixture(autouse=True)
def only_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subscriptions, "_subscriptions", {})


@pytest.fixture
def other_connection() -> Iterator[psycopg.Connection]:
    """A second session, outside Django, that can hold a transaction open."""
    parameters = connection.get_connection_params()
    names = ("dbname", "user", "password", "host", "port")
    with psycopg.connect(**{name: parameters[name] for name in names if parameters.get(name)}) as other:
        yield other


def numbers(facts: Sequence[Recorded]) -> list[int]:
    return [fact.body["number"] for fact in facts]


def ticks(*numbers: int) -> None:
    with transaction.atomic():
        emit(*[Tick(number) for number in numbers])


def late(session: psycopg.Connection, number: int) -> None:
    body = f'{{"number": {number}}}'
    session.execute("SELECT stream_emit('test.tick', 1, %s, %s, %s::jsonb)", [NOON, NOON, body])


def test_a_fact_committed_late_with_a_lower_serial_is_not_lost(other_connection: psycopg.Connection):
    late(other_connection, 1)  # position 1, not committed
    ticks(2)  # position 2, committed
    first = read_after(Horizon(), 100)
    assert first.facts == []  # tick 2 must wait: tick 1 may still come before it
    other_connection.commit()
    settle()
    second = read_after(first.horizon, 100)
    assert numbers(second.facts) == [1, 2]


def test_a_transaction_that_writes_late_comes_after_what_was_read(other_connection: psycopg.Connection):
    ticks(1)
    early = other_connection.execute("SELECT pg_current_xact_id()::text::bigint").fetchone()  # with no fact yet
    assert early is not None
    ticks(2)
    settle(early[0])
    first = read_after(Horizon(), 100)
    assert numbers(first.facts) == [1]
    late(other_connection, 3)  # the higher position, the lower xid
    other_connection.commit()
    settle()
    assert numbers(read_after(first.horizon, 100).facts) == [3, 2]


def test_a_rolled_back_transaction_leaves_no_gap_that_anyone_waits_for(other_connection: psycopg.Connection):
    late(other_connection, 1)
    other_connection.rollback()
    ticks(2)
    settle()
    assert numbers(read_after(Horizon(), 100).facts) == [2]


def test_chunks_are_bounded_and_join_without_a_seam():
    ticks(*range(10))
    settle()
    horizon, seen = Horizon(), []
    while (chunk := read_after(horizon, 3)).passed:
        assert len(chunk.facts) <= 3
        seen += numbers(chunk.facts)
        horizon = chunk.horizon
    assert seen == list(range(10))


def test_a_subscriber_hears_its_kinds_once_and_its_cursor_passes_the_others():
    heard: list[int] = []
    subscribe("test.ticks", ["test.tick"], lambda facts: heard.extend(numbers(facts)))
    with transaction.atomic():
        emit(Tick(1), Tock(2), Tick(3), Tock(4))
    settle()
    assert [deliver_all(limit=3), deliver_all(limit=3), deliver_all(limit=3)] == [3, 1, 0]
    assert heard == [1, 3]
    last = OutboxRow.objects.get(body={"number": 4})
    assert Cursor.objects.get(name="test.ticks").position == last.position


def test_a_failing_subscriber_stays_where_it_is_and_holds_up_nobody():
    heard: list[int] = []
    broken = [True]

    def fussy(facts: Sequence[Recorded]) -> None:
        if broken:
            raise RuntimeError("no room")
        heard.extend(numbers(facts))

    other: list[int] = []
    subscribe("test.fussy", ["test.tick"], fussy)
    subscribe("test.other", ["test.tick"], lambda facts: other.extend(numbers(facts)))
    ticks(1, 2)
    settle()
    deliver_all()
    assert (heard, other) == ([], [1, 2])
    assert Cursor.objects.get(name="test.fussy").trouble == "RuntimeError('no room')"
    broken.clear()
    deliver_all()
    assert heard == [1, 2]
    assert Cursor.objects.get(name="test.fussy").trouble == ""


def test_what_a_handler_writes_is_rolled_back_with_its_cursor():
    def half(facts: Sequence[Recorded]) -> None:
        Cursor.objects.create(name="test.written")
        raise RuntimeError

    subscribe("test.half", ["test.tick"], half)
    ticks(1)
    settle()
    deliver_all()
    assert not Cursor.objects.filter(name="test.written").exists()


def test_two_recorders_do_not_deliver_twice():
    heard: list[int] = []
    subscribe("test.ticks", ["test.tick"], lambda facts: heard.extend(numbers(facts)))
    ticks(*range(50))
    settle()

    def run() -> None:
        try:
            while deliver_all(limit=7):
                pass
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert heard == list(range(50))


def test_a_forgotten_subscription_leaves_no_cursor():
    subscribe("test.ticks", ["test.tick"], lambda facts: None)
    ticks(1)
    settle()
    deliver_all()
    unsubscribe("test.ticks")
    assert not Cursor.objects.exists()

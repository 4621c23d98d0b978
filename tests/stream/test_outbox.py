"""Facts leave with their cause or not at all."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from laotie.kit import clock
from laotie.stream.facts import Fact, fact
from laotie.stream.outbox.actions import emit
from laotie.stream.outbox.models import OutboxRow

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@fact("test.rung", version=2)
@dataclass(frozen=True, slots=True)
class Rung(Fact):
    bell: UUID
    times: int = 1


@pytest.mark.django_db
def test_facts_carry_their_envelope(django_assert_num_queries):
    with clock.travel(NOON), django_assert_num_queries(1):
        emit(Rung(UUID(int=7)), Rung(UUID(int=8), 3), occurred_at=datetime(2026, 2, 1, tzinfo=UTC))
    first, second = OutboxRow.objects.order_by("position")
    assert (first.kind, first.version, first.recorded_at) == ("test.rung", 2, NOON)
    assert first.occurred_at == datetime(2026, 2, 1, tzinfo=UTC)
    assert second.body == {"bell": "00000000-0000-0000-0000-000000000008", "times": 3}
    assert first.fact_id.version == 7
    assert first.fact_id < second.fact_id
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        assert {first.xid, second.xid} == set(cursor.fetchone())


@pytest.mark.django_db
def test_no_facts_is_no_statement(django_assert_num_queries):
    with django_assert_num_queries(0):
        emit()


@pytest.mark.django_db(transaction=True)
def test_a_fact_outside_a_transaction_is_refused():
    with pytest.raises(TransactionManagementError):
        emit(Rung(UUID(int=7)))
    assert OutboxRow.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_fact_goes_with_its_cause():
    with pytest.raises(RuntimeError), transaction.atomic():
        emit(Rung(UUID(int=7)))
        raise RuntimeError
    assert OutboxRow.objects.count() == 0


@pytest.mark.django_db
def test_sql_records_whole_sets():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT stream_emit('test.rung', 2, %s, %s, jsonb_build_object('times', n)) FROM generate_series(1, 3) n",
            [NOON, NOON],
        )
    rows = OutboxRow.objects.order_by("position")
    assert [row.body for row in rows] == [{"times": 1}, {"times": 2}, {"times": 3}]
    assert {row.fact_id.version for row in rows} == {7}

"""The rehearsal of an order: it goes all the way to where goods refuse, and leaves nothing."""

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob
from psycopg import Connection, Error

from laotie.runtime.database.base import DatabaseWrapper
from laotie.stream.outbox.models import OutboxRow
from laotie.trade.orders.models import CheckoutRow
from laotie.trade.orders.rehearsal import sample
from tests.makers import make_account

pytestmark = pytest.mark.django_db


def test_a_rehearsal_goes_to_its_end_and_leaves_nothing() -> None:
    make_account()
    before = ProcrastinateJob.objects.count(), OutboxRow.objects.count()
    with connection.cursor() as cursor:
        cursor.execute("SELECT orders_rehearse(%s)", [sample()])
        assert cursor.fetchone()[0] is True
        cursor.execute("SELECT (SELECT count(*) FROM kit_rate) + (SELECT count(*) FROM terms_bought)")
        assert cursor.fetchone()[0] == 0
    assert (ProcrastinateJob.objects.count(), OutboxRow.objects.count()) == before
    assert not CheckoutRow.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_every_new_connection_rehearses_and_one_that_cannot_is_given_out_all_the_same(monkeypatch) -> None:
    came: list[bool] = []

    def fails(raw: Connection) -> None:
        came.append(raw.autocommit)
        raise Error("the function is not there yet")

    monkeypatch.setattr(DatabaseWrapper, "rehearsals", [fails])
    monkeypatch.setattr(DatabaseWrapper, "pool", property(lambda _: True))
    raw = Connection.connect(**connection.get_connection_params(), autocommit=True)
    assert connection._configure_connection(raw) in (True, False)
    assert came == [True]
    assert raw.execute("SELECT 1").fetchone() == (1,)
    raw.close()

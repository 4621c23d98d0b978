"""Connections from the pool live, without being asked each time."""

import pytest
from django.db import connection, connections

from laotie.runtime.database import base

pytestmark = pytest.mark.django_db(transaction=True)
POOLED = 16


@pytest.fixture
def lent():
    """A connection as the pool lends it."""
    connection.ensure_connection()
    yield connection.connection
    connection.close()


@pytest.fixture
def asked(monkeypatch):
    """How often any was asked whether it lives."""
    counted = []
    real = base.Connection.execute

    def execute(self, query, *rest, **more):
        counted.append(query)
        return real(self, query, *rest, **more)

    monkeypatch.setattr(base.Connection, "execute", execute)
    return counted


def terminate(pid):
    """End a server process and wait until it has ended."""
    other = connections.create_connection("default")
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
        assert cursor.fetchone() == (True,)
    other.close()


def test_one_used_a_moment_ago_is_not_asked_again(lent, asked):
    base._asked.pop(lent, None)
    assert base.is_alive(lent)
    assert len(asked) == 1
    assert base.is_alive(lent)
    assert len(asked) == 1


def test_one_left_alone_for_long_is_asked(lent, asked, monkeypatch):
    assert base.is_alive(lent)
    monkeypatch.setattr(base, "MOMENT", -1.0)
    once = len(asked)
    assert base.is_alive(lent)
    assert len(asked) == once + 1


def test_one_whose_server_has_ended_says_so(lent):
    assert base.is_alive(lent)
    terminate(lent.info.backend_pid)
    assert not base.is_alive(lent)


def test_those_whose_servers_have_ended_are_replaced_before_anybody_notices(lent):
    pids = {lent.info.backend_pid}
    connection.close()
    terminate(*pids)
    for _ in range(POOLED):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            assert cursor.fetchone()[0] not in pids
        connection.close()

"""A statement that a crowd asks: prepared once a connection, then sent and read without a cursor.

A cursor of the framework takes three times as long to send values and to find types as all of this. Values and columns
are text, as PostgreSQL writes it, and the framework's wrappers do not see them.
"""

from typing import Any
from weakref import WeakSet

from django.db import connection
from psycopg import Connection
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGresult

Row = tuple[str, ...]


class Prepared:
    """`statement`, of at most one row, with its values as $1, $2 …, whose types it says; `name`: unlike any other."""

    def __init__(self, name: str, statement: str) -> None:
        self.name, self.statement = name.encode(), statement.encode()
        self.known: WeakSet[Connection[Any]] = WeakSet()

    def row(self, *values: str) -> Row | None:
        """The row's columns, NULL as nothing. Raises psycopg.Error, after which the connection may be gone."""
        connection.ensure_connection()
        raw = connection.connection
        if raw not in self.known:
            _held(raw, raw.pgconn.prepare(self.name, self.statement), ExecStatus.COMMAND_OK)
            self.known.add(raw)
        given = [value.encode() for value in values]
        return _first(_held(raw, raw.pgconn.exec_prepared(self.name, given), ExecStatus.TUPLES_OK))


def _held(raw: Connection[Any], result: PGresult, wanted: ExecStatus) -> PGresult:
    if result.status != wanted:
        raise error_from_result(result, encoding=raw.info.encoding)
    return result


def _first(result: PGresult) -> Row | None:
    if not result.ntuples:
        return None
    return tuple((result.get_value(0, column) or b"").decode() for column in range(result.nfields))

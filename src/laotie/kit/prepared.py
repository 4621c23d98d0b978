"""A statement that a crowd asks: prepared once a connection, then sent and read without a cursor.

A cursor of the framework takes three times as long to send values and to find types as all of this, and has PostgreSQL
read and plan the statement anew each time. Values and columns are text, as PostgreSQL writes it, NULL among columns is
the empty text. All else is as with a cursor: the transaction, the errors, wrappers, and the log of statements.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any
from weakref import WeakSet

from django.db import DEFAULT_DB_ALIAS, connections
from psycopg import Connection
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg.pq.abc import PGresult

Row = tuple[str, ...]


class Prepared:
    """`statement`, with its values as $1, $2 …, whose types it says; `name`: unlike any other."""

    def __init__(self, name: str, statement: str) -> None:
        self.name, self.statement = name, statement
        self.known: WeakSet[Connection[Any]] = WeakSet()

    def row(self, *values: str | None) -> Row | None:
        """The first row. Raises django.db.Error, after which the connection may be gone."""
        return next(iter(self.rows(*values)), None)

    def rows(self, *values: str | None) -> list[Row]:
        """All rows. Raises django.db.Error, after which the connection may be gone."""
        database = connections[DEFAULT_DB_ALIAS]
        database.ensure_connection()
        database.validate_no_broken_transaction()
        execute: Callable[..., PGresult] = self._execute
        for wrapper in reversed(database.execute_wrappers):
            execute = partial(wrapper, execute)
        began = time.perf_counter()
        with database.wrap_database_errors:
            result = execute(self.statement, values, False, {"connection": database, "cursor": None})
        if database.queries_logged:
            database.queries_log.append({"sql": self.statement, "time": f"{time.perf_counter() - began:.3f}"})
        return [_row(result, row) for row in range(result.ntuples)]

    def _execute(self, _sql: str, values: Sequence[str | None], _many: bool, context: Mapping[str, Any]) -> PGresult:
        """As the framework's wrappers know it."""
        raw: Connection[Any] = context["connection"].connection
        if not raw.autocommit and raw.pgconn.transaction_status == TransactionStatus.IDLE:
            raw.execute("")  # psycopg begins a transaction with the first statement that goes through it
        if raw not in self.known:
            _held(raw, raw.pgconn.prepare(self.name.encode(), self.statement.encode()), ExecStatus.COMMAND_OK)
            self.known.add(raw)
        given: list[Any] = [None if value is None else value.encode() for value in values]
        return _held(raw, raw.pgconn.exec_prepared(self.name.encode(), given), ExecStatus.TUPLES_OK)


def array(values: Sequence[object]) -> str:
    """A one-dimensional array of values whose text needs no quotes (ids, numbers), None as NULL."""
    return "{" + ",".join("NULL" if value is None else str(value) for value in values) + "}"


def _held(raw: Connection[Any], result: PGresult, wanted: ExecStatus) -> PGresult:
    if result.status != wanted:
        raise error_from_result(result, encoding=raw.info.encoding)
    return result


def _row(result: PGresult, row: int) -> Row:
    return tuple((result.get_value(row, column) or b"").decode() for column in range(result.nfields))

"""Django's PostgreSQL with connections that are not asked for their health before every page.

A server that goes says so: what it last sent (the end of the stream, at least) waits to be read. So a connection that
was used a moment ago and has nothing to read is alive, and looking costs no round trip; any other is asked, as Django
would ask it every time. A pool whose connections have all died is emptied by the first who comes.
"""

import select
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, ClassVar, cast
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.postgresql import base
from psycopg import Connection, Error

MOMENT = 5.0  # seconds in which the network between us is trusted not to vanish without a word
_asked: WeakKeyDictionary[Connection[Any], float] = WeakKeyDictionary()


class DatabaseWrapper(base.DatabaseWrapper):
    """Found by Django through this name. CONN_HEALTH_CHECKS must be off, or the pool asks as well.

    `rehearsals`: what every new connection of this process's pool does before it is given out. One that fails is no
    reason to do without the connection.
    """

    rehearsals: ClassVar[list[Callable[[Connection[Any]], None]]] = []

    def _configure_connection(self, connection: Connection[Any]) -> bool:
        commit: bool = super()._configure_connection(connection)  # type: ignore[misc]  # the stubs do not know it
        for rehearse in self.rehearsals if self.pool else ():
            with suppress(Error):
                rehearse(connection)
        return commit

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection[Any]:
        """A connection that lives, from the pool."""
        while True:
            connection: Connection[Any] = super().get_new_connection(conn_params)
            if not self.pool or is_alive(connection):
                return connection
            connection.close()
            self.pool.putconn(connection)  # which replaces it


def is_alive(connection: Connection[Any]) -> bool:
    """Whether the server is still there; asked only where it may not be."""
    now = time.monotonic()
    known = _asked.get(connection)
    if known is not None and now - known < MOMENT and not _has_word(connection):
        return True
    try:
        connection.execute("")
    except Error:
        return False
    _asked[connection] = now
    return True


def _has_word(connection: Connection[Any]) -> bool:
    """Whether something is to be read where nothing was asked."""
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    return bool(poll.poll(0))


def stand_ready(most_at_once: int, *rehearsals: Callable[[Connection[Any]], None]) -> None:
    """Open this process's pool at once: a connection for each of so many threads, and every one rehearsed."""
    DatabaseWrapper.rehearsals.extend(rehearsals)
    pool = cast(DatabaseWrapper, connections[DEFAULT_DB_ALIAS]).pool
    if pool:
        pool.open()
        pool.resize(most_at_once, pool.max_size)

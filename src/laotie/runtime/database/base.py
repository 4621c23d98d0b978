"""Django's PostgreSQL with connections that are not asked for their health before every page.

A server that goes says so: what it last sent (the end of the stream, at least) waits to be read. So a connection that
was used a moment ago and has nothing to read is alive, and looking costs no round trip; any other is asked, as Django
would ask it every time. A pool whose connections have all died is emptied by the first who comes.
"""

import select
import time
from typing import Any
from weakref import WeakKeyDictionary

from django.db.backends.postgresql import base
from psycopg import Connection, Error

MOMENT = 5.0  # seconds in which the network between us is trusted not to vanish without a word
_asked: WeakKeyDictionary[Connection[Any], float] = WeakKeyDictionary()


class DatabaseWrapper(base.DatabaseWrapper):
    """Found by Django through this name. CONN_HEALTH_CHECKS must be off, or the pool asks as well."""

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

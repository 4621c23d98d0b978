"""Real connections for forced interleavings: each `Buyer` is a transaction that a test moves by hand."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import psycopg
from django.db import connection

WAITING = "SELECT count(*) FROM pg_stat_activity WHERE pid = %s AND wait_event_type = 'Lock'"


def connect() -> psycopg.Connection[Any]:
    """A connection of its own to the tests' database."""
    settings = connection.settings_dict
    return psycopg.connect(
        dbname=settings["NAME"], user=settings["USER"], host=settings["HOST"], port=settings["PORT"] or None
    )


class Buyer:
    """One transaction at a time on a connection of its own; statements run in its own thread."""

    def __init__(self) -> None:
        self.connection = connect()
        self.pid = self.connection.info.backend_pid
        self.thread = ThreadPoolExecutor(1)

    def begins(self, statement: str, *arguments: object) -> "Future[Any]":
        """Run `statement` without waiting for it; the first column of its row comes with the future."""

        def run() -> Any:
            row = self.connection.execute(statement, arguments).fetchone()
            return row[0] if row else None

        return self.thread.submit(run)

    def does(self, statement: str, *arguments: object) -> Any:
        return self.begins(statement, *arguments).result(20)

    def is_waiting(self) -> None:
        """Return once the running statement waits for a lock. Asks again and again: there is no event to hear."""
        with connect() as other:
            other.autocommit = True
            for _ in range(20_000):
                if other.execute(WAITING, [self.pid]).fetchone() == (1,):
                    return
        raise AssertionError("the statement never waited for a lock")

    def commits(self) -> None:
        self.thread.submit(self.connection.commit).result(20)

    def rolls_back(self) -> None:
        self.thread.submit(self.connection.rollback).result(20)

    def leaves(self) -> None:
        self.thread.shutdown()
        self.connection.close()


def at_once(count: int, act: Callable[[int, psycopg.Connection[Any]], Any]) -> list[Any]:
    """Run `act(number, connection)` in `count` threads that start together, each with its own connection."""
    start = threading.Barrier(count)

    def run(number: int) -> Any:
        with connect() as own:
            own.autocommit = True
            start.wait()
            return act(number, own)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))

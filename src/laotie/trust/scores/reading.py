"""Reading kinds of facts with one database engine, as text, whole numbers and the market's wall clock.

Files are read when an expression runs, and only the columns and rows that it asks for.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import ibis
import pyarrow as pa
from ibis.expr.types import Table

from laotie.engine.scores import engines
from laotie.stream.lake.queries import Snapshot

REACH = (
    330  # days before the score's day at which its oldest deal may have been placed: three windows, and its carriage
)


class Reader:
    """Kinds of facts of one stretch of days, as far as they were recorded by `known_until`."""

    def __init__(self, lake: Snapshot, day: date, zone: str, known_until: datetime) -> None:
        self.lake, self.day, self.known_until = lake, day, known_until
        later = (
            known_until.date() - day
        ).days + 1  # a deal is judged by what came before it matured, whatever is known
        self._zone, self._days = zone, [day + timedelta(days=away) for away in range(-REACH, max(later, 0) + 1)]
        self.engine: Any = engines.duckdb()

    def has(self, kind: str) -> bool:
        """Whether the lake holds any fact of `kind`."""
        return kind in self.lake.kinds()

    def table(
        self,
        kind: str,
        keys: Iterable[str],
        *,
        times: Iterable[str] = (),
        whole: Iterable[str] = (),
        at: str = "at",
        ever: bool = False,
    ) -> Table:
        """The facts of `kind`: `keys` as text, `times` and `at` (when it happened) on the wall clock.

        `ever`: those of later days too, since what is voided later was never a deal.
        """
        columns = {name: f'"{name}"::VARCHAR' for name in keys} | {name: f'"{name}"::BIGINT' for name in whole}
        columns |= {name: self._local(name) for name in times} | {at: self._local("occurred_at")}
        return self._view(self.lake.paths(kind, None if ever else self._days), columns)

    def since(self, kind: str, name: str, commit: int) -> Table:
        """The ids in column `name` of facts of `kind` that came into the lake after `commit`."""
        return self._view(self.lake.paths(kind, after=commit), {name: f'"{name}"::VARCHAR'})

    def holds_later(self, kinds: Iterable[str], commit: int) -> bool:
        """Whether facts of `kinds` that came into the lake after `commit` were recorded after `known_until`."""
        paths = [path for kind in kinds for path in self.lake.paths(kind, after=commit)]
        if not paths:
            return False
        newest = f"SELECT max(recorded_at) > '{self.known_until.isoformat()}'::TIMESTAMPTZ FROM read_parquet({paths})"
        return bool(self.engine.con.execute(newest).fetchone()[0])

    def first_day(self, kinds: Iterable[str], commit: int) -> date | None:
        """The first market day on which facts of `kinds` happened that came into the lake after `commit`; None where
        none came."""
        paths = [path for kind in kinds for path in self.lake.paths(kind, after=commit)]
        if not paths:
            return None
        first = f"SELECT min({self._local('occurred_at')})::DATE FROM read_parquet({paths})"
        found: date | None = self.engine.con.execute(first).fetchone()[0]
        return found

    def given(self, name: str, table: pa.Table) -> Table:
        """A table that was made elsewhere, in the same engine."""
        self.engine.con.register(name, table)
        return self.engine.table(name)

    def _view(self, paths: list[str], columns: dict[str, str]) -> Table:
        source = f"read_parquet({paths}, union_by_name = true, hive_partitioning = false)"
        there = set(self.engine.con.sql(f"SELECT * FROM {source} LIMIT 0").columns) if paths else set()
        chosen = ", ".join(f'{self._or_null(name, how, there)} AS "{name}"' for name, how in columns.items())
        known = f"FROM {source} WHERE recorded_at <= '{self.known_until.isoformat()}'::TIMESTAMPTZ"
        view = ibis.util.gen_name("facts")
        self.engine.con.execute(f"CREATE TEMP VIEW {view} AS SELECT {chosen} {known if paths else 'WHERE false'}")
        return self.engine.table(view)

    def _or_null(self, name: str, how: str, there: set[str]) -> str:
        """The column, or nothing where no file of these has it."""
        kind = how.rpartition("::")[2] if "::" in how else "TIMESTAMP"
        return how if name in there or ("occurred_at" in how and there) else f"NULL::{kind}"

    def _local(self, name: str) -> str:
        return f"""timezone('{self._zone}', "{name}")"""

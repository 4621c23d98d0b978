"""Reading kinds of facts into one database engine, as text, whole numbers and the market's wall clock."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import ibis
import pyarrow as pa
import pyarrow.compute as pc
from ibis.expr.types import Table

from laotie.stream.lake.queries import Snapshot

REACH = 240  # days before the score's day at which its oldest deal may have been placed


class Reader:
    """Reads kinds of facts of one stretch of days into one DuckDB connection."""

    def __init__(self, lake: Snapshot, day: date, zone: str, known_until: datetime) -> None:
        self.lake, self._zone, self.known_until = lake, zone, known_until
        self._days = [day - timedelta(days=back) for back in range(REACH + 1)]
        self._engine = ibis.duckdb.connect()
        self.day = day

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
        facts = self._read(kind, None if ever else self._days)
        columns = {name: _column(facts, name, pa.string()) for name in keys}
        columns |= {name: _column(facts, name, pa.int64()) for name in whole}
        columns |= {name: self._local(_column(facts, name, pa.timestamp("us", "UTC"))) for name in times}
        columns[at] = self._local(_column(facts, "occurred_at", pa.timestamp("us", "UTC")))
        name = kind.replace(".", "_")
        self._engine.con.register(name, pa.table(columns))
        return self._engine.table(name)

    def given(self, name: str, table: pa.Table) -> Table:
        """A table that was made elsewhere, in the same engine."""
        self._engine.con.register(name, table)
        return self._engine.table(name)

    def _read(self, kind: str, days: list[date] | None) -> pa.Table:
        if kind not in self.lake.kinds():
            return pa.table({"occurred_at": pa.array([], pa.timestamp("us", "UTC"))})
        facts = self.lake.read(kind, days)
        return facts.filter(pc.less_equal(facts["recorded_at"], pa.scalar(self.known_until)))

    def _local(self, utc: pa.ChunkedArray | pa.Array) -> pa.ChunkedArray | pa.Array:
        return pc.local_timestamp(utc.cast(pa.timestamp("us", self._zone)))


def _column(facts: pa.Table, name: str, kind: pa.DataType) -> pa.ChunkedArray | pa.Array:
    return facts[name].cast(kind) if name in facts.column_names else pa.nulls(facts.num_rows, kind)

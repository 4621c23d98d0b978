"""Reading the lake: exactly the files of one manifest, however much is written meanwhile.

lake = snapshot(store)
lake.read("order.placed", days)      # a pyarrow Table
lake.table("order.placed")           # an Ibis table on DuckDB, for sums over history
lake.replay(day)                     # every fact of a day, in order, to the last digit
"""

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from tempfile import gettempdir
from typing import Any
from uuid import UUID

import ibis
import pyarrow as pa
from ibis.expr.types import Table

from laotie.kit.ids import moment_of, new_id
from laotie.stream.facts import Recorded, arrow_schema
from laotie.stream.lake import manifest
from laotie.stream.lake.columns import ORDER, to_facts
from laotie.stream.lake.manifest import File, State
from laotie.stream.lake.reading import found_in, table_of
from laotie.stream.lake.store import LocalStore, Store


@dataclass(frozen=True)
class Snapshot:
    """The lake as it stood at one manifest. Good for `writer.GRACE`; then compaction may delete its files."""

    store: Store
    state: State

    @cached_property
    def engine(self) -> Any:
        """A DuckDB of its own, in memory. What outgrows it goes where temporary files go, not to wherever the process
        was started."""
        return ibis.duckdb.connect(temp_directory=Path(gettempdir()) / f"laotie-{new_id()}")

    def kinds(self) -> list[str]:
        return self.state.kinds()

    def days(self, kind: str | None = None) -> list[date]:
        """The market days that have facts, of `kind` or of any."""
        return sorted({file.date for file in self.state.files.values() if kind in (None, file.kind)})

    def count(self, kind: str) -> int:
        return sum(file.rows for file in self.state.of(kind))

    def read(self, kind: str, days: Iterable[date] | None = None) -> pa.Table:
        """The facts of `kind` on `days` (None: ever), in order of (occurred_at, fact_id). Raises BrokenLake."""
        return table_of(self.store, arrow_schema(kind), self.state.of(kind, days)).sort_by(ORDER)

    def find(self, kind: str, fact_id: UUID) -> Recorded | None:
        """One fact by its id, the days nearest to the id's own first: files are in order of time, so few are read."""
        schema, made = arrow_schema(kind), moment_of(fact_id).date()
        for file in sorted(self.state.of(kind), key=lambda file: abs((file.date - made).days)):
            for fact in to_facts(found_in(self.store, schema, file, "fact_id", str(fact_id))):
                return fact
        return None

    def table(self, kind: str, days: Iterable[date] | None = None) -> Table:
        """The same as an Ibis table on DuckDB, unordered and read when the expression runs (local folders only)."""
        schema = ibis.schema(arrow_schema(kind))
        paths = self.paths(kind, days)
        if not paths:
            return self.engine.create_table(ibis.util.gen_name("no_facts"), schema=schema, temp=True)
        files = self.engine.read_parquet(paths, union_by_name=True, hive_partitioning=False)
        columns = [files[name] if name in files.columns else ibis.null(type) for name, type in schema.items()]
        return files.select(*[column.name(name) for name, column in zip(schema, columns, strict=True)]).cast(schema)

    def paths(self, kind: str, days: Iterable[date] | None = None, after: int = 0) -> list[str]:
        """The files of `kind`, of `days` or ever, that came by commits after `after` (local folders only)."""
        root = self._root()
        return [f"{root}/{file.path}" for file in self.state.of(kind, days) if commit_of(file) > after]

    def replay(self, day: date) -> Iterator[Recorded]:
        """Every fact of market day `day`, all kinds, in order of (occurred_at, fact_id)."""
        streams = [to_facts(self.read(kind, [day])) for kind in self.kinds()]
        return heapq.merge(*streams, key=lambda fact: (fact.occurred_at, str(fact.fact_id)))

    def _root(self) -> str:
        if not isinstance(self.store, LocalStore):
            raise NotImplementedError("Ibis tables are read from local folders; use read() on an object store")
        return str(self.store.root)


def commit_of(file: File) -> int:
    """The number of the commit that brought a file, or that merged it from others."""
    return int(file.path.rpartition("/")[2].partition("-")[0])


def snapshot(store: Store) -> Snapshot:
    """The newest state of the lake in `store`; an empty one where nothing was written yet. Raises BrokenLake."""
    return Snapshot(store, manifest.load(store))

"""The lake's one writer: commits, compaction, sweeping.

    with Lake(store, zone).writing() as lake:
        lake.commit("outbox", position, facts)

A commit writes new files that nobody sees, then one manifest that names them: that manifest is the moment. A crash
before it leaves orphans, which the next writer sweeps away before it begins; a crash after it leaves nothing to do.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import groupby
from threading import Lock
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq

from laotie.kit import clock
from laotie.kit.ids import new_id
from laotie.stream.facts import Recorded
from laotie.stream.lake import manifest
from laotie.stream.lake.columns import ORDER, to_table
from laotie.stream.lake.manifest import BrokenLake, Change, File, Position, State
from laotie.stream.lake.store import TEMPORARY, Store

GRACE = timedelta(hours=1)  # how long a reader may keep a snapshot whose files were compacted away
Drawn = tuple[str, str, pa.Table]  # facts of one kind and one market day
KEPT_CHECKPOINTS = 2  # the newest, and one for readers who listed before it stood


class Lake:
    """A lake in `store` whose days begin at midnight in `zone`. Change it only inside `writing`; one thread may commit
    while another replaces, expires and buries."""

    def __init__(self, store: Store, zone: ZoneInfo) -> None:
        self.store = store
        self.zone = zone
        self.state = State()
        self._publishing = Lock()

    @contextmanager
    def writing(self) -> Iterator["Lake"]:
        """Be the one writer until the block ends. Raises Taken, or BrokenLake where the lake has another time zone."""
        with self.store.lock():
            self.state = manifest.load(self.store)
            if self.state.number == 0:
                self._publish(Change("begun", _now(), zone=self.zone.key))
            if self.state.zone != self.zone.key:
                raise BrokenLake(f"this lake's days are those of {self.state.zone}, the market's of {self.zone.key}")
            self.sweep_orphans()
            yield self

    def position(self, source: str) -> Position:
        """How far `source` was read, as its last commit said; None before the first."""
        return self.state.positions.get(source)

    def commit(self, source: str, position: Position, facts: Sequence[Recorded]) -> None:
        """Add `facts` and move `source` to `position`, both or neither."""
        self.commit_tables(source, position, self.tables(facts))

    def tables(self, facts: Sequence[Recorded]) -> list[Drawn]:
        """`facts` as the lake keeps them: most of a commit's work, which may be done as they come."""
        return [(kind, day, to_table(kind, list(group), self.zone)) for (kind, day), group in self._by(facts)]

    def commit_tables(self, source: str, position: Position, tables: Sequence[Drawn]) -> None:
        """Add the facts of `tables` (see there), a file a kind and day, and move `source` to `position`."""
        by_file: dict[tuple[str, str], list[pa.Table]] = {}
        for kind, day, table in tables:
            by_file.setdefault((kind, day), []).append(table)
        files = [self.write(*of, pa.concat_tables(parts).sort_by(ORDER)) for of, parts in by_file.items()]
        written: dict[str, int] = {}
        for file in files:
            written[file.kind] = written.get(file.kind, 0) + file.rows
        change = Change("commit", _now(), tuple(files), positions={source: position}, written={source: written})
        self._publish(change)

    def replace(self, old: Sequence[File], new: Sequence[File]) -> None:
        """Put `new` in the place of `old`, which hold the same facts."""
        if sum(file.rows for file in old) != sum(file.rows for file in new):
            raise BrokenLake("a compaction would change the number of facts")
        self._publish(Change("compact", _now(), tuple(new), tuple(file.path for file in old)))

    def expire(self, kind: str, before: date) -> int:
        """Remove the facts of `kind` on days before `before`. Returns how many."""
        old = [file for file in self.state.of(kind) if file.date < before]
        rows = sum(file.rows for file in old)
        if old:
            self._publish(Change("expire", _now(), removed=tuple(file.path for file in old), expired={kind: rows}))
        return rows

    def write(self, kind: str, day: str, table: pa.Table) -> File:
        """A new file that no manifest names yet."""
        path = f"{kind}/day={day}/{self.state.number + 1:010d}-{new_id().hex[-12:]}.parquet"
        sink = pa.BufferOutputStream()
        pq.write_table(table, sink, compression="zstd")
        content = sink.getvalue().to_pybytes()
        self.store.write(path, content)
        return File(path, kind, day, table.num_rows, len(content))

    def sweep_orphans(self) -> list[str]:
        """Delete what a crash left behind: files that no manifest names, and unfinished manifests."""
        known = {*self.state.files, *self.state.graves}
        orphans = [path for path in self.store.list() if path not in known and _is_ours(path)]
        for path in orphans:
            self.store.delete(path)
        return orphans

    def bury(self) -> None:
        """Delete removed files that no reader can still have open, and manifests that a checkpoint has overtaken."""
        before = clock.now() - GRACE
        ready = [path for path, at in self.state.graves.items() if manifest.moment_of(at) < before]
        for path in ready:
            self.store.delete(path)
        if ready:
            self._publish(Change("bury", _now(), buried=tuple(ready)))
        self._forget_manifests()

    def _forget_manifests(self) -> None:
        changes, wholes = manifest.numbers(self.store)
        if len(wholes) <= KEPT_CHECKPOINTS:
            return
        oldest = wholes[-KEPT_CHECKPOINTS]
        for number in [number for number in changes if number <= oldest]:
            self.store.delete(manifest.name(number))
        for number in [number for number in wholes if number < oldest]:
            self.store.delete(manifest.name(number, whole=True))

    def _publish(self, change: Change) -> None:
        with self._publishing:
            self.state = manifest.publish(self.store, self.state, change)

    def _by(self, facts: Sequence[Recorded]) -> Iterator[tuple[tuple[str, str], Iterator[Recorded]]]:
        def key(fact: Recorded) -> tuple[str, str]:
            return fact.kind, clock.market_day(fact.occurred_at, self.zone).isoformat()

        return groupby(sorted(facts, key=key), key)


def _is_ours(path: str) -> bool:
    """Whether this is a kind of file that a writer leaves when it dies; an operator's own notes stay."""
    return path.endswith(".parquet") or path.rpartition("/")[2].startswith(TEMPORARY)


def _now() -> str:
    return clock.now().isoformat()

"""A folder of Parquet files by kind and day, and of arrays by kind, turned over all at once.

Files are written beside what stands and are in force when `state.json`, renamed into place, names them; a refresh that
is cut off leaves what stood, and its files are overwritten by the next one.
"""

import json
import os
import shutil
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from ibis.expr.operations import DatabaseTable
from ibis.expr.types import Table
from numpy.typing import NDArray

WHOLE = ""  # the day of a kind that has one page only
Files = dict[str, dict[str, list[str]]]  # kind → day, counted from 1970 → names


@dataclass(slots=True)
class State:
    """What stands. `day`: up to which; `known`: the caller's mark; `number` of the turning."""

    day: str = ""
    known: str = ""
    number: int = 0
    files: Files = field(default_factory=dict)


class Pages:
    """Pages on a local disk, read and written by one DuckDB connection of Ibis."""

    def __init__(self, folder: Path, connection: Any) -> None:
        self.folder, self._engine = folder, connection
        self.state = _read(folder)
        self._new: Files = {kind: dict(days) for kind, days in self.state.files.items()}

    @property
    def day(self) -> date | None:
        """The last day that stands."""
        return date.fromisoformat(self.state.day) if self.state.day else None

    def sql(self, kind: str, first: int | None = None, last: int | None = None) -> str | None:
        """All rows of a kind, or of its days from `first` on and up to `last`, as SQL reads them; None where there are
        none."""
        days = self._new.get(kind, {})
        if first is not None:
            days = {day: names for day, names in days.items() if int(day) >= first}
        if last is not None:
            days = {day: names for day, names in days.items() if int(day) <= last}
        return _reading(self.folder, days.values())

    def sql_of(self, kind: str, days: Iterable[int]) -> str | None:
        """All rows of these days."""
        known = self._new.get(kind, {})
        return _reading(self.folder, (known[str(day)] for day in days if str(day) in known))

    def moved(self, kind: str, before: range, now: range) -> tuple[set[str], set[str]]:
        """The pages of the days `now` that were not there, as they are, among the days `before` when this turning
        began; and those that were and are not."""
        old, new = (
            {day: names for day, names in files.get(kind, {}).items() if int(day) in days}
            for files, days in ((self.state.files, before), (self._new, now))
        )
        came = {name for day, names in new.items() if old.get(day) != names for name in names}
        left = {name for day, names in old.items() if new.get(day) != names for name in names}
        return came, left

    def reading(self, names: Iterable[str]) -> str | None:
        """All rows of pages, as SQL reads them; None where there are none."""
        return _reading(self.folder, [sorted(names)])

    def query(self, table: Table) -> str:
        """An expression as SQL; what is a table already need not be put into any."""
        named = isinstance(table.op(), DatabaseTable)
        found: str = f'SELECT * FROM "{table.get_name()}"' if named else self._engine.compile(table)
        return found

    def read(self, name: str) -> pa.Table:
        """A page's rows, without the database."""
        return pq.read_table(self.folder / name, partitioning=None)

    def table(self, select: str) -> pa.Table:
        """A query's rows."""
        return self._engine.con.sql(select).to_arrow_table()

    def variable(self, name: str, select: str) -> None:
        """A query's only value as a variable, which is known when a later query is planned."""
        self._engine.con.execute(f"SET VARIABLE {name} = ({select})")

    def view(self, name: str, select: str) -> Table:
        """A query under a name of its own."""
        unique = ibis.util.gen_name(name)
        self._engine.con.execute(f"CREATE TEMP VIEW {unique} AS {select}")
        return self._engine.table(unique)

    def hold(self, name: str, select: str) -> None:
        """A query's rows under this name until the next of this name."""
        self._engine.con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {select}")

    def see(self, name: str, select: str) -> None:
        """A query under this name until the next of this name."""
        self._engine.con.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {select}")

    def held(self, name: str) -> Table:
        """What is held under this name."""
        found: Table = self._engine.table(name)
        return found

    def number(self, select: str) -> int:
        """A query's only number."""
        return int(self._engine.con.execute(select).fetchone()[0])

    def numbers(self, select: str) -> list[int]:
        """A query's numbers."""
        return [int(row[0]) for row in self._engine.con.execute(select).fetchall()]

    def write(self, kind: str, select: str, day: str = "", replaced: set[int] | None = None) -> set[int]:
        """Write a query's rows by the day in the column `day` (one page where it names none) in place of those of
        `replaced`. Returns the days that are other pages now."""
        found = self._written(kind, select, day)
        old = {key: names for key, names in self._new.get(kind, {}).items() if int(key or 0) not in (replaced or set())}
        self._new[kind] = old | found if day else found
        return (replaced or set()) | {int(key) for key in found if key}

    def add(self, kind: str, select: str, day: str, past: int) -> None:
        """Write a query's rows by the day in the column `day` beside what stands of that day; days up to `past` go."""
        days = {key: names for key, names in self._new.get(kind, {}).items() if int(key) > past}
        for key, names in self._written(kind, select, day).items():
            days[key] = [*days.get(key, []), *names]
        self._new[kind] = days

    def _written(self, kind: str, select: str, day: str) -> dict[str, list[str]]:
        """The files of a query's rows by day."""
        place = self._place(kind)
        by = f", PARTITION_BY ({day}), WRITE_PARTITION_COLUMNS true" if day else ""
        target = place if day else place / "all.parquet"
        self._engine.con.execute(f"COPY ({select}) TO '{target}' (FORMAT parquet, COMPRESSION lz4{by})")
        found: dict[str, list[str]] = {}
        for path in sorted(place.rglob("*.parquet")):
            key = path.parent.name.partition("=")[2] if day else WHOLE
            found.setdefault(key, []).append(path.relative_to(self.folder).as_posix())
        return found

    def keep(self, kind: str, arrays: dict[str, NDArray[Any]]) -> None:
        """Write arrays, or none, in place of those of this kind."""
        place = self._place(kind)
        paths = [place / f"{name}.npy" for name in arrays]
        with ThreadPoolExecutor(2) as both:  # a file is copied into the kernel, which takes a core
            list(both.map(np.save, paths, arrays.values()))
        self._new[kind] = {WHOLE: [path.relative_to(self.folder).as_posix() for path in paths]}

    def kept(self, kind: str) -> dict[str, NDArray[Any]] | None:
        """The arrays of this kind, read as they are used; None where there are none."""
        names = self._new.get(kind, {}).get(WHOLE)
        if not names:
            return None
        paths = [self.folder / name for name in names]
        return {path.stem: np.load(path, mmap_mode="r") for path in paths}

    def _place(self, kind: str) -> Path:
        """An empty folder for what is written of this kind until the next turning."""
        place = self.folder / kind / f"{self.state.number + 1}"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        return place

    def turn(self, day: date, known: str, oldest: int) -> None:
        """Put what was written in force; pages of days before `oldest` go."""
        files = {
            kind: {key: names for key, names in days.items() if key == WHOLE or int(key) > oldest}
            for kind, days in self._new.items()
        }
        self.state = State(day.isoformat(), known, self.state.number + 1, files)
        self._new = {kind: dict(days) for kind, days in files.items()}
        unfinished = self.folder / "state.json.new"
        with unfinished.open("w") as file:
            json.dump(asdict(self.state), file)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(self.folder / "state.json")

    def sweep(self) -> None:
        """Remove what no longer stands, of the last turning too: until the next one begins its readers may go on. What
        is being written is left alone."""
        standing = {f"{self.folder}/{name}" for days in self.state.files.values() for n in days.values() for name in n}
        for turning in self.folder.glob("*/*/"):
            if turning.name == f"{self.state.number + 1}":
                continue
            for place, _, names in os.walk(turning, topdown=False):
                for name in names:
                    if f"{place}/{name}" not in standing:
                        Path(place, name).unlink()
                if not any(Path(place).iterdir()):
                    Path(place).rmdir()


def _reading(folder: Path, pages: Iterable[list[str]]) -> str | None:
    paths = [f"'{folder / name}'" for names in pages for name in names]
    return f"read_parquet([{', '.join(paths)}], hive_partitioning = false)" if paths else None


def _read(folder: Path) -> State:
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return State(**json.loads((folder / "state.json").read_text()))
    except FileNotFoundError:
        return State()

"""An archive onto the disk, and the report of what was rejected from one."""

import csv
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from laotie.stream.archive.sheet import Sheet, write_sheet
from laotie.stream.archive.tables import BY_NAME


def write_archive(folder: Path, sheet: Sheet, tables: Mapping[str, pa.Table]) -> None:
    """Write `market.toml` and one Parquet file a table."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        pq.write_table(table, folder / f"{name}.parquet", compression="zstd")
    write_sheet(folder, sheet)


def write_rows(folder: Path, name: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write one table as CSV from rows of plain values; times must be aware, absent values are empty."""
    folder.mkdir(parents=True, exist_ok=True)
    names = [column.name for column in BY_NAME[name].columns]
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(names)
        out.writerows([plain(row.get(column)) for column in names] for row in rows)


def plain(value: Any) -> str:
    """A value as an archive writes it."""
    match value:
        case None:
            return ""
        case datetime():
            return value.isoformat()
        case dict():
            return json.dumps(value, ensure_ascii=False)
    return str(value)


def write_rejects(path: Path, rejects: pa.Table) -> None:
    """The rejects as CSV or, by its name, as Parquet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".parquet":
        pq.write_table(rejects, path)
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(rejects.column_names)
        out.writerows(tuple(row.values()) for row in rejects.to_pylist())

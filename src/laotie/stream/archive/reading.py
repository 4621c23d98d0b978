"""Tables off the disk as text, every row with its line number. Nothing is judged here but what is no table at all.

CSV: UTF-8 (a byte-order mark is forgiven), comma, double quotes, a header. The line number is the file's own, also
where a quoted value holds line breaks. Parquet: any types; values are read as text and the number is the row's, from 1.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from laotie.stream.archive.errors import BadArchive

LINE = "_line"
CHUNK = 50_000  # rows turned into Arrow at a time: keeps the text of a big file out of memory

csv.field_size_limit(1 << 24)


class CsvReader(Protocol):
    """What `csv.reader` makes: rows, and the number of the line last read."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...


@dataclass(frozen=True, slots=True)
class Malformed:
    """A line of a CSV that has not the header's number of values."""

    line: int
    reason: str


@dataclass(slots=True)
class Raw:
    """A table as text: columns by name, `_line` among them, and the lines that were no rows."""

    table: pa.Table
    malformed: list[Malformed] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """Rows in the file, malformed ones among them."""
        return int(self.table.num_rows) + len(self.malformed)


def read_table(folder: Path, name: str) -> Raw | None:
    """`name`.csv or `name`.parquet of the folder, None where there is neither. Raises BadArchive."""
    text, columnar = folder / f"{name}.csv", folder / f"{name}.parquet"
    if text.is_file() and columnar.is_file():
        raise BadArchive(path=folder, reason=f"{name} is there twice, as CSV and as Parquet")
    if text.is_file():
        return read_csv(text)
    return read_parquet(columnar) if columnar.is_file() else None


def read_parquet(path: Path) -> Raw:
    """A Parquet file with every value as text."""
    try:
        table = pq.read_table(path)
        columns = {name: as_text(table.column(name)) for name in table.column_names}
    except (pa.ArrowException, OSError) as error:
        raise BadArchive(path=path, reason=f"it cannot be read ({error})") from error
    columns[LINE] = pa.array(range(1, table.num_rows + 1), pa.int64())
    return Raw(pa.table(columns))


def as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Text of any column; a Parquet time keeps its zone as an offset."""
    kind = column.type
    if pa.types.is_timestamp(kind) and kind.tz is not None:
        plain = pc.cast(pc.cast(column, pa.timestamp("us", "UTC")), pa.timestamp("us"))
        return pc.binary_join_element_wise(pc.cast(plain, pa.string()), "+00:00", "")
    return pc.cast(column, pa.string())


def read_csv(path: Path) -> Raw:
    """A CSV file with every value as text; an empty value is null."""
    malformed: list[Malformed] = []
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        lines = csv.reader(file, strict=False)
        header = [name.strip() for name in next(lines, [])]
        if not any(header) or len(set(header)) < len(header):
            raise BadArchive(path=path, reason="its first line is not a header of distinct column names")
        schema = pa.schema([*((name, pa.string()) for name in header), (LINE, pa.int64())])
        try:
            chunks = [_arrow(chunk, schema) for chunk in _chunks(lines, len(header), malformed)]
        except csv.Error as error:
            raise BadArchive(path=path, reason=f"line {lines.line_num}: {error}") from error
    return Raw(pa.concat_tables(chunks) if chunks else schema.empty_table(), malformed)


def _arrow(columns: list[list[object]], schema: pa.Schema) -> pa.Table:
    return pa.table([pa.array(column, kind) for column, kind in zip(columns, schema.types, strict=True)], schema)


def _chunks(lines: "CsvReader", width: int, malformed: list[Malformed]) -> Iterator[list[list[object]]]:
    """Columns of up to CHUNK rows. `lines` is a csv reader: it knows the line on which the last row ended."""
    columns: list[list[object]] = [[] for _ in range(width + 1)]
    start = lines.line_num + 1
    for row in lines:
        if len(row) == width:
            for column, value in zip(columns, [*row, start], strict=True):
                column.append(value if value != "" else None)
        elif row:
            malformed.append(Malformed(start, f"has {len(row)} values where the header has {width}"))
        start = lines.line_num + 1
        if len(columns[0]) == CHUNK:
            yield columns
            columns = [[] for _ in range(width + 1)]
    if columns[0]:
        yield columns

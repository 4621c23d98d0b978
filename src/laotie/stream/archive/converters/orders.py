"""A plain export of orders, one row an order line, as an archive: what most shop software can write.

The header's names are read in English and Chinese (`orders_columns.csv`); what an archive needs and the file does not
say is made, always the same way: people and shops are called by their keys, an offer is a pair of product and shop at
its last price. Values are passed on as they are written, so that the check names a bad one with its line.
"""

import csv
from collections.abc import Iterable
from importlib import resources
from pathlib import Path

import duckdb
import pyarrow as pa

from laotie.stream.archive.errors import BadArchive
from laotie.stream.archive.reading import Malformed, Raw, as_text, read_csv, read_parquet
from laotie.stream.archive.sheet import Sheet
from laotie.stream.archive.sums import connect
from laotie.stream.archive.tables import TABLES
from laotie.stream.archive.writing import write_archive

NEEDED = ("order", "shop", "product", "buyer", "placed_at")


def convert(source: Path, out: Path, language: str = "en") -> None:
    """Write the archive of the file (or of the folder's only file) `source` to `out`. Raises BadArchive."""
    convert_in(source, out, Sheet(source="orders", name=source.stem, currency="CNY", time_zone="Asia/Shanghai",
                                  language=language))  # fmt: skip


def convert_in(source: Path, out: Path, sheet: Sheet) -> list[Malformed]:
    """The same in a market of another name, currency or time zone; returns the lines that were no rows.

    Raises BadArchive.
    """
    path = _file(source)
    raw = read_csv(path) if path.suffix.lower() == ".csv" else read_parquet(path)
    if raw.malformed and not raw.table.num_rows:
        raise BadArchive(path=path, reason=f"line {raw.malformed[0].line} {raw.malformed[0].reason}")
    with connect(sheet.time_zone) as database:
        _register(database, raw, path)
        database.execute((resources.files(__package__) / "orders.sql").read_text(encoding="utf-8"))
        made = {row[0] for row in database.execute("select table_name from duckdb_tables()").fetchall()}
        tables = {t.name: database.table(t.name).to_arrow_table() for t in TABLES if t.name in made}
    write_archive(out, sheet, tables)
    return raw.malformed


def names() -> dict[str, tuple[str, ...]]:
    """What a column may be called, by our name for it."""
    with (resources.files(__package__) / "orders_columns.csv").open(encoding="utf-8") as file:
        return {row[0]: tuple(row) for row in csv.reader(file)}


def is_export(path: Path) -> bool:
    """Whether `path` looks like one file of orders."""
    return path.is_file() and path.suffix.lower() in (".csv", ".parquet")


def _file(source: Path) -> Path:
    if source.is_file():
        return source
    found = sorted(path for path in source.glob("*") if is_export(path)) if source.is_dir() else []
    if len(found) != 1:
        raise BadArchive(path=source, reason=f"one file of orders is wanted and there are {len(found)}; name the file")
    return found[0]


def _register(database: duckdb.DuckDBPyConnection, raw: Raw, path: Path) -> None:
    """The rows under our names, with null for what the file does not have, and lines that were no rows beside them."""
    header = [name for name in raw.table.column_names if name != "_line"]
    found = {ours: _called(header, called) for ours, called in names().items()}
    if missing := [name for name in NEEDED if found[name] is None]:
        raise BadArchive(path=path, reason=_say_missing(header, missing))
    columns = {ours: raw.table.column(theirs) for ours, theirs in found.items() if theirs is not None}
    table = pa.table({"_line": raw.table.column("_line")} | {name: as_text(column) for name, column in columns.items()})
    database.register("known", table)
    absent = "".join(f', cast(null as varchar) as "{name}"' for name in found if name not in columns)
    database.execute(f"create table raw as select *{absent}, ? || ':' || _line as source from known", [path.name])


def _called(header: Iterable[str], called: tuple[str, ...]) -> str | None:
    plain = {name.strip().lower().replace(" ", "_"): name for name in header}
    return next((plain[name] for name in called if name in plain), None)


def _say_missing(header: list[str], missing: list[str]) -> str:
    also = "; ".join(f"{name} (or {', '.join(names()[name][1:4])})" for name in missing)
    return f"line 1 has no column {also}: found {', '.join(header[:8])}. Put a header with these names on line 1"

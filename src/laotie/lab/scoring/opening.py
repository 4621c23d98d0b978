"""What an analyst has, as a judged archive: a Laotie archive, Olist's files as they are, or one file of orders."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from laotie.stream.archive import checking
from laotie.stream.archive.checking import Archive
from laotie.stream.archive.converters import olist, orders
from laotie.stream.archive.errors import BadArchive
from laotie.stream.archive.reading import Malformed
from laotie.stream.archive.sheet import NAME, Sheet

OLIST = "olist_orders_dataset.csv"
KINDS = f"a folder with {NAME} (docs/archive.md), a folder of Olist's files, or one CSV or Parquet file of orders"

Step = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Wished:
    """What one file of orders does not say of its market."""

    currency: str = "CNY"
    time_zone: str = "Asia/Shanghai"
    language: str = "en"


def opened(path: Path, wished: Wished, step: Step = lambda words: None) -> Archive:
    """Read and judge what lies at `path`, whichever of the three it is. Raises BadArchive."""
    if not path.exists():
        raise BadArchive(path=path, reason=f"there is nothing of that name. Name {KINDS}")
    if orders.is_export(path):
        return _export(path, wished, step)
    if (path / NAME).is_file():
        return checking.check(path, step)
    if (path / OLIST).is_file():
        with tempfile.TemporaryDirectory() as scratch:
            step("reading Olist's files")
            olist.convert(path, Path(scratch) / "archive", wished.language)
            return replace(checking.check(Path(scratch) / "archive", step), folder=path)
    raise BadArchive(path=path, reason=f"it has no {NAME}. Name {KINDS}")


def lines_left_out(archive: Archive) -> list[str]:
    """In a sentence each, the first of every kind of bad line: file, line, what is wrong, how many alike, the mend."""
    firsts: dict[tuple[str, str], tuple[str, int]] = {}
    for row in archive.rejects.to_pylist():
        kind = (row["table"], _plain(row["reason"]))
        place, count = firsts.get(kind, (_place(archive, row), 0))
        firsts[kind] = (place, count + 1)
    ordered = sorted(firsts.items(), key=lambda found: -found[1][1])
    return [_sentence(place, reason, count) for (_table, reason), (place, count) in ordered]


def _export(path: Path, wished: Wished, step: Step) -> Archive:
    sheet = Sheet("orders", path.stem, wished.currency, wished.time_zone, wished.language)
    with tempfile.TemporaryDirectory() as scratch:
        step(f"reading {path.name}")
        broken = orders.convert_in(path, Path(scratch) / "archive", sheet)
        archive = checking.check(Path(scratch) / "archive", step)
    rejects = pa.concat_tables([archive.rejects, _rejected(broken, path, archive.rejects.schema)])
    return replace(archive, folder=path, rejects=rejects)


def _rejected(broken: list[Malformed], path: Path, schema: pa.Schema) -> pa.Table:
    """Lines that were no rows, as rejects of the lines."""
    none = dict.fromkeys(schema.names)
    rows = [
        none | {"table": "lines", "line": b.line, "reason": b.reason, "source": f"{path.name}:{b.line}"} for b in broken
    ]
    return pa.Table.from_pylist(rows, schema=schema)


def _plain(reason: str) -> str:
    """The reason without the line that it points at: such are one kind."""
    return reason.partition(", on line ")[0]


def _place(archive: Archive, row: dict[str, str]) -> str:
    if row["source"]:
        return row["source"].replace(":", " line ") + (f", {row['column']}" if row["column"] else "")
    ending = "parquet" if (archive.folder / f"{row['table']}.parquet").is_file() else "csv"
    return f"{row['table']}.{ending} line {row['line']}" + (f", {row['column']}" if row["column"] else "")


def _sentence(place: str, reason: str, count: int) -> str:
    more = f" ({count - 1:,} more like it)" if count > 1 else ""
    return f"{place}: {reason}{more}. {_mend(reason)}"


def _mend(reason: str) -> str:
    if "values where the header has" in reason:
        return "Put values that hold a comma or a line break in double quotes, or take the line out."
    if "was rejected" in reason or "were rejected" in reason or "parcel stands" in reason:
        return "It comes back by itself when that line is mended."
    return "Correct the value, or take the line out."

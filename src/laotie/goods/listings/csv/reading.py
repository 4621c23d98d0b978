"""From bytes to lines: encoding, separator and headings are found, line numbers are those an editor shows."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from laotie.goods.listings.csv.columns import BY_NAME, COLUMNS, folded
from laotie.goods.listings.errors import FileTooLarge, NoColumn, NoLines, NotText, TooManyLines

MOST_BYTES = 5 * 1024 * 1024
MOST_LINES = 20_000
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True)
class Line:
    """One record. `cells` by column key, missing ones absent; `raw` as it was; None where it is not CSV."""

    number: int
    cells: dict[str, str] | None
    raw: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class File:
    """A readable file: its headings as they were, and its lines."""

    headings: tuple[str, ...]
    lines: tuple[Line, ...]


def read(content: bytes) -> File:
    """Raises BadFile's kinds: nothing of such a file can be used."""
    if len(content) > MOST_BYTES:
        raise FileTooLarge(field="file", megabytes=MOST_BYTES // 1024**2)
    text = _decoded(content)
    records = _records(text)
    headings = tuple(next(records, (1, ("",)))[1] or ("",))
    keys = [BY_NAME[folded(heading)].key if folded(heading) in BY_NAME else "" for heading in headings]
    for column in COLUMNS:
        if column.needed and column.key not in keys:
            raise NoColumn(field="file", column=f"{column.zh} / {column.en}")
    lines = tuple(_line(number, record, keys) for number, record in records if record is None or any(record))
    if not lines:
        raise NoLines(field="file")
    if len(lines) > MOST_LINES:
        raise TooManyLines(field="file", most=MOST_LINES)
    return File(headings, lines)


def _decoded(content: bytes) -> str:
    marked = next((name for mark, name in MARKS.items() if content.startswith(mark)), None)
    for encoding in [marked] if marked else ["utf-8", "gb18030"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text.split("\n", 1)[0]:
            return text
    raise NotText(field="file")


def _records(text: str) -> Iterator[tuple[int, tuple[str, ...] | None]]:
    """(number of the first line, cells); None for cells where a record is not CSV."""
    head = text.split("\n", 1)[0]
    separator = max((",", ";", "\t"), key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        number = reader.line_num + 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield number, None
            continue
        yield number, tuple(record)


def _line(number: int, record: tuple[str, ...] | None, keys: list[str]) -> Line:
    if record is None:
        return Line(number, None, ())
    cells = {key: _plain(cell) for key, cell in zip(keys, record, strict=False) if key}
    return Line(number, cells, record)


def _plain(cell: str) -> str:
    """Without surrounding space, and without the quote that keeps spreadsheets from taking text for a formula."""
    text = cell.strip().strip("\ufeff")
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text


def guarded(cell: str) -> str:
    """The cell so that a spreadsheet shows it and does not run it."""
    return f"'{cell}" if cell.startswith((*FORMULA, "\t", "\r")) else cell

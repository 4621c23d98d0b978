"""Many small files of a kind and day become one.

Files are merged with others of their own size class (powers of `WIDTH`), so that a fact is rewritten at most once a
class: log_16 of a day's facts, not once a commit.
"""

from collections import defaultdict

from laotie.stream.facts import arrow_schema
from laotie.stream.lake.columns import ORDER
from laotie.stream.lake.manifest import File, State
from laotie.stream.lake.reading import table_of
from laotie.stream.lake.writer import Lake

WIDTH = 16  # files of one size class that make it worth while
LARGEST = 2_000_000  # rows; a merge is held in memory, and a larger file gains a reader nothing
HEAVIEST = 32 * 1024**2  # bytes as files; in memory they are ten times as many, and a decision is half a kilobyte


def due(state: State, width: int = WIDTH) -> list[list[File]]:
    """Groups of files to merge, oldest day first; each of one kind, day and size class."""
    classes: dict[tuple[str, str, int], list[File]] = defaultdict(list)
    for file in state.files.values():
        classes[file.day, file.kind, size_class(file.rows)].append(file)
    groups = (sorted(files, key=lambda file: file.path) for _, files in sorted(classes.items()))
    return [bounded for files in groups if len(files) >= width and len(bounded := _bounded(files)) > 1]


def size_class(rows: int) -> int:
    """0 for up to 15 rows, 1 for up to 255, …"""
    return max(0, (rows.bit_length() - 1) // 4)


def merge(lake: Lake, files: list[File]) -> File:
    """Write one file with the facts of `files` and put it in their place. Returns it."""
    kind, day = files[0].kind, files[0].day
    table = table_of(lake.store, arrow_schema(kind), files).sort_by(ORDER)
    merged = lake.write(kind, day, table)
    lake.replace(files, [merged])
    return merged


def compact(lake: Lake, at_most: int = 8) -> int:
    """Merge up to `at_most` groups that are due. Returns how many were."""
    groups = due(lake.state)[:at_most]
    for files in groups:
        merge(lake, files)
    return len(groups)


def compact_all(lake: Lake) -> int:
    """Merge every day of every kind as far as it goes, whatever the size class. Returns the files saved."""
    before = len(lake.state.files)
    days: dict[tuple[str, str], list[File]] = defaultdict(list)
    for file in lake.state.files.values():
        days[file.day, file.kind].append(file)
    for _, files in sorted(days.items()):
        bounded = _bounded(sorted(files, key=lambda file: file.rows))
        if len(bounded) > 1:
            merge(lake, bounded)
    return before - len(lake.state.files)


def _bounded(files: list[File]) -> list[File]:
    rows, size, taken = 0, 0, list[File]()
    for file in files:
        rows, size = rows + file.rows, size + file.size
        if (rows > LARGEST or size > HEAVIEST) and taken:
            break
        taken.append(file)
    return taken

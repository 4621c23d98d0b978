"""Where the index lies: `home/search/<generation>/`, and a file `current` that names the generation in use.

One writer at a time (a file lock), any number of readers. A rebuild writes a new generation and turns `current` to it,
so that readers never see half of one. A reader looks for news at most every `STALE` seconds.
"""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from django.conf import settings
from filelock import FileLock, Timeout
from tantivy import Index, IndexWriter, Searcher

from laotie.kit.ids import new_id
from laotie.places.search.errors import IndexBusy
from laotie.places.search.schema import VERSION, prepared, schema

STALE = 0.5  # seconds a web process may answer from before the last commit
WRITER_BYTES = 30_000_000  # memory of one writer; the library refuses less than 15 MB
WRITER_WAIT = 60.0  # seconds


@dataclass(slots=True)
class _Reader:
    index: Index
    stamp: tuple[str, int]
    checked: float


_readers: dict[Path, _Reader] = {}
_lock = Lock()


def home() -> Path:
    """The folder of this market's index."""
    folder: Path = settings.HOME / "search"
    return folder


def searcher(root: Path) -> Searcher | None:
    """The newest state of the index below `root`; None where none was built yet."""
    with _lock:
        reader = _readers.get(root)
        if reader is None or time.monotonic() - reader.checked > STALE:
            reader = _looked_again(root, reader)
        return reader.index.searcher() if reader else None


def exists(root: Path) -> bool:
    """Whether an index of this version was built."""
    return _stamp(root) is not None


@contextmanager
def changing(root: Path) -> Iterator[IndexWriter]:
    """A writer on the index in use (an empty one is made where there is none); commits when the block ends well."""
    with _one_writer(root):
        folder = _folder(root)
        if folder is None:
            folder = _fresh(root)
            _write(folder).commit()
            _turn(root, folder)
        with _committed(folder) as writer:
            yield writer
    forget(root)


@contextmanager
def rebuilding(root: Path) -> Iterator[IndexWriter]:
    """A writer on a new, empty generation, which comes into use when the block ends well; else it is removed."""
    with _one_writer(root):
        folder = _fresh(root)
        try:
            with _committed(folder) as writer:
                yield writer
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        before = _folder(root)
        _turn(root, folder)
        _sweep(root, {folder, before})
    forget(root)


def forget(root: Path) -> None:
    """Let this process's next question see the newest commit at once."""
    with _lock:
        _readers.pop(root, None)


@contextmanager
def _one_writer(root: Path) -> Iterator[None]:
    root.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(root / "writer.lock", timeout=WRITER_WAIT):
            yield
    except Timeout as error:
        raise IndexBusy(seconds=int(WRITER_WAIT)) from error


@contextmanager
def _committed(folder: Path) -> Iterator[IndexWriter]:
    writer = _write(folder)
    try:
        yield writer
        writer.commit()
    except BaseException:
        writer.rollback()
        raise
    finally:
        writer.wait_merging_threads()


def _write(folder: Path) -> IndexWriter:
    writer = prepared(Index(schema(), path=str(folder))).writer(WRITER_BYTES, 1)
    writer.garbage_collect_files()  # a writer that was killed left deletions by the name that ours will have
    return writer


def _fresh(root: Path) -> Path:
    folder = root / f"{VERSION}-{new_id()}"
    folder.mkdir()
    return folder


def _folder(root: Path) -> Path | None:
    try:
        name = (root / "current").read_text("utf-8").strip()
    except FileNotFoundError:
        return None
    return root / name if name.startswith(f"{VERSION}-") and (root / name / "meta.json").exists() else None


def _turn(root: Path, folder: Path) -> None:
    pointer = root / "current.new"
    pointer.write_text(folder.name, "utf-8")
    os.replace(pointer, root / "current")  # noqa: PTH105  atomic, and the name says so


def _sweep(root: Path, keep: set[Path | None]) -> None:
    """Remove generations that nobody opens any more. The last one stays a while for readers that hold it."""
    for folder in root.iterdir():
        if folder.is_dir() and folder not in keep:
            shutil.rmtree(folder, ignore_errors=True)


def _stamp(root: Path) -> tuple[str, int] | None:
    folder = _folder(root)
    return (folder.name, (folder / "meta.json").stat().st_mtime_ns) if folder else None


def _looked_again(root: Path, reader: _Reader | None) -> _Reader | None:
    stamp = _stamp(root)
    if stamp is None:
        _readers.pop(root, None)
        return None
    if reader is None or reader.stamp[0] != stamp[0]:
        index = prepared(Index.open(str(root / stamp[0])))
        index.config_reader("manual")
        reader = _Reader(index, stamp, 0.0)
    if reader.checked == 0.0 or reader.stamp != stamp:
        reader.index.reload()
    reader.stamp, reader.checked = stamp, time.monotonic()
    _readers[root] = reader
    return reader

"""Chunks on their way from the web to the studio: `spool/<stream>/<run>/<number>`, written whole or not at all.

The web writes, the studio reads and deletes; they share nothing else, and either may be killed at any moment. Beside
its chunks a run has `head` (what comes before its first picture), `read` (the number below which nothing is needed),
`last` (its final number) and `over` (no more).
"""

import errno
import os
import re
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from laotie.places.media import folders
from laotie.places.media.errors import BadChunk, RunOver, StreamEnded, TooFast

WINDOW = 320  # chunks that may wait, or be ahead of what was read: half a minute of 100 ms
MOST_BYTES = 32 * 1024**2  # that may wait in a run
MOST_RUNS = 200  # of a stream: a host whose network fails for hours restarts that often
MOST_CHUNKS = 10_000_000
_RUN = re.compile(r"[0-9a-z]{6,32}")
_CHUNK = re.compile(r"[0-9]{8}")


@dataclass(frozen=True, slots=True)
class Run:
    """One start of a recorder, as it lies in the spool."""

    folder: Path

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def is_over(self) -> bool:
        return (self.folder / "over").exists()

    def waiting(self) -> dict[int, int]:
        """Number → bytes of the chunks that are there, in order. Empty where the run is gone."""
        with suppress(FileNotFoundError), os.scandir(self.folder) as entries:
            found = {int(entry.name): entry.stat().st_size for entry in entries if _CHUNK.fullmatch(entry.name)}
            return dict(sorted(found.items()))
        return {}

    def chunk(self, number: int) -> bytes | None:
        """A chunk, or None while it has not come."""
        with suppress(FileNotFoundError):
            return self._path(number).read_bytes()
        return None

    def put(self, number: int, content: bytes, last: bool = False) -> None:
        folders.write_whole(self._path(number), content)
        if last:
            folders.write_whole(self.folder / "last", str(number).encode())

    def last(self) -> int | None:
        """The number of its final chunk, once the host has said it."""
        return self._number("last")

    def read_to(self) -> int:
        """The number below which nothing is needed any more."""
        return self._number("read") or 0

    def head(self) -> bytes | None:
        """What comes before its first cluster or fragment, once that has been read."""
        with suppress(FileNotFoundError):
            return (self.folder / "head").read_bytes()
        return None

    def keep_head(self, head: bytes) -> None:
        folders.write_whole(self.folder / "head", head)

    def forget(self, before: int) -> None:
        """Delete the chunks below `before`; none of them is taken again."""
        folders.write_whole(self.folder / "read", str(before).encode())
        for number in self.waiting():
            if number < before:
                self._path(number).unlink(missing_ok=True)

    def close(self) -> None:
        """Take no more, and let go of what was taken. Nothing happens where it is gone."""
        with suppress(FileNotFoundError):
            (self.folder / "over").touch()
            self.forget(MOST_CHUNKS)

    def _number(self, name: str) -> int | None:
        with suppress(FileNotFoundError):
            return int((self.folder / name).read_bytes())
        return None

    def _path(self, number: int) -> Path:
        return self.folder / f"{number:08d}"


def open_for(stream: UUID) -> None:
    """Make the spool of a stream; nothing happens where it is."""
    folders.spool(stream).mkdir(parents=True, exist_ok=True)


def end(stream: UUID) -> None:
    """Take no more chunks. The studio finishes what is there and removes the spool."""
    with suppress(FileNotFoundError):
        (folders.spool(stream) / "ended").touch()


def is_ended(stream: UUID) -> bool:
    """Whether it was told to end, or has."""
    folder = folders.spool(stream)
    return not folder.is_dir() or (folder / "ended").exists()


def streams() -> list[UUID]:
    """Every stream with a spool."""
    with suppress(FileNotFoundError):
        return [UUID(entry.name) for entry in folders.spools().iterdir() if len(entry.name) == 36]
    return []


def runs(stream: UUID) -> list[Run]:
    """The runs of a stream in the order of their first chunks; those of none left out."""
    found = []
    with suppress(FileNotFoundError):
        for folder in folders.spool(stream).iterdir():
            if _RUN.fullmatch(folder.name):
                with suppress(FileNotFoundError):
                    found.append(((folder / "began").stat().st_mtime_ns, folder.name, Run(folder)))
    return [run for _, _, run in sorted(found, key=lambda one: one[:2])]


def remove(stream: UUID) -> None:
    shutil.rmtree(folders.spool(stream), ignore_errors=True)


def put(stream: UUID, run_name: str, number: int, content: bytes, last: bool = False) -> bool:
    """Keep a chunk; False where it was kept before. Raises BadChunk, StreamEnded, RunOver, TooFast."""
    if not _RUN.fullmatch(run_name) or not 0 <= number < MOST_CHUNKS:
        raise BadChunk
    if is_ended(stream):
        raise StreamEnded
    run = _run(stream, run_name)
    try:
        if not _is_new(run, number, len(content)):
            return False
        run.put(number, content, last)
    except FileNotFoundError:
        raise StreamEnded from None  # the studio removed the spool meanwhile
    return True


def _run(stream: UUID, name: str) -> Run:
    """The run, made with its first chunk. Raises RunOver, TooFast."""
    run = Run(folders.spool(stream) / name)
    if run.is_over:
        raise RunOver
    if not run.folder.is_dir():
        if len(runs(stream)) >= MOST_RUNS:
            raise TooFast
        with suppress(FileNotFoundError):
            run.folder.mkdir(exist_ok=True)
            (run.folder / "began").touch()
    return run


def _is_new(run: Run, number: int, size: int) -> bool:
    """Whether the chunk is wanted. Raises TooFast where it must wait."""
    waiting = run.waiting()
    lowest = run.read_to()
    if number in waiting or number < lowest:
        return False
    if number >= lowest + WINDOW or sum(waiting.values()) + size > MOST_BYTES:
        raise TooFast
    return True


def nudge(stream: UUID) -> None:
    """Wake the studio; it looks by itself every second where this does not reach it."""
    try:
        pipe = os.open(folders.nudges(), os.O_WRONLY | os.O_NONBLOCK)
    except OSError:
        return  # no studio is running
    try:
        os.write(pipe, stream.bytes)
    except OSError as error:
        if error.errno not in (errno.EAGAIN, errno.EPIPE):
            raise
    finally:
        os.close(pipe)

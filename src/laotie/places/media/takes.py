"""Takes: what is kept of a run. `<number>.mp4` grows slice by slice; `<number>.index` says what of it is whole.

The index has a header and one line a segment, written after the segment's bytes: a take that was cut off by a kill is
as long as its index says. A segment's address is its place in the file, so it never changes and needs no look-up.
"""

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, astuple, dataclass
from pathlib import Path

LONGEST_LINES = 400  # bytes that hold a line of the index whole, and what is left of the one before


@dataclass(frozen=True, slots=True)
class Head:
    """A take's constants. `init` bytes precede its first segment; `base` is the run's time, in seconds, of its 0."""

    init: int
    base: float
    codecs: str
    kinds: str  # "v", "a" or "va"


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a take that can be played by itself after the take's first bytes. Bytes, milliseconds, and ticks.

    `kept_at` is when it was whole, in milliseconds since 1970. In milliseconds from the take's 0, `video` is from
    where on no picture is kept, and `audio` where the last kept sound begins (-1: none). `chunk` and `offset` say from
    where in the spool to read on.
    """

    start: int
    length: int
    at: int
    duration: int
    kept_at: int
    video: int
    audio: int
    chunk: int
    offset: int

    @property
    def end(self) -> int:
        return self.start + self.length


class Take:
    """One take in `folder`, read from its files; bytes that no index line names are not there."""

    def __init__(self, folder: Path, number: int) -> None:
        self.number = number
        self.path = folder / f"{number}.mp4"
        self.index = folder / f"{number}.index"
        self.head: Head | None = None
        self.segments: list[Segment] = []
        self.index_end = 0  # bytes of the index that can be believed
        self._read()

    @property
    def seconds(self) -> float:
        return sum(segment.duration for segment in self.segments) / 1000

    @property
    def end(self) -> int:
        """How many bytes of the file are whole."""
        return self.segments[-1].end if self.segments else self.head.init if self.head else 0

    def _read(self) -> None:
        with suppress(FileNotFoundError):
            size = self.path.stat().st_size
            lines = self.index.read_text().splitlines(keepends=True)
            if not lines or not lines[0].endswith("\n") or Head(**json.loads(lines[0])).init > size:
                return
            self.head = Head(**json.loads(lines[0]))
            self.index_end = len(lines[0])
            for line in lines[1:]:
                segment = Segment(*map(int, line.split())) if line.endswith("\n") else None
                if segment is None or segment.end > size:
                    return  # cut off, or a power cut kept the line and not the bytes
                self.segments.append(segment)
                self.index_end += len(line)


class TakeWriter:
    """Writes a take on from where it is whole."""

    def __init__(self, take: Take) -> None:
        self.take = take
        take.path.parent.mkdir(parents=True, exist_ok=True)
        self._data = os.open(take.path, os.O_RDWR | os.O_CREAT, 0o644)
        self._lines = os.open(take.index, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
        os.ftruncate(self._data, take.end)
        os.ftruncate(self._lines, take.index_end)
        self.end = take.end
        os.lseek(self._data, self.end, os.SEEK_SET)

    def begin(self, init: bytes, head: Head) -> None:
        """The take's first bytes."""
        self.append(init)
        self.take.head = head
        self._say(json.dumps(asdict(head)))

    def append(self, content: bytes) -> None:
        left = memoryview(content)
        while left:
            left = left[os.write(self._data, left) :]
        self.end += len(content)

    def keep(self, segment: Segment) -> None:
        """What was appended up to the segment's end is whole."""
        self._say(" ".join(map(str, astuple(segment))))
        self.take.segments.append(segment)

    def close(self) -> None:
        os.close(self._data)
        os.close(self._lines)

    def _say(self, line: str) -> None:
        os.write(self._lines, f"{line}\n".encode())


def last_place(folder: Path, number: int) -> tuple[Head, int, float] | None:
    """(head, the byte at which what follows the last whole segment begins, its time in seconds of the take), read from
    the two ends of the index; None where the take has not begun."""
    with suppress(FileNotFoundError), (folder / f"{number}.index").open("rb") as index:
        first = index.readline()
        if not first.endswith(b"\n"):
            return None
        head = Head(**json.loads(first))
        index.seek(max(len(first), index.seek(0, os.SEEK_END) - LONGEST_LINES))
        lines = [line for line in index.read().splitlines(keepends=True) if line.endswith(b"\n")]
        if not lines:
            return head, head.init, 0.0
        last = Segment(*map(int, lines[-1].split()))
        return head, last.end, last.video / 1000
    return None


def codecs_of(folder: Path) -> list[str]:
    """The codecs of a stream's takes, each once; read from the first lines alone, as players ask often."""
    found = set()
    for path in folder.glob("*.index"):
        with suppress(FileNotFoundError), path.open("rb") as index:
            first = index.readline()
            if first.endswith(b"\n"):
                found.add(Head(**json.loads(first)).codecs)
    return sorted(found)


def takes(folder: Path) -> list[Take]:
    """The takes of a stream in order, those without a segment left out."""
    numbers = sorted(int(path.stem) for path in folder.glob("*.index") if path.stem.isdigit())
    return [take for take in (Take(folder, number) for number in numbers) if take.segments]


def seconds(of: Sequence[Take]) -> float:
    return sum(take.seconds for take in of)

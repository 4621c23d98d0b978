"""A run as the demuxer reads it: a file whose end is not there yet.

It also remembers where in the spool a demuxer could begin anew, so that a studio that was killed can.
"""

from bisect import bisect_right
from dataclasses import dataclass
from threading import Event

from laotie.places.media.containers.boxes import Fragments
from laotie.places.media.containers.webm import MAGIC, Clusters
from laotie.places.media.errors import NotMedia
from laotie.places.media.spool import Run

PATIENCE = 1.0  # seconds until a reader that nobody woke looks again
LONGEST_HEAD = 1024**2  # bytes: codec settings, no pictures


@dataclass(frozen=True, slots=True)
class Place:
    """A byte of the spool."""

    chunk: int
    offset: int


class Feed:
    """Reads a run from its beginning, or from `place` with the run's head before it. For one reader thread."""

    def __init__(self, run: Run, place: Place | None = None) -> None:
        self.run = run
        self.woken = Event()
        self._finishing = False
        self._ended = False
        self._left = memoryview(b"")
        self._skip = place.offset if place else 0
        self._next = place.chunk if place else 0
        self._position = 0
        self._origins: list[tuple[int, Place]] = []  # (position, what of the spool stands there)
        self._marks: list[int] = []  # positions where a demuxer could begin
        self._scanner: Clusters | Fragments | None = None
        self._before = b""  # the first mark, as long as there is none
        self._head = (run.head() or b"") if place else b""
        if self._head:
            self._take(self._head, None)

    @property
    def format(self) -> str:
        """What FFmpeg calls the container. Raises NotMedia; waits for the first bytes."""
        first = self._peek()
        if first.startswith(MAGIC):
            return "matroska"
        if first[4:8] == b"ftyp":
            return "mp4"
        raise NotMedia

    def read(self, size: int) -> bytes:
        """At most `size` bytes, as soon as there are any; b"" at the end, again and again."""
        if not self._left and not self._ended:
            self._load()
        part, self._left = bytes(self._left[:size]), self._left[size:]
        return part

    def finish(self) -> None:
        """End after what has come. From any thread."""
        self._finishing = True
        self.woken.set()

    def place_before(self, position: int) -> Place:
        """Where to begin anew so that what stands at `position`, and the mark's part before it, is read again."""
        at = max(bisect_right(self._marks, position) - 2, 0)
        if not self._marks:
            return Place(0, 0)
        self._marks = self._marks[at:]
        mark = self._marks[0]
        origins = self._origins
        first = bisect_right(origins, mark, key=lambda origin: origin[0]) - 1
        self._origins = origins[first:]
        start, place = self._origins[0]
        return Place(place.chunk, place.offset + mark - start)

    def _peek(self) -> bytes:
        while len(self._left) < 8 and not self._ended:
            before, self._left = bytes(self._left), memoryview(b"")
            self._load()
            self._left = memoryview(before + bytes(self._left))
        return bytes(self._left[:8])

    def _load(self) -> None:
        """The next chunk that is not empty, or the end."""
        while not self._left and not self._ended:
            self.woken.clear()
            content = self.run.chunk(self._next)
            if content is None:
                self._wait()
                continue
            place = Place(self._next, self._skip)
            self._next, self._skip = self._next + 1, 0
            self._take(content[place.offset :], place)

    def _wait(self) -> None:
        last = self.run.last()
        if self._finishing or self.run.is_over or (last is not None and self._next > last):
            self._ended = True
        else:
            self.woken.wait(PATIENCE)

    def _take(self, content: bytes, place: Place | None) -> None:
        if place:
            self._origins.append((self._position, place))
        self._left = memoryview(content)
        self._scan(content)
        self._position += len(content)

    def _scan(self, content: bytes) -> None:
        if self._scanner is None:
            self._before += content
            if len(self._before) < 8:
                return
            self._scanner = Clusters() if self._before.startswith(MAGIC) else Fragments()
            content = self._before
        elif not self._marks:
            self._before += content
        self._marks += self._scanner.feed(content)
        self._keep_head()

    def _keep_head(self) -> None:
        if not self._before:
            return
        if self._marks:
            if not self._head:
                self.run.keep_head(self._before[: self._marks[0]])
            self._before = b""
        elif len(self._before) > LONGEST_HEAD:
            raise NotMedia

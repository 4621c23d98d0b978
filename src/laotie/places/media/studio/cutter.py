"""From what the muxer writes to slices, segments and the take's file."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from laotie.kit import clock
from laotie.places.media.containers.boxes import Boxes, TrackPart, find, time_scales, track_parts
from laotie.places.media.studio.feed import Place
from laotie.places.media.takes import Head, Segment, TakeWriter

AUDIO_SEGMENT = 1000  # milliseconds of a segment without a picture


@dataclass(frozen=True, slots=True)
class Slice:
    """A tenth of a second or so that a player can append at once. `number` counts from 0 in its cutter."""

    number: int
    begins_with_key: bool
    content: bytes
    start: int  # where in the take's file it begins
    epoch: int  # of the cutter that made it


class Cutter:
    """The muxer's output file. `place_of` says where in the spool to read on for what begins at a millisecond."""

    def __init__(
        self,
        writer: TakeWriter,
        head: Callable[[int], Head],
        place_of: Callable[[int], Place],
        kept: Callable[[Segment], None],
        sliced: Callable[[Slice], None],
    ) -> None:
        self.writer = writer
        self.first_dts: dict[int, Fraction] = {}  # track → seconds from the take's 0 of its first packet
        self.video_track: int | None = None
        self._head, self._place_of, self._kept, self._sliced = head, place_of, kept, sliced
        self._boxes = Boxes()
        self._init = b""
        self._scales: dict[int, int] = {}
        self._moof = b""
        self._slices = 0
        self._epoch = secrets.randbits(32)
        last = writer.take.segments[-1] if writer.take.segments else None
        self._start = writer.end
        self._at = 0
        self._end = 0
        self._last_sound = last.audio if last else -1
        self._open = False

    def write(self, content: bytes) -> int:
        for kind, box in self._boxes.feed(bytes(content)):
            self._box(kind, box)
        return len(content)

    def finish(self) -> None:
        """The last segment, at the end of the run."""
        if self._open:
            self._close(self._end)

    def _box(self, kind: str, box: bytes) -> None:
        if kind == "moof":
            self._moof = box
        elif kind == "mdat":
            self._fragment(self._moof, box)
        elif kind in ("ftyp", "moov"):
            self._init += box
            if kind == "moov":
                self._scales = time_scales(box)
                self._begin()

    def _begin(self) -> None:
        if self.writer.take.head is None:
            self.writer.begin(self._init, self._head(len(self._init)))
            self._start = self.writer.end

    def _fragment(self, moof: bytes, mdat: bytes) -> None:
        moof = self._on_the_take_s_clock(moof)
        parts = track_parts(moof)
        begin, key = self._beginning(parts)
        if key:
            if self._open:
                self._close(begin)
            self._open, self._at = True, begin
        for part in parts:
            self._end = max(self._end, self._milliseconds(part.track, part.end))
            if part.track != self.video_track:
                self._last_sound = self._milliseconds(part.track, part.last)
        start = self.writer.end
        self.writer.append(moof + mdat)
        self._sliced(Slice(self._slices, key, moof + mdat, start, self._epoch))
        self._slices += 1

    def _beginning(self, parts: list[TrackPart]) -> tuple[int, bool]:
        """(when the fragment begins, whether a segment may begin with it)."""
        if self.video_track is None:
            begin = self._milliseconds(parts[0].track, parts[0].start)
            return begin, not self._open or begin - self._at >= AUDIO_SEGMENT
        video = next((part for part in parts if part.track == self.video_track), None)
        return (self._milliseconds(video.track, video.start), video.begins_with_key) if video else (0, False)

    def _close(self, at: int) -> None:
        place = self._place_of(at)
        now = int(clock.now().timestamp() * 1000)
        segment = Segment(
            self._start, self.writer.end - self._start, self._at, max(at - self._at, 1), now, at, self._last_sound,
            place.chunk, place.offset,
        )  # fmt: skip
        self.writer.keep(segment)
        self._start, self._open = self.writer.end, False
        self._kept(segment)

    def _milliseconds(self, track: int, ticks: int) -> int:
        return round(ticks * 1000 / self._scales[track])

    def _on_the_take_s_clock(self, moof: bytes) -> bytes:
        """FFmpeg lets each track's time begin at 0: sound and picture would drift apart, and again after a return."""
        changed = bytearray(moof)
        for track, first in self.first_dts.items():
            _shift(changed, track, round(first * self._scales[track]))
        return bytes(changed)


def _shift(moof: bytearray, track: int, ticks: int) -> None:
    """Move the decode time of a track's part, where there is one, by `ticks`."""
    at = 8
    while at + 8 <= len(moof):
        size, kind = int.from_bytes(moof[at : at + 4]), bytes(moof[at + 4 : at + 8])
        if kind == b"traf" and int.from_bytes(find(bytes(moof[at : at + size]), "tfhd")[12:16]) == track:
            _shift_part(moof, at, size, ticks)
        at += size


def _shift_part(moof: bytearray, traf: int, length: int, ticks: int) -> None:
    at = traf + 8
    while at < traf + length:
        size = int.from_bytes(moof[at : at + 4])
        if moof[at + 4 : at + 8] == b"tfdt":
            width = 8 if moof[at + 8] else 4
            time = int.from_bytes(moof[at + 12 : at + 12 + width]) + ticks
            moof[at + 12 : at + 12 + width] = time.to_bytes(width)
        at += size

"""ISO base media files (MP4), read as far as live video needs: boxes, and what a fragment holds of each track.

Source: ISO/IEC 14496-12, sections 4.2, 8.4.2, 8.8.7, 8.8.8, 8.8.12.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from laotie.places.media.errors import NotMedia

LARGEST = 64 * 1024**2  # bytes of one box of a recording
NOT_SYNC = 0x00010000  # of a sample's flags
LONG_SIZE = 16


@dataclass(frozen=True, slots=True)
class TrackPart:
    """A track's samples in one fragment, in its own time scale: from `start` to `end`, the last beginning at `last`."""

    track: int
    start: int
    last: int
    end: int
    begins_with_key: bool


class Boxes:
    """Fed with a file bit by bit, it gives its top boxes whole."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, content: bytes) -> Iterator[tuple[str, bytes]]:
        """(kind, the box with its header) of every box that is whole now. Raises NotMedia."""
        self._buffer += content
        while (size := top_size(self._buffer)) and size <= len(self._buffer):
            box = bytes(self._buffer[:size])
            del self._buffer[:size]
            yield box[4:8].decode("latin-1"), box


class Fragments:
    """Fed with a recording bit by bit, it tells where fragments begin."""

    def __init__(self) -> None:
        self._head = b""
        self._position = 0
        self._next = 0  # where the next box begins

    def feed(self, content: bytes) -> list[int]:
        """The positions of the fragments whose first bytes `content` completes. Raises NotMedia."""
        buffer, found = self._head + content, []
        while self._next - self._position + 8 <= len(buffer):
            at = self._next - self._position
            size = top_size(buffer[at : at + LONG_SIZE])
            if not size:
                break
            if buffer[at + 4 : at + 8] == b"moof":
                found.append(self._next)
            self._next += size
        passed = min(len(buffer), self._next - self._position)
        self._head, self._position = buffer[passed:], self._position + passed
        return found


def top_size(buffer: bytes | bytearray) -> int:
    """The size of the box that begins here; 0 while its header is cut. Raises NotMedia."""
    if len(buffer) < 8:
        return 0
    size = int.from_bytes(buffer[:4])
    if size == 1:
        size = int.from_bytes(buffer[8:LONG_SIZE]) if len(buffer) >= LONG_SIZE else 0
        if not size:
            return 0
    if not 8 <= size <= LARGEST or not bytes(buffer[4:8]).isalnum():
        raise NotMedia
    return size


def children(box: bytes, skip: int = 8) -> Iterator[tuple[str, bytes]]:
    """(kind, content) of the boxes inside one, after `skip` bytes of header."""
    while skip + 8 <= len(box):
        size = int.from_bytes(box[skip : skip + 4])
        if size < 8:
            return
        yield box[skip + 4 : skip + 8].decode("latin-1"), box[skip : skip + size]
        skip += size


def find(box: bytes, *kinds: str) -> bytes:
    """The first box along a path of kinds. Raises KeyError where there is none."""
    for kind in kinds:
        box = dict(reversed(list(children(box))))[kind]
    return box


def time_scales(moov: bytes) -> dict[int, int]:
    """Track id → ticks a second."""
    tracks = [box for kind, box in children(moov) if kind == "trak"]
    return {_track_id(trak): _time_scale(find(trak, "mdia", "mdhd")) for trak in tracks}


def track_parts(moof: bytes) -> list[TrackPart]:
    """What a fragment holds of each track."""
    return [_track_part(traf) for kind, traf in children(moof) if kind == "traf"]


def _track_id(trak: bytes) -> int:
    tkhd = find(trak, "tkhd")
    return int.from_bytes(tkhd[28:32] if tkhd[8] else tkhd[20:24])


def _time_scale(mdhd: bytes) -> int:
    return int.from_bytes(mdhd[28:32] if mdhd[8] else mdhd[20:24])


def _track_part(traf: bytes) -> TrackPart:
    inside = list(children(traf))
    named = dict(reversed(inside))
    track, duration, flags = _defaults(named["tfhd"])
    tfdt = named["tfdt"]
    start = int.from_bytes(tfdt[12:20] if tfdt[8] else tfdt[12:16])
    runs = [_run(box, duration, flags) for kind, box in inside if kind == "trun"]
    lengths = [length for run, _ in runs for length in run] or [0]
    return TrackPart(track, start, start + sum(lengths[:-1]), start + sum(lengths), bool(runs) and runs[0][1])


def _defaults(tfhd: bytes) -> tuple[int, int, int]:
    """(track id, default duration, default flags of its samples)."""
    present = int.from_bytes(tfhd[9:12])
    at, values = 16, [0, 0]
    for bit, width in ((0x1, 8), (0x2, 4), (0x8, 4), (0x10, 4), (0x20, 4)):
        if present & bit:
            if bit in (0x8, 0x20):
                values[bit == 0x20] = int.from_bytes(tfhd[at : at + width])
            at += width
    return int.from_bytes(tfhd[12:16]), values[0], values[1]


def _run(trun: bytes, duration: int, flags: int) -> tuple[list[int], bool]:
    """(the samples' durations, whether the first is a keyframe)."""
    present, count = int.from_bytes(trun[9:12]), int.from_bytes(trun[12:16])
    at = 16 + 4 * bool(present & 0x1)
    first = flags
    if present & 0x4:
        first, at = int.from_bytes(trun[at : at + 4]), at + 4
    columns = [bit for bit in (0x100, 0x200, 0x400, 0x800) if present & bit]
    values = struct.unpack_from(f">{count * len(columns)}I", trun, at)
    if 0x400 in columns and not present & 0x4 and count:
        first = values[columns.index(0x400)]
    lengths = [*values[columns.index(0x100) :: len(columns)]] if 0x100 in columns else [duration] * count
    return lengths, not first & NOT_SYNC


def shifted(moof: bytes, ticks: dict[int, int]) -> bytes:
    """A fragment whose tracks' decode times are later by `ticks`, each in its own time scale."""
    changed = bytearray(moof)
    for track, by in ticks.items():
        _shift(changed, track, by)
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

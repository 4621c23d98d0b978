"""Matroska as browsers record it, read no further than its clusters: each begins with its own time and a keyframe.

Elements are an id and a size, both of variable length (RFC 8794, sections 4 and 5). The segment and its clusters are
of unknown size while they are being recorded, so they are walked into; everything else is stepped over.
"""

from laotie.places.media.errors import NotMedia

MAGIC = b"\x1a\x45\xdf\xa3"
SEGMENT, CLUSTER = 0x18538067, 0x1F43B675
LONGEST_HEADER = 12  # bytes: an id of four and a size of eight


class Clusters:
    """Fed with a recording bit by bit, it tells where clusters begin."""

    def __init__(self) -> None:
        self._buffer = b""
        self._position = 0  # of the buffer's first byte
        self._skip = 0

    def feed(self, content: bytes) -> list[int]:
        """The positions, counted from the recording's first byte, of the clusters that `content` begins. Raises
        NotMedia where it is no Matroska."""
        self._buffer += content
        found: list[int] = []
        while self._step(found):
            pass
        return found

    def _step(self, found: list[int]) -> bool:
        """Past one element's header, or past what is skipped; False when more must be fed first."""
        passed = min(self._skip, len(self._buffer))
        self._drop(passed)
        self._skip -= passed
        header = None if self._skip else _header(self._buffer)
        if header is None:
            return False
        element, size, length = header
        if element == CLUSTER:
            found.append(self._position)
        if element not in (SEGMENT, CLUSTER):
            if size is None:
                raise NotMedia
            self._skip = size
        self._drop(length)
        return True

    def _drop(self, count: int) -> None:
        self._buffer = self._buffer[count:]
        self._position += count


def _header(buffer: bytes) -> tuple[int, int | None, int] | None:
    """(id, size or None for unknown, length of this header); None while it is cut."""
    if not buffer:
        return None
    id_length = _length(buffer[0], 4)
    if len(buffer) <= id_length:
        return None
    size_length = _length(buffer[id_length], 8)
    length = id_length + size_length
    if len(buffer) < length:
        return None
    mask = (1 << 7 * size_length) - 1
    size = int.from_bytes(buffer[id_length:length]) & mask
    return int.from_bytes(buffer[:id_length]), None if size == mask else size, length


def _length(first: int, most: int) -> int:
    """How many bytes a number of variable length has: one more than its leading zeros."""
    length = 9 - first.bit_length()
    if length > most:
        raise NotMedia
    return length

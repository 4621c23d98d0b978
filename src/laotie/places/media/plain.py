"""What plays everywhere (H.264, AAC), made of takes whose pictures some player does not know, while one asks for it.

Pieces are kept beside the take as `<take>.<start>-<length>.plain`; playlists below `plain/` list those. A player
that reads one asks for more by doing so: a job makes a few seconds, and the next reading asks again.
"""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import av
import structlog

from laotie.places.media import folders, picturing
from laotie.places.media.playlist import WINDOW
from laotie.places.media.takes import Segment, Take, takes

FEW = 8  # segments of one job: then another stream has its turn
BEHIND = 3  # segments before the newest with which somebody begins who watches live
log = structlog.get_logger()


class Made:
    """What there is in a stream's folder, read once."""

    def __init__(self, folder: Path) -> None:
        self._names = {path.name for path in folder.glob("*.plain")}

    def __call__(self, take: Take, segment: Segment) -> bool:
        """Whether a player may be told of this segment."""
        return not picturing.needs_it(take) or path(take, segment.start, segment.length).name in self._names


def path(take: Take, start: int, length: int) -> Path:
    return take.path.with_name(f"{take.number}.{start}-{length}.plain")


def lacking(found: Sequence[Take], made: Made, live: bool) -> list[tuple[Take, int]]:
    """(take, number of the segment) of what is to be made next. Live, nothing is made that nobody would see."""
    rows = [(take, number) for take in found for number in range(len(take.segments))]
    if not live:
        return [(take, number) for take, number in rows if not made(take, take.segments[number])]
    shown = rows[-WINDOW:]
    there = [at for at, (take, number) in enumerate(shown) if made(take, take.segments[number])]
    return shown[there[-1] + 1 :] if there else shown[-BEHIND:]


def make_some(stream: UUID, live: bool) -> int:
    """Make the next few segments; how many."""
    folder = folders.kept(stream)
    wanted = lacking(takes(folder), Made(folder), live)[:FEW]
    for take, number in wanted:
        _make(take, number)
    return len(wanted)


def _make(take: Take, number: int) -> None:
    """A second that cannot be decoded is kept empty, so that what follows can be seen."""
    segment, head = take.segments[number], take.head
    assert head
    try:
        content = picturing.segment(take, number)
        if not path(take, 0, head.init).exists():
            folders.write_whole(path(take, 0, head.init), picturing.init(take))
    except (av.FFmpegError, ValueError, IndexError) as error:
        log.warning("a segment cannot be shown plainly", take=take.number, number=number, error=repr(error))
        content = b""
    folders.write_whole(path(take, segment.start, segment.length), content)

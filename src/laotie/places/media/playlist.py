"""HLS playlists (RFC 8216) of takes. A segment's address is its place in the take's file."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import takewhile
from math import ceil

from laotie.places.media.takes import Segment, Take

WINDOW = 12  # segments of a live playlist: what a viewer who was away for ten seconds still finds
Row = tuple[Take, Segment]
There = Callable[[Take, Segment], bool]


def live(takes: Sequence[Take], ended: bool, there: There = lambda *_: True) -> str:
    """The last segments that are `there` one after the other, and where they stand among all."""
    rows = [(take, segment) for take in takes for segment in take.segments]
    while rows and not there(*rows[-1]):
        rows.pop()
    shown = list(reversed([*takewhile(lambda row: there(*row), reversed(rows[-WINDOW:]))]))
    before = len({take.number for take, _ in rows}) - len({take.number for take, _ in shown})
    breaks = (
        before > 0 and bool(shown) and shown[0][1] is shown[0][0].segments[0]
    )  # the window begins with a take's first segment
    lines = [f"#EXT-X-MEDIA-SEQUENCE:{len(rows) - len(shown)}", f"#EXT-X-DISCONTINUITY-SEQUENCE:{before - breaks}"]
    return _playlist(rows, [*lines, *_segments(shown, breaks)], ended)


def recording(takes: Sequence[Take], ended: bool, there: There = lambda *_: True) -> str:
    """Everything from the first picture on, as far as it is `there`."""
    every = ((take, segment) for take in takes for segment in take.segments)
    rows = list(takewhile(lambda row: there(*row), every))
    kind = f"#EXT-X-PLAYLIST-TYPE:{'VOD' if ended else 'EVENT'}"
    return _playlist(rows, ["#EXT-X-MEDIA-SEQUENCE:0", kind, *_segments(rows, False)], ended)


def _playlist(rows: Sequence[Row], lines: Sequence[str], ended: bool) -> str:
    longest = max((segment.duration for _, segment in rows), default=1000)
    head = ["#EXTM3U", "#EXT-X-VERSION:7", f"#EXT-X-TARGETDURATION:{max(1, ceil(longest / 1000 - 0.5))}",
            "#EXT-X-INDEPENDENT-SEGMENTS"]  # fmt: skip
    return "\n".join([*head, *lines, *(["#EXT-X-ENDLIST"] if ended else []), ""])


def _segments(rows: Sequence[Row], discontinuity: bool) -> Iterator[str]:
    """Lines of the segments; a take after another is a discontinuity with a map of its own."""
    current = None
    for take, segment in rows:
        if take is not current:
            if discontinuity:
                yield "#EXT-X-DISCONTINUITY"
            yield f'#EXT-X-MAP:URI="{address(take, 0, take.head.init if take.head else 0)}"'
            yield f"#EXT-X-PROGRAM-DATE-TIME:{_clock(segment)}"
            current, discontinuity = take, True
        yield f"#EXTINF:{segment.duration / 1000:.3f},"
        yield address(take, segment.start, segment.length)


def address(take: Take, start: int, length: int) -> str:
    """Relative to the playlist's."""
    return f"{take.number}/{start}-{length}.mp4"


def _clock(segment: Segment) -> str:
    began = datetime.fromtimestamp((segment.kept_at - segment.duration) / 1000, UTC)
    return began.isoformat(timespec="milliseconds").replace("+00:00", "Z")

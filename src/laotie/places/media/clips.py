"""Parts of a recording as files of their own: cut at keyframes, copied, never encoded again."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import av

from laotie.places.media import folders
from laotie.places.media.errors import NothingRecorded
from laotie.places.media.takes import Segment, Take

LONGEST = 600_000  # milliseconds
Part = tuple[Take, list[Segment]]


def chosen(takes: Sequence[Take], start: int, end: int) -> tuple[Part, int]:
    """The segments that overlap `start` to `end` (milliseconds of the recording), and where they begin.

    A clip lies within one take, as players know one set of codec settings a file: the one with most of it. Raises
    NothingRecorded.
    """
    passed, parts = 0, list[tuple[Part, int]]()
    for take in takes:
        inside, begin = list[Segment](), 0
        for segment in take.segments:
            if passed < end and passed + segment.duration > start:
                begin = begin if inside else passed
                inside.append(segment)
            passed += segment.duration
        if inside:
            parts.append(((take, inside), begin))
    if not parts or end - start > LONGEST:
        raise NothingRecorded
    return max(parts, key=lambda part: sum(segment.duration for segment in part[0][1]))


def write(path: Path, part: Part) -> None:
    """An MP4 that plays from its first byte."""
    take, segments = part
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}")
    content = BytesIO(_bytes(take, segments))
    options = {"movflags": "faststart"}
    with av.open(content) as source, av.open(str(draft), "w", format="mp4", options=options) as target:
        _copy(source, target)
    draft.replace(path)


def _bytes(take: Take, segments: Sequence[Segment]) -> bytes:
    with take.path.open("rb") as file:
        init = file.read(take.head.init if take.head else 0)
        file.seek(segments[0].start)
        return init + file.read(segments[-1].end - segments[0].start)


def _copy(source: Any, target: Any) -> None:
    """Every packet, on a clock that begins with the first keyframe; sound from before it is left out."""
    into = {stream.index: target.add_stream_from_template(stream) for stream in source.streams}
    for packet, since in _since_the_first(source):
        packet.pts, packet.dts = packet.pts - since, packet.dts - since
        packet.stream = into[packet.stream.index]
        target.mux(packet)


def _since_the_first(source: Any) -> Iterator[tuple[Any, int]]:
    """(packet, ticks to take off its times)."""
    packets = [packet for packet in source.demux() if packet.pts is not None and packet.dts is not None]
    first = min((packet.dts * packet.time_base for packet in packets if packet.stream.type == "video"), default=None)
    if first is None:
        first = min(packet.dts * packet.time_base for packet in packets)
    for packet in packets:
        since = round(first / packet.time_base)
        if packet.dts >= since:
            yield packet, since


def remove(clip_id: Any) -> None:
    folders.clip(clip_id).unlink(missing_ok=True)

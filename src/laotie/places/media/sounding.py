"""Sound as AAC for players that are silent on Opus (iPhones before iOS 17, older Safari): a segment at a time, when one
asks for it. Pictures are copied.

Every segment is made by itself, and yet the sound must not click where two meet. So AAC's blocks of 1,024 samples lie
on one grid for the whole take, decoder and encoder are warmed up with the segment before, and a segment holds what is
complete with its last sample: each block is in one segment, made of the same samples whoever asks.
"""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from io import BytesIO
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from laotie.places.media.containers.boxes import Boxes, shifted, time_scales
from laotie.places.media.takes import Segment, Take

RATE, BLOCK = 48_000, 1024
AHEAD = 3 * BLOCK  # samples that the encoder must have seen before it gives the block that begins there
BITS = 96_000
OPTIONS = {"movflags": "empty_moov+default_base_moof+skip_trailer+frag_keyframe"}
Samples = NDArray[np.float32]


def needs_it(take: Take) -> bool:
    return take.head is not None and "opus" in take.head.codecs


def init(take: Take) -> bytes:
    """What sets a decoder up, in place of the take's own."""
    return _made(take, 0)[0]


def segment(take: Take, number: int) -> bytes:
    """The take's segment of that number, its sound as AAC."""
    return _made(take, number)[1]


def _made(take: Take, number: int) -> tuple[bytes, bytes]:
    """(init, segment)."""
    written, this = BytesIO(), take.segments[number]
    with av.open(written, "w", format="mp4", options=OPTIONS) as target, av.open(content(take, [this])) as source:
        sound = coded(take, number, target)
        firsts = mux(target, copied(source, source.streams.video, target), sound)
    return split(written.getvalue(), firsts)


def coded(take: Take, number: int, target: Any) -> Iterator[Any]:
    """Packets of AAC for a new stream of `target`: those that are complete with the take's segment of that number."""
    samples, first = _samples(content(take, take.segments[max(number - 1, 0) : number + 1]))
    own, end = _span(content(take, [take.segments[number]]))
    sound = target.add_stream("aac", rate=RATE, layout="mono" if samples.shape[0] == 1 else "stereo")
    sound.bit_rate = BITS
    return _blocks(sound, samples, first, range(max(_up(own - AHEAD), 0), _up(end - AHEAD)))


def content(take: Take, segments: Sequence[Segment]) -> BytesIO:
    """Segments that follow each other, with what sets a decoder up."""
    with take.path.open("rb") as file:
        head = file.read(take.head.init if take.head else 0)
        file.seek(segments[0].start)
        return BytesIO(head + file.read(segments[-1].end - segments[0].start))


def _span(content: BytesIO) -> tuple[int, int]:
    """From which sample of the take to which its sound goes."""
    with av.open(content) as source:
        packets: list[Any] = [packet for packet in source.demux(source.streams.audio[0]) if packet.pts is not None]
    times = [(each.pts * each.time_base, (each.pts + each.duration) * each.time_base) for each in packets]
    return (round(times[0][0] * RATE), round(times[-1][1] * RATE)) if times else (0, 0)


def _samples(content: BytesIO) -> tuple[Samples, int]:
    """(channels × samples, the number of the first in the take)."""
    with av.open(content) as source:
        stream = source.streams.audio[0]
        resampler = av.AudioResampler(format="fltp", layout=stream.layout.name, rate=RATE)
        frames: list[Any] = [each for frame in source.decode(stream) for each in resampler.resample(frame)]
    if not frames:
        return np.zeros((1, 0), np.float32), 0
    first = round(frames[0].pts * frames[0].time_base * RATE)
    return np.concatenate([frame.to_ndarray() for frame in frames], axis=1), first


def _blocks(stream: Any, samples: Samples, first: int, wanted: range) -> Iterator[Any]:
    """The coded blocks that begin within `wanted`."""
    for at in range(_up(first), first + samples.shape[1] - BLOCK + 1, BLOCK):
        block = np.ascontiguousarray(samples[:, at - first :][:, :BLOCK])
        frame = av.AudioFrame.from_ndarray(block, "fltp", stream.layout.name)
        frame.sample_rate, frame.pts, frame.time_base = RATE, at, Fraction(1, RATE)
        yield from (each for each in stream.encode(frame) if round(each.pts * each.time_base * RATE) in wanted)


def _up(sample: int) -> int:
    """The first of a block that begins here or later."""
    return -(-sample // BLOCK) * BLOCK


def copied(source: Any, streams: Sequence[Any], target: Any) -> list[Any]:
    """The packets of the first of `source`'s `streams`, if there is one, as they are."""
    if not streams:
        return []
    into = target.add_stream_from_template(streams[0])
    packets = [packet for packet in source.demux(streams[0]) if packet.dts is not None]
    for packet in packets:
        packet.stream = into
    return packets


def mux(target: Any, pictures: Iterable[Any], sound: Iterable[Any]) -> dict[int, Fraction]:
    """Write packets that stand on the take's clock; track → seconds of its first packet in the take."""
    firsts: dict[int, Fraction] = {}
    for packet in sorted([*pictures, *sound], key=lambda one: one.dts * one.time_base):
        track = packet.stream.index + 1
        firsts.setdefault(track, packet.dts * packet.time_base)
        since = round(firsts[track] / packet.time_base)
        packet.pts, packet.dts = packet.pts - since, packet.dts - since
        target.mux(packet)
    return firsts


def split(content: bytes, firsts: dict[int, Fraction]) -> tuple[bytes, bytes]:
    """(init, fragments on the take's clock)."""
    head, body, scales = b"", b"", dict[int, int]()
    for kind, box in Boxes().feed(content):
        if kind in ("ftyp", "moov"):
            head += box
            scales = time_scales(box) if kind == "moov" else scales
        elif kind == "moof":
            body += shifted(box, {track: round(first * scales[track]) for track, first in firsts.items()})
        elif kind == "mdat":
            body += box
    return head, body

"""Pictures as H.264 for players that do not know the host's codec (VP8, which hardly any shows in MP4; VP9 and AV1 on
older iPhones), a segment at a time. Sound becomes AAC with them, so that what is made plays everywhere.

Every segment begins with a keyframe and is encoded by itself with the same settings, so it follows any other.
"""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import av
from av.video.frame import PictureType

from laotie.places.media import sounding
from laotie.places.media.takes import Take

# One thread, so that an encoder takes one core at most; no pictures out of order, so that a segment ends where it ends.
MOST_BITS = 2_500_000  # a second
ENCODING = {
    "preset": "superfast", "tune": "zerolatency", "threads": "1", "maxrate": str(MOST_BITS), "bufsize": str(MOST_BITS),
}  # fmt: skip
OF_SEGMENTS = {"crf": "24", "g": "100000"}


def needs_it(take: Take) -> bool:
    return take.head is not None and "v" in take.head.kinds and "avc1" not in take.head.codecs


def init(take: Take) -> bytes:
    """What sets a decoder up, in place of the take's own."""
    return _made(take, 0)[0]


def segment(take: Take, number: int) -> bytes:
    """The take's segment of that number as H.264 and AAC."""
    return _made(take, number)[1]


def _made(take: Take, number: int) -> tuple[bytes, bytes]:
    """(init, segment)."""
    written, this = BytesIO(), [take.segments[number]]
    with av.open(written, "w", format="mp4", options=sounding.OPTIONS) as target:
        with av.open(sounding.content(take, this)) as source:
            pictures = _encoded(source, target)
        with av.open(sounding.content(take, this)) as source:
            sound = (
                sounding.coded(take, number, target)
                if sounding.needs_it(take)
                else sounding.copied(source, source.streams.audio, target)
            )
            firsts = sounding.mux(target, pictures, sound)
    return sounding.split(written.getvalue(), firsts)


def _encoded(source: Any, target: Any) -> list[Any]:
    """Packets of all pictures, of the size that the take began with."""
    own = source.streams.video[0]
    stream = encoder(own, target, OF_SEGMENTS)
    packets: list[Any] = []
    for frame in source.decode(own):
        packets += stream.encode(plain(frame, stream))
    return [*packets, *stream.encode(None)]


def encoder(source: Any, target: Any, options: Mapping[str, str]) -> Any:
    """A stream of `target` that makes H.264 of the pictures of `source`, of their size but for an odd row or column."""
    stream = target.add_stream("libx264", options=ENCODING | dict(options))
    stream.width, stream.height, stream.pix_fmt = source.width // 2 * 2, source.height // 2 * 2, "yuv420p"
    stream.codec_context.time_base = source.time_base
    return stream


def plain(frame: Any, stream: Any, kind: PictureType = PictureType.NONE) -> Any:
    """The picture as `stream` takes it, at its time; of which kind, the encoder chooses where none is given."""
    taken = frame.reformat(width=stream.width, height=stream.height, format=stream.pix_fmt)
    taken.pts, taken.time_base, taken.pict_type = frame.pts, frame.time_base, kind
    return taken

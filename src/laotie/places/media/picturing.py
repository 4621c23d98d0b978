"""Pictures as H.264 for players that do not know the host's codec (VP8, which hardly any shows in MP4; VP9 and AV1 on
older iPhones), a segment at a time. Sound becomes AAC with them, so that what is made plays everywhere.

Every segment begins with a keyframe and is encoded by itself with the same settings, so it follows any other.
"""

from io import BytesIO
from typing import Any

import av

from laotie.places.media import sounding
from laotie.places.media.takes import Take

# One thread, so that an encoder takes one core at most; no pictures out of order, so that a segment ends where it ends.
ENCODING = {"preset": "superfast", "tune": "zerolatency", "crf": "24", "threads": "1", "g": "100000"}
MOST_BITS = 2_500_000  # a second


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
    size = {"width": own.width // 2 * 2, "height": own.height // 2 * 2}
    stream = target.add_stream("libx264", options=ENCODING | {"maxrate": str(MOST_BITS), "bufsize": str(MOST_BITS)})
    stream.width, stream.height, stream.pix_fmt = size["width"], size["height"], "yuv420p"
    stream.codec_context.time_base = own.time_base
    packets: list[Any] = []
    for frame in source.decode(own):
        packets += stream.encode(_plain(frame, size))
    return [*packets, *stream.encode(None)]


def _plain(frame: Any, size: dict[str, int]) -> Any:
    plain = frame.reformat(**size, format="yuv420p")
    plain.pts, plain.time_base, plain.pict_type = frame.pts, frame.time_base, 0  # the encoder chooses
    return plain

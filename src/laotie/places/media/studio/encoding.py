"""Pictures that no player shows in MP4 (VP8: all that Firefox records) become H.264 on their way into the take.

A picture in is a picture out, at the same time and a keyframe where it was one, so that everything else in the studio
need not know of it. The encoder looks neither back nor ahead, and takes one core at most. Its thread stands back behind
the recordings that only copy.
"""

from collections.abc import Iterable
from typing import Any

from av.video.frame import PictureType

from laotie.kit.threads import stand_back
from laotie.places.media import picturing

BEHIND = 10  # niceness among the studio's threads
FOREVER = 1_000_000  # pictures between keyframes of the encoder's own choice: there are none
OPTIONS = {"crf": "23", "forced-idr": "1", "g": str(FOREVER), "sc_threshold": "0"}


class Encoder:
    """From packets of one stream to packets of `target`'s new stream. Made and used in one thread."""

    def __init__(self, source: Any, target: Any) -> None:
        self.stream = picturing.encoder(source, target, OPTIONS)
        self.stream.codec_context.open()
        stand_back(BEHIND)

    def turned(self, packet: Any) -> Iterable[Any]:
        """The pictures of one packet, mostly one. Raises FFmpegError."""
        for frame in packet.decode():
            kind = PictureType.I if packet.is_keyframe else PictureType.NONE
            yield from self.stream.encode(picturing.plain(frame, self.stream, kind))

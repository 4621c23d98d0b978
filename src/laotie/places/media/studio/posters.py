"""A stream's poster: a keyframe now and then, decoded and kept as WebP."""

from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import av
import structlog

from laotie.kit import clock
from laotie.places.media import folders

EVERY = timedelta(seconds=30)
WIDTH, QUALITY = 720, 75
log = structlog.get_logger()


class Poster:
    """`poster.webp` in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "poster.webp"
        self._taken: datetime | None = None

    def offer(self, packet: Any) -> None:
        """Take this keyframe where the last one is old. A picture that cannot be decoded is no reason to stop."""
        if self._taken and clock.now() - self._taken < EVERY:
            return
        self._taken = clock.now()
        try:
            folders.write_whole(self._path, picture(packet))
        except (av.FFmpegError, ValueError, OSError) as error:
            log.info("no poster", error=repr(error))


def picture(packet: Any) -> bytes:
    """A keyframe as WebP. Raises FFmpegError, or ValueError where the decoder gave nothing."""
    template = packet.stream.codec_context
    decoder: Any = av.CodecContext.create(template.codec.canonical_name, "r")
    decoder.extradata = template.extradata
    decoder.thread_type = "NONE"
    copy = av.Packet(bytes(packet))
    frames = [*decoder.decode(copy), *decoder.decode(None)]
    if not frames:
        raise ValueError("no picture")
    image = frames[0].to_image()
    image.thumbnail((WIDTH, WIDTH * 3))
    written = BytesIO()
    image.save(written, "WEBP", quality=QUALITY, method=2)
    return written.getvalue()

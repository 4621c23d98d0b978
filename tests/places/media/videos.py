"""Real recordings for the tests: a counter burnt into every picture, a tone, in the containers that browsers send."""

import hashlib
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import av
import numpy as np

RATE = 25
BITS, BLOCK, TOP = 10, 24, 8  # a row of black and white squares: one white, one black, then the counter's bits
SIZE = (320, 180)
LIVE = {"live": "1", "cluster_time_limit": "250"}
FRAGMENTED = {"movflags": "frag_keyframe+empty_moov+default_base_moof"}
Packet = tuple[str, int, str]


def picture(number: int) -> Any:
    """A picture that moves and says its number."""
    pixels = np.full((SIZE[1], SIZE[0], 3), 90, np.uint8)
    pixels[60:, (number * 4) % SIZE[0] :][:, :40] = (200, 80, 40)
    bits = [1, 0, *((number >> bit) & 1 for bit in range(BITS))]
    for place, bit in enumerate(bits):
        pixels[TOP : TOP + BLOCK, 4 + place * BLOCK :][:, :BLOCK] = 255 * bit
    return av.VideoFrame.from_ndarray(pixels, format="rgb24")


@cache
def recording(kind: str = "webm", seconds: int = 4, video: str = "libx264", sound: str = "libopus") -> bytes:
    """A recording as a browser makes it: a keyframe a second, `video` or `sound` left out where "" """
    written = BytesIO()
    name, options = ("matroska", LIVE) if kind == "webm" else ("mp4", FRAGMENTED)
    with av.open(written, "w", format=name, options=options) as target:
        picture_stream = _video(target, video) if video else None
        sound_stream: Any = target.add_stream(sound, rate=48000, layout="mono") if sound else None
        for number in range(seconds * RATE):
            if picture_stream is not None:
                frame = picture(number).reformat(format="yuv420p")
                frame.pts = number
                target.mux(picture_stream.encode(frame))
            if sound_stream is not None:
                target.mux(sound_stream.encode(_tone(number)))
        for stream in (picture_stream, sound_stream):
            if stream is not None:
                target.mux(stream.encode(None))
    return written.getvalue()


def _video(target: Any, codec: str) -> Any:
    fast = {"libx264": {"preset": "ultrafast", "tune": "zerolatency"}}.get(
        codec, {"deadline": "realtime", "cpu-used": "8"}
    )
    stream = target.add_stream(codec, rate=RATE, options=fast)
    stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
    stream.bit_rate, stream.gop_size = 300_000, RATE
    return stream


def _tone(number: int) -> Any:
    count = 48000 // RATE
    wave = np.sin(2 * np.pi * 440 * (np.arange(count) + number * count) / 48000) * 8000
    frame = av.AudioFrame.from_ndarray(wave.astype(np.int16).reshape(1, -1), format="s16", layout="mono")
    frame.sample_rate, frame.pts = 48000, number * count
    return frame


def cut(content: bytes, size: int = 3000) -> list[bytes]:
    """Chunks that end anywhere."""
    return [content[at : at + size] for at in range(0, len(content), size)]


def packets(content: bytes | Path, begin: int = 0) -> list[Packet]:
    """(kind, milliseconds, digest of the coded bytes) of every packet from `begin` on, pictures first, in coded order.
    What an encoder of sound says before the first picture is not kept."""
    source: Any = str(content) if isinstance(content, Path) else BytesIO(content)
    found: dict[str, list[Packet]] = {"video": [], "audio": []}
    with av.open(source) as container:
        for packet in container.demux():
            if packet.pts is not None and packet.pts >= begin:
                kind = packet.stream.type
                digest = hashlib.sha256(bytes(packet)).hexdigest()[:12]
                found[kind].append((kind, round(packet.pts * packet.time_base * 1000), digest))
    return found["video"] + found["audio"]


def number_of(image: Any) -> int | None:
    """The counter in an RGB picture; None where there is none."""
    middle = image[TOP + BLOCK // 2, [4 + BLOCK // 2 + place * BLOCK for place in range(BITS + 2)]].mean(axis=-1)
    if middle[0] < 170 or middle[1] > 85:
        return None
    return sum(1 << bit for bit, value in enumerate(middle[2:]) if value > 127)


def camera(path: Path, seconds: int = 20) -> Path:
    """A file that Chromium takes for a camera."""
    with av.open(str(path), "w", format="mjpeg") as target:
        stream: Any = target.add_stream("mjpeg", rate=RATE, options={"qscale": "3"})
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuvj420p"
        for number in range(seconds * RATE):
            target.mux(stream.encode(picture(number).reformat(format="yuvj420p")))
        target.mux(stream.encode(None))
    return path

"""VP8 becomes H.264 on its way: every picture once, keyframes where they were, and a studio that was killed goes on."""

from io import BytesIO

import av

from laotie.places.media import folders, spool
from laotie.places.media.studio.running import Studio
from laotie.places.media.takes import takes
from tests.places.media import videos
from tests.places.media.conftest import start_studio, until
from tests.places.media.test_studio import made, send


def seen(take) -> tuple[str, list[tuple[int, bool, int | None]]]:
    """(codec, (milliseconds, whether a keyframe, the counter) of every picture)."""
    with av.open(BytesIO(take.path.read_bytes()[: take.end])) as source:
        stream = source.streams.video[0]
        pictures = [
            (
                round(frame.pts * frame.time_base * 1000),
                frame.key_frame,
                videos.number_of(frame.to_ndarray(format="rgb24")),
            )
            for frame in source.decode(stream)
        ]
        return stream.codec_context.codec.canonical_name, pictures


def test_every_picture_is_kept_once_as_h264(studio, stream):
    content = videos.recording("webm", 4, "libvpx")
    send(stream, "onerun", videos.cut(content))
    (take,) = made(studio, stream)
    codec, pictures = seen(take)
    assert codec == "h264"
    assert take.head.codecs.startswith("avc1.")
    assert [number for _, _, number in pictures] == list(range(100))
    assert [time for time, _, _ in pictures] == list(range(0, 4000, 40))
    assert [time for time, is_key, _ in pictures if is_key] == [0, 1000, 2000, 3000]
    sounds = [[one for one in videos.packets(each) if one[0] == "audio"] for each in (content, take.path.read_bytes())]
    assert sounds[0] == sounds[1]


def test_another_studio_goes_on_where_one_was_killed(stream, home):
    """It reads again from before the last segment that was whole, and no picture is missing or there twice."""
    chunks = videos.cut(videos.recording("webm", 6, "libvpx"))
    process = start_studio(home)
    try:
        send(stream, "onerun", chunks[: len(chunks) // 2], finished=False)
        until(lambda: any(take.segments for take in takes(folders.kept(stream))))
    finally:
        process.kill()
        process.wait()
    for number, chunk in list(enumerate(chunks))[len(chunks) // 2 :]:
        spool.put(stream, "onerun", number, chunk, last=number == len(chunks) - 1)
    (take,) = made(Studio(lambda *_: None), stream)
    _, pictures = seen(take)
    assert [number for _, _, number in pictures] == list(range(150))
    assert [time for time, _, _ in pictures] == list(range(0, 6000, 40))


def test_an_odd_size_becomes_even(studio, stream):
    """H.264's colours need pairs of pixels; a phone's screen that is shared may have any size."""
    send(stream, "onerun", videos.cut(odd()))
    (take,) = made(studio, stream)
    with av.open(BytesIO(take.path.read_bytes()[: take.end])) as source:
        own = source.streams.video[0]
        assert (own.width, own.height, sum(1 for _ in source.decode(own))) == (200, 150, 25)


def odd() -> bytes:
    written = BytesIO()
    with av.open(written, "w", format="matroska", options=videos.LIVE) as target:
        stream = target.add_stream("libvpx", rate=25, options={"deadline": "realtime", "cpu-used": "8"})
        stream.width, stream.height, stream.pix_fmt, stream.gop_size = 201, 151, "yuv420p", 25
        for number in range(25):
            frame = videos.picture(number).reformat(width=201, height=151, format="yuv420p")
            frame.pts = number
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
    return written.getvalue()

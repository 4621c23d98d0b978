"""The studio: whatever way a recording is cut and comes, its take has every packet once, and its playlists are true."""

import re
from datetime import timedelta
from io import BytesIO
from uuid import UUID

import av
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laotie.kit import clock
from laotie.kit.ids import new_id
from laotie.places.media import folders, playlist, spool, standing
from laotie.places.media.contracts import State
from laotie.places.media.errors import StreamEnded
from laotie.places.media.studio.running import Studio
from laotie.places.media.takes import Take, takes
from tests.places.media import videos
from tests.places.media.conftest import until


def send(stream: UUID, run: str, chunks: list[bytes], finished: bool = True) -> None:
    for number, chunk in enumerate(chunks):
        spool.put(stream, run, number, chunk, last=finished and number == len(chunks) - 1)


def made(studio: Studio, stream: UUID) -> list[Take]:
    """The takes, once all runs that wait are recorded."""
    until(lambda: (studio.sweep(), all(run.is_over for run in spool.runs(stream)))[1])
    until(lambda: (studio.sweep(), not studio.productions[stream].is_recording)[1])
    return takes(folders.kept(stream))


def in_take(take: Take) -> list[videos.Packet]:
    return videos.packets(take.path.read_bytes()[: take.end])


@pytest.mark.parametrize("kind", ["webm", "mp4"])
@pytest.mark.parametrize(
    ("video", "sound"), [("libx264", "libopus"), ("libx264", ""), ("libvpx-vp9", "libopus"), ("libx264", "aac")]
)
def test_every_packet_is_kept_once_and_as_it_came(studio, stream, kind, video, sound):
    content = videos.recording(kind, 4, video, sound)
    send(stream, "onerun", videos.cut(content))
    (take,) = made(studio, stream)
    assert in_take(take) == videos.packets(content)
    assert [round(segment.duration, -2) for segment in take.segments][:3] == [1000] * 3


@pytest.mark.parametrize("kind", ["webm", "mp4"])
def test_sound_alone_is_a_stream_too(studio, stream, kind):
    content = videos.recording(kind, 4, "")
    send(stream, "onerun", videos.cut(content, 500))
    (take,) = made(studio, stream)
    digests = [digest for _, _, digest in videos.packets(content, begin=-100_000)]
    assert [digest for _, _, digest in in_take(take)] == digests
    assert [round(segment.duration, -2) for segment in take.segments][:3] == [1000] * 3


@given(size=st.integers(1500, 40_000), order=st.randoms(use_true_random=False), kind=st.sampled_from(["webm", "mp4"]))
@settings(max_examples=12)
def test_chunks_may_end_anywhere_and_come_in_any_order(size, order, kind):
    stream, studio = new_id(), Studio(lambda *_: None)
    spool.open_for(stream)
    content = videos.recording(kind)
    chunks = list(enumerate(videos.cut(content, size)))
    last = len(chunks) - 1
    order.shuffle(chunks)
    for number, chunk in chunks:
        spool.put(stream, "shuffled", number, chunk, last=number == last)
    (take,) = made(studio, stream)
    assert in_take(take) == videos.packets(content)


def test_every_segment_plays_by_itself_and_begins_with_a_keyframe(studio, stream):
    send(stream, "onerun", videos.cut(videos.recording()))
    (take,) = made(studio, stream)
    content = take.path.read_bytes()
    seen = []
    for segment in take.segments:
        alone = content[: take.head.init] + content[segment.start : segment.end]
        with av.open(BytesIO(alone)) as container:
            first = next(container.demux(video=0))
            assert first.is_keyframe
        with av.open(BytesIO(alone)) as container:
            seen += [videos.number_of(frame.to_ndarray(format="rgb24")) for frame in container.decode(video=0)]
    assert seen == list(range(100))


def test_a_host_who_returns_continues_the_stream_after_a_discontinuity(studio, stream):
    send(stream, "firstrun", videos.cut(videos.recording("webm", 4)), finished=False)
    until(lambda: (studio.sweep(), standing.read(stream).state is State.LIVE)[1])
    send(stream, "secondrun", videos.cut(videos.recording("mp4", 8)))
    until(lambda: (studio.sweep(), len(takes(folders.kept(stream))) == 2)[1])
    one, two = made(studio, stream)
    assert in_take(one) == videos.packets(videos.recording("webm", 4))
    assert in_take(two) == videos.packets(videos.recording("mp4", 8))
    written = (folders.kept(stream) / "live.m3u8").read_text()
    assert written == playlist.live([one, two], ended=False)
    assert written.count("#EXT-X-DISCONTINUITY\n") == 1
    assert re.findall(r'MAP:URI="(.+)"', written) == [f"0/0-{one.head.init}.mp4", f"1/0-{two.head.init}.mp4"]
    assert standing.read(stream).seconds == pytest.approx(12, abs=0.1)


def test_the_live_window_slides_over_a_discontinuity_and_counts_it(studio, stream):
    for run, seconds in (("firstrun", 4), ("secondrun", 11)):
        send(stream, run, videos.cut(videos.recording("webm", seconds)))
        made(studio, stream)
    lines = (folders.kept(stream) / "live.m3u8").read_text().splitlines()
    assert lines.count("#EXT-X-DISCONTINUITY") == 1
    assert "#EXT-X-MEDIA-SEQUENCE:3" in lines
    assert "#EXT-X-DISCONTINUITY-SEQUENCE:0" in lines
    send(stream, "thirdrun", videos.cut(videos.recording("webm", 4)))
    made(studio, stream)
    lines = (folders.kept(stream) / "live.m3u8").read_text().splitlines()
    assert "#EXT-X-MEDIA-SEQUENCE:7" in lines
    assert "#EXT-X-DISCONTINUITY-SEQUENCE:1" in lines


def test_silence_is_a_drop_and_a_quarter_of_an_hour_of_it_the_end(studio, stream):
    send(stream, "onerun", videos.cut(videos.recording()), finished=False)
    until(lambda: (studio.sweep(), standing.read(stream).seconds > 2)[1])
    assert standing.read(stream).state is State.LIVE
    with clock.travel(clock.now() + timedelta(seconds=5)):
        studio.sweep()
    assert standing.read(stream).state is State.DROPPED
    with clock.travel(clock.now() + timedelta(minutes=14, seconds=55)):
        studio.sweep()
    assert standing.read(stream).state is State.DROPPED
    with clock.travel(clock.now() + timedelta(minutes=15, seconds=5)):
        until(lambda: (studio.sweep(), standing.read(stream).state is State.ENDED)[1])
    assert (folders.kept(stream) / "live.m3u8").read_text().endswith("#EXT-X-ENDLIST\n")
    assert not folders.spool(stream).exists()
    with pytest.raises(StreamEnded):
        spool.put(stream, "latecomer", 0, b"")


def test_an_ended_stream_keeps_what_had_come(studio, stream):
    content = videos.recording()
    send(stream, "onerun", videos.cut(content), finished=False)
    spool.end(stream)
    until(lambda: (studio.sweep(), standing.read(stream).state is State.ENDED)[1])
    (take,) = takes(folders.kept(stream))
    assert in_take(take) == videos.packets(content)


@pytest.mark.parametrize("made_of", [
    lambda: videos.recording()[:400] + b"\0" * 5000, lambda: b"\x1a\x45\xdf\xa3" + b"\xff" * 4000,
    lambda: b"\0\0\0\x18ftypisom" + b"\x07" * 3000, lambda: videos.recording("mp4")[:3000] + b"\0\0\0\0" * 2000,
    lambda: b"\x1a", lambda: videos.recording("webm", 1, "libvpx"),
])  # fmt: skip
def test_bytes_that_are_no_video_end_their_run_and_nothing_else(studio, stream, made_of):
    send(stream, "badrun", videos.cut(made_of()))
    other = new_id()
    spool.open_for(other)
    send(other, "goodrun", videos.cut(videos.recording()))
    made(studio, stream)
    (take,) = made(studio, other)
    assert in_take(take) == videos.packets(videos.recording())
    send(stream, "goodrun", videos.cut(videos.recording()))
    assert in_take(made(studio, stream)[-1]) == videos.packets(videos.recording())


def test_more_streams_than_the_studio_carries_wait_their_turn(stream):
    studio, others = Studio(lambda *_: None, most=2), [stream, new_id(), new_id()]
    for one in others:
        spool.open_for(one)
        send(one, "therun", videos.cut(videos.recording()), finished=False)
    until(lambda: (studio.sweep(), sum(p.is_recording for p in studio.productions.values()) == 2)[1])
    assert sum(standing.read(one).runs == [] for one in others) == 1
    for one in others:
        spool.end(one)
    until(lambda: (studio.sweep(), all(standing.read(one).state is State.ENDED for one in others))[1])
    assert {len(takes(folders.kept(one))) for one in others} == {1}


def test_a_poster_is_a_picture_of_the_stream(studio, stream):
    from PIL import Image

    send(stream, "onerun", videos.cut(videos.recording()))
    made(studio, stream)
    with Image.open(folders.kept(stream) / "poster.webp") as poster:
        assert (poster.format, poster.size) == ("WEBP", videos.SIZE)

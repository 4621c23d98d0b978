"""What is kept of a stream: served as it lies, cut into clips without encoding, deleted when its time has come."""

import re
from datetime import timedelta
from io import BytesIO
from uuid import UUID

import av
import pytest
from django.test import Client

from laotie.kit import clock
from laotie.kit.ids import new_id
from laotie.places.media import actions, folders, queries, spool, standing
from laotie.places.media.contracts import State
from laotie.places.media.errors import NothingRecorded, StillLive
from laotie.places.media.pages import ranges
from tests.places.media import videos
from tests.places.media.conftest import until
from tests.places.media.test_studio import send

pytestmark = pytest.mark.django_db


def recorded(studio, *seconds: int) -> UUID:
    """An ended stream with a take of each length."""
    stream = new_id()
    actions.open_stream(stream, new_id())
    actions.publish_token(stream)
    for number, length in enumerate(seconds):
        send(stream, f"therun{number}", videos.cut(videos.recording("webm", length)))
    actions.end_stream(stream)
    until(lambda: (studio.sweep(), standing.read(stream).state is State.ENDED)[1])
    return stream


def numbers(content: bytes) -> list[int | None]:
    """The counters of a file's pictures."""
    with av.open(BytesIO(content)) as container:
        return [videos.number_of(frame.to_ndarray(format="rgb24")) for frame in container.decode(video=0)]


def test_a_recording_is_served_piece_by_piece_and_whole_in_the_end(studio):
    stream, client = recorded(studio, 4, 2), Client()
    replay = queries.replay(stream)
    assert replay.seconds == pytest.approx(6, abs=0.1)
    answer = client.get(replay.url)
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/vnd.apple.mpegurl", "max-age=3600")
    text = answer.content.decode()
    assert "#EXT-X-PLAYLIST-TYPE:VOD" in text
    assert text.endswith("#EXT-X-ENDLIST\n")
    seen: list[int | None] = []
    for line in text.splitlines():
        if found := re.match(r'#EXT-X-MAP:URI="(.+)"', line):
            init = client.get(f"/media/{stream}/{found[1]}").content
        elif not line.startswith("#"):
            piece = client.get(f"/media/{stream}/{line}")
            assert (piece["Content-Type"], "immutable" in piece["Cache-Control"]) == ("video/mp4", True)
            seen += numbers(init + piece.content)
    assert seen == [*range(100), *range(50)]
    assert client.get(queries.playlist_url(stream))["Cache-Control"] == "no-store"
    assert client.get(queries.poster_url(stream))["Content-Type"] == "image/webp"


def test_what_is_not_there_is_not_found(studio):
    stream, client = recorded(studio, 1), Client()
    for path in ("0/0-99999999999.mp4", "0/999999-10.mp4", "7/0-10.mp4", "0/0-0.mp4", f"0/{10**30}-10.mp4"):
        assert client.get(f"/media/{stream}/{path}").status_code == 404
    for name in ("live.m3u8", "recording.m3u8", "poster.webp"):
        assert client.get(f"/media/{new_id()}/{name}").status_code == 404
    assert queries.replay(new_id()) is None
    assert client.get(f"/media/{new_id()}/state").json() == {
        "state": "idle", "seconds": 0.0, "last_media_at": None, "codecs": [],
    }  # fmt: skip


def test_a_clip_begins_at_the_keyframe_before_and_is_not_encoded_again(studio):
    stream = recorded(studio, 4)
    clip = actions.cut(stream, 1.2, 2.9)
    assert actions.cut(stream, 1.2, 2.9) == clip
    content = folders.clip(clip).read_bytes()
    assert numbers(content) == list(range(25, 75))
    digests = {digest for _, _, digest in videos.packets(videos.recording("webm", 4))}
    assert {digest for _, _, digest in videos.packets(content)} <= digests
    found = queries.clip(clip)
    assert (found.stream, found.start, found.end) == (stream, 1.2, 2.9)
    assert b"".join(Client().get(found.url).streaming_content) == content


def test_a_clip_lies_within_the_take_that_has_most_of_it(studio):
    stream = recorded(studio, 4, 4)
    assert numbers(folders.clip(actions.cut(stream, 3.5, 6.5)).read_bytes()) == list(range(75))


@pytest.mark.parametrize(("start", "end"), [(50, 60), (-5, 0), (2, 2 - 1e-3), (0, 100_000)])
def test_a_clip_of_nothing_is_refused(studio, start, end):
    stream = recorded(studio, 1)
    with pytest.raises(NothingRecorded):
        actions.cut(stream, start, end)


def test_a_moment_of_the_day_is_found_in_the_recording(studio):
    stream = recorded(studio, 4)
    ended = clock.now()
    assert queries.moment(stream, ended + timedelta(hours=1)) == pytest.approx(4, abs=0.1)
    assert queries.moment(stream, ended - timedelta(hours=1)) == 0
    assert queries.moment(new_id(), ended) is None


def test_a_recording_goes_with_its_clips_when_its_time_has_come(studio):
    stream = recorded(studio, 2)
    clip = actions.cut(stream, 0, 1)
    assert actions.clear_old(90) == 0
    with clock.travel(clock.now() + timedelta(days=91)):
        assert actions.clear_old(0) == 0
        assert actions.clear_old(90) == 1
        assert actions.clear_old(90) == 0
    assert queries.replay(stream) is None
    assert queries.clip(clip) is None
    assert not folders.kept(stream).exists()
    assert not folders.clip(clip).exists()
    assert queries.state(stream).state is State.ENDED


def test_a_live_stream_is_not_deleted_under_its_host():
    stream, owner = new_id(), new_id()
    actions.open_stream(stream, owner)
    with pytest.raises(StillLive):
        actions.delete_recording(stream)
    actions.forget(owner)
    assert queries.state(stream).state is State.ENDED


def test_a_recording_deleted_while_it_is_made_leaves_the_studio_in_peace(studio, stream):
    send(stream, "onerun", videos.cut(videos.recording()), finished=False)
    until(lambda: (studio.sweep(), standing.read(stream).seconds > 2)[1])
    import shutil

    shutil.rmtree(folders.kept(stream))
    spool.end(stream)
    until(lambda: (studio.sweep(), stream not in studio.productions)[1])
    assert not folders.spool(stream).exists()


@pytest.mark.parametrize(("header", "wanted"), [
    ("", None), ("bytes=0-99", range(100)), ("bytes=50-", range(50, 1000)), ("bytes=-10", range(990, 1000)),
    ("bytes=-5000", range(1000)), ("bytes=990-5000", range(990, 1000)), ("bytes=1000-", range(0)),
    ("bytes=9-2", range(0)), ("bytes=0-1,5-6", None), ("bytes=-", None), ("lines=0-1", None), ("bytes=a-b", None),
])  # fmt: skip
def test_ranges(header, wanted):
    assert ranges.asked(header, 1000) == (wanted and range(wanted.start, wanted.stop)) or not wanted


def test_a_phone_gets_the_part_it_asks_for(studio):
    stream = recorded(studio, 1)
    found = queries.clip(actions.cut(stream, 0, 1))
    whole = folders.clip(found.id).read_bytes()
    part = Client().get(found.url, HTTP_RANGE="bytes=10-19")
    assert (part.status_code, b"".join(part.streaming_content)) == (206, whole[10:20])
    assert part["Content-Range"] == f"bytes 10-19/{len(whole)}"
    assert Client().get(found.url, HTTP_RANGE=f"bytes={len(whole)}-").status_code == 416

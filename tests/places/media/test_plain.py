"""H.264 and AAC for players that do not know the host's codec: made while one asks, as much as can be seen."""

from io import BytesIO
from typing import Any
from urllib.parse import urljoin

import av
import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from laotie.places.media import folders, picturing, plain
from laotie.places.media.takes import takes
from tests.places.media import videos
from tests.places.media.conftest import until
from tests.places.media.test_sounding import recorded
from tests.places.media.test_studio import send

pytestmark = pytest.mark.django_db


def listed(stream, name: str = "recording") -> list[str]:
    """Addresses of what the plain playlist lists, what sets the decoder up first; [] where there is none."""
    address = f"/media/{stream}/plain/{name}.m3u8"
    answer = Client().get(address)
    if answer.status_code == 404:
        return []
    words = answer.content.decode()
    init = words.partition('URI="')[2].partition('"')[0]
    return [urljoin(address, each) for each in [init, *[line for line in words.split("\n") if line[:1].isdigit()]]]


def played(pieces: list[str]) -> bytes:
    return b"".join(Client().get(piece).content for piece in pieces)


def seen(content: bytes) -> tuple[list[str], list[int | None], list[int]]:
    """(codecs, counters in the pictures, their milliseconds)."""
    with av.open(BytesIO(content)) as source:
        names = [each.codec_context.codec.canonical_name for each in source.streams]
        frames: list[Any] = list(source.decode(source.streams.video[0]))
    counters = [videos.number_of(frame.to_ndarray(format="rgb24")) for frame in frames]
    return names, counters, [round(frame.pts * frame.time_base * 1000) for frame in frames]


def jobs() -> int:
    return ProcrastinateJob.objects.filter(task_name="media.make_plain").count()


def make_all(stream) -> None:
    while plain.make_some(stream, live=False):
        pass


@pytest.mark.parametrize("sound", ["libopus", "aac", ""])
def test_all_pictures_are_there_as_h264_at_their_times(studio, stream, sound):
    kind = "mp4" if sound == "aac" else "webm"
    content = videos.recording(kind, 5, "libvpx-vp9", sound)
    send(stream, "onerun", videos.cut(content))
    until(lambda: (studio.sweep(), takes(folders.kept(stream)) and not studio.productions[stream].is_recording)[1])
    make_all(stream)
    (take,) = takes(folders.kept(stream))
    names, counters, times = seen(played(listed(stream)))
    assert sorted(names) == sorted(["h264", *(["aac"] if sound else [])])
    assert counters == list(range(125))
    assert times == seen(take.path.read_bytes())[2]


def test_who_reads_the_playlist_asks_for_more_and_one_job_waits(studio, stream, monkeypatch):
    monkeypatch.setattr(plain, "FEW", 2)
    recorded(studio, stream, video="libvpx-vp9")
    assert (listed(stream), listed(stream), jobs()) == ([], [], 1)
    assert plain.make_some(stream, live=False) == 2
    assert len(listed(stream)) == 3  # with what sets the decoder up
    whole = len(takes(folders.kept(stream))[0].segments)
    make_all(stream)
    ProcrastinateJob.objects.all().delete()
    assert (len(listed(stream)), jobs()) == (whole + 1, 0)


def test_live_only_the_newest_are_made(studio, stream):
    recorded(studio, stream, video="libvpx-vp9")
    segments = takes(folders.kept(stream))[0].segments
    assert plain.make_some(stream, live=True) == plain.BEHIND
    newest = [f"/{each.start}-{each.length}.mp4" for each in segments[-plain.BEHIND :]]
    assert [piece[piece.rindex("/") :] for piece in listed(stream, "live")[1:]] == newest
    words = Client().get(f"/media/{stream}/plain/live.m3u8").content.decode()
    assert f"#EXT-X-MEDIA-SEQUENCE:{len(segments) - plain.BEHIND}\n" in words
    assert plain.make_some(stream, live=True) == 0


def test_what_every_player_knows_is_given_as_it_is_and_nothing_is_made(studio, stream):
    recorded(studio, stream)
    pieces = listed(stream)
    assert played(pieces) == played([piece.replace("/plain/", "/aac/") for piece in pieces])
    assert (jobs(), list(folders.kept(stream).glob("*.plain"))) == (0, [])


def test_a_second_that_cannot_be_decoded_holds_nothing_up(studio, stream, monkeypatch):
    recorded(studio, stream, video="libvpx-vp9")
    own = picturing.segment

    def broken(take, number):
        if number == 1:
            raise av.InvalidDataError(1, "broken")
        return own(take, number)

    monkeypatch.setattr(picturing, "segment", broken)
    make_all(stream)
    answers = [Client().get(piece).status_code for piece in listed(stream)]
    assert (answers[:4], answers.count(404)) == ([200, 200, 404, 200], 1)


@pytest.mark.parametrize("place", ["0/7-7", "9/0-10", f"0/{9**30}-1"])
def test_there_is_nothing_elsewhere(studio, stream, place):
    recorded(studio, stream, video="libvpx-vp9")
    assert Client().get(f"/media/{stream}/plain/{place}.mp4").status_code == 404


def test_a_player_is_told_the_codecs(studio, stream):
    recorded(studio, stream, video="libvpx-vp9")
    assert Client().get(f"/media/{stream}/state").json()["codecs"] == ["vp09.00.40.08,opus"]

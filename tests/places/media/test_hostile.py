"""Recordings that were spoilt on purpose, through the chunk endpoint into the studio: whatever they do, they do it to
their own run alone."""

from uuid import UUID

import av
import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from laotie.kit.ids import new_id
from laotie.places.media import folders, spool, tokens
from laotie.places.media.studio.running import Studio
from laotie.places.media.takes import takes
from tests.places.media import videos
from tests.places.media.conftest import until

SPOILS = st.lists(
    st.tuples(
        st.sampled_from(["flip", "cut", "double", "fill", "swap"]), st.floats(0, 1), st.integers(1, 4000),
        st.integers(1, 255),
    ),
    min_size=1, max_size=6,
)  # fmt: skip


def spoilt(content: bytes, spoils: list[tuple[str, float, int, int]]) -> bytes:
    """`content` with bytes flipped, cut out, doubled, filled, or swapped at places between its ends."""
    made = bytearray(content)
    for kind, place, length, value in spoils:
        at = int(place * (len(made) - 1))
        part = bytes(made[at : at + length])
        if kind == "flip":
            made[at] ^= value
        elif kind == "cut":
            del made[at : at + length]
        elif kind == "double":
            made[at:at] = part
        elif kind == "fill":
            made[at : at + length] = bytes([value]) * len(part)
        else:
            made[at : at + length] = part[::-1]
    return bytes(made)


def post(stream: UUID, chunks: list[bytes]) -> set[int]:
    """What the endpoint answered."""
    bearer, statuses = f"Bearer {tokens.seal(stream)}", set[int]()
    for number, chunk in enumerate(chunks):
        address = f"/media/{stream}/chunks/onerun/{number}{'?last' if number == len(chunks) - 1 else ''}"
        more = {"HTTP_AUTHORIZATION": bearer, "CONTENT_LENGTH": str(len(chunk))}
        statuses.add(Client().post(address, chunk, content_type="application/octet-stream", **more).status_code)
    return statuses


def finished(studio: Studio, stream: UUID) -> None:
    until(lambda: (studio.sweep(), all(run.is_over for run in spool.runs(stream)))[1])
    until(lambda: (studio.sweep(), not studio.productions[stream].is_recording)[1])


@given(spoils=SPOILS, kind=st.sampled_from(["webm", "mp4"]))
@settings(max_examples=15)
def test_a_spoilt_recording_harms_its_own_run_alone(spoils, kind):
    good, bad, studio = new_id(), new_id(), Studio(lambda *_: None)
    for stream in (good, bad):
        spool.open_for(stream)
    content = videos.recording(kind)
    statuses = post(bad, videos.cut(spoilt(content, spoils), 20_000))
    assert statuses <= {201, 409, 415}
    assert post(good, videos.cut(content, 20_000)) == {201}
    if 415 not in statuses:  # a run without its beginning waits for it
        finished(studio, bad)
    finished(studio, good)
    (take,) = takes(folders.kept(good))
    assert videos.packets(take.path.read_bytes()[: take.end]) == videos.packets(content)
    for one in takes(folders.kept(bad)):
        is_sound(one)


def is_sound(take) -> None:
    """Its index names bytes that are there, one after the other."""
    assert take.head
    place = take.head.init
    for segment in take.segments:
        assert segment.start == place
        assert segment.duration > 0
        place = segment.end
    assert place <= take.path.stat().st_size


@pytest.mark.parametrize("kind", ["webm", "mp4"])
def test_after_a_spoilt_run_the_same_host_may_go_on(studio, stream, kind):
    content = videos.recording(kind)
    spool.put(stream, "spoilt", 0, content[:3000] + b"\xff" * 9000, last=True)
    finished(studio, stream)
    for number, chunk in enumerate(chunks := videos.cut(content, 20_000)):
        spool.put(stream, "second", number, chunk, last=number == len(chunks) - 1)
    finished(studio, stream)
    last = takes(folders.kept(stream))[-1]
    assert videos.packets(last.path.read_bytes()[: last.end]) == videos.packets(content)
    with av.open(str(last.path)) as source:
        assert source.streams.video

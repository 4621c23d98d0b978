"""The chunk endpoint: who may send what; all else is refused with a sentence and a code, and harms nothing."""

from datetime import timedelta
from urllib.parse import quote
from uuid import UUID, uuid4

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from laotie.kit import clock
from laotie.kit.ids import new_id
from laotie.places.media import actions, folders, queries, spool, tokens
from laotie.places.media.contracts import State
from laotie.places.media.errors import NoSuchStream, StreamEnded, StreamTaken, TooManyStreams
from laotie.places.media.intake import LARGEST
from laotie.places.media.spool import MOST_BYTES, WINDOW

OCTETS = "application/octet-stream"
BEGINNING = b"\x1a\x45\xdf\xa3" + b"\0" * 5000
PART = st.text(min_size=1, max_size=30).filter(lambda text: "/" not in text and text not in (".", ".."))


def post(stream: UUID, path: str, content: bytes = BEGINNING, token: str | None = None, **more: str):
    bearer = tokens.seal(stream) if token is None else token
    headers = {"HTTP_AUTHORIZATION": f"Bearer {bearer}", "CONTENT_LENGTH": str(len(content)), **more}
    return Client().post(f"/media/{stream}/chunks/{path}", content, content_type=OCTETS, **headers)


def code(answer) -> tuple[int, str]:
    assert answer.json()["sentence"]
    return answer.status_code, answer.json()["code"]


def kept(stream: UUID) -> list[str]:
    """Every file in the stream's spool but the run's birthday."""
    found = folders.spool(stream).rglob("*")
    return sorted(f"{path.parent.name}/{path.name}" for path in found if path.is_file() and path.name != "began")


def test_a_chunk_is_kept_once(stream):
    first, again = post(stream, "onerun/0"), post(stream, "onerun/0", b"\x1a\x45\xdf\xa3 other bytes")
    assert [(answer.status_code, answer.json()) for answer in (first, again)] == [
        (201, {"kept": True}),
        (200, {"kept": False}),
    ]
    assert spool.runs(stream)[0].chunk(0) == BEGINNING
    assert kept(stream) == ["onerun/00000000"]


def test_a_chunk_that_was_read_is_not_taken_again(stream):
    post(stream, "onerun/0")
    post(stream, "onerun/1")
    spool.runs(stream)[0].forget(1)
    assert post(stream, "onerun/0").status_code == 200
    assert kept(stream) == ["onerun/00000001", "onerun/read"]


def test_the_last_chunk_says_so(stream):
    post(stream, "onerun/0")
    assert post(stream, "onerun/1?last", b"").status_code == 201
    assert spool.runs(stream)[0].last() == 1


@pytest.mark.parametrize("token", ["", "x", "é", "AAAA" * 20, "A" * 5000])
def test_a_forged_or_foreign_token_is_refused(stream, token):
    for one in (token, tokens.seal(uuid4())):
        assert code(post(stream, "onerun/0", token=one)) == (403, "media.bad_token")
    assert kept(stream) == []


@given(st.integers(0, 64), st.integers(1, 255))
@settings(max_examples=60)
def test_no_bit_of_a_token_may_change(place, change):
    stream = UUID(int=7)
    raw = bytearray(tokens.urlsafe_b64decode(tokens.seal(stream) + "=="))
    raw[place % len(raw)] ^= change
    with pytest.raises(tokens.BadToken):
        tokens.check(tokens.urlsafe_b64encode(bytes(raw)).decode().rstrip("="), stream)


def test_without_a_token_or_with_another_kind_nothing_is_kept(stream):
    for header in ({}, {"HTTP_AUTHORIZATION": "Basic abc"}, {"HTTP_AUTHORIZATION": "Bearer"}):
        answer = Client().post(f"/media/{stream}/chunks/onerun/0", BEGINNING, content_type=OCTETS, **header)
        assert code(answer) == (403, "media.bad_token")
    assert Client().get(f"/media/{stream}/chunks/onerun/0").status_code == 405
    assert kept(stream) == []


def test_a_token_expires_and_is_renewed_in_use_for_a_day_at_most(stream):
    token = tokens.seal(stream)
    begun = clock.now()
    assert "Laotie-Token" not in post(stream, "onerun/0", token=token)
    with clock.travel(begun + timedelta(minutes=11)):
        assert code(post(stream, "onerun/1", token=token)) == (403, "media.token_expired")
    for minutes in range(6, 24 * 60, 6):
        with clock.travel(begun + timedelta(minutes=minutes)):
            token = tokens.renewed(token, stream) or token
            tokens.check(token, stream)
    with clock.travel(begun + timedelta(hours=24, minutes=1)), pytest.raises(tokens.TokenExpired):
        tokens.check(token, stream)


@pytest.mark.parametrize(
    "content", [b"<html>", b"%PDF-1.7 ", b"\xff\xd8\xff\xe0", b"PK\x03\x04", b"\0" * 100, b"#!/bin/sh"]
)
def test_what_is_no_video_is_refused_at_its_first_bytes(stream, content):
    assert code(post(stream, "onerun/0", content)) == (415, "media.not_media")
    assert kept(stream) == []


def test_a_large_chunk_is_refused_by_its_announcement_before_it_is_read(stream):
    class Unread:
        def read(self, *_: object) -> bytes:
            raise AssertionError("it was read")

        readline = read

    answer = Client().post(f"/media/{stream}/chunks/onerun/0", b"", content_type=OCTETS,
                           **{"CONTENT_LENGTH": str(4 * 1024**3), "wsgi.input": Unread()})  # fmt: skip
    assert code(answer) == (413, "media.chunk_too_large")


def test_a_chunk_must_say_how_long_it_is(stream):
    for length in ("", "many", "-1"):
        assert code(post(stream, "onerun/1", CONTENT_LENGTH=length)) == (411, "media.length_needed")
    assert kept(stream) == []
    assert post(stream, "onerun/1", b"\0" * LARGEST).status_code == 201


@pytest.mark.parametrize("path", [
    "short/0", "UPPERCASE/0", "one.run/0", "onerun/x", "onerun/-1", "onerun/99999999999", f"{'a' * 33}/0",
    "onerun/0%00", "一二三四五六/0", "onerun/1e3", "onerun/٣",
])  # fmt: skip
def test_a_place_that_makes_no_sense_is_refused(stream, path):
    assert code(post(stream, path)) == (422, "media.bad_chunk")
    assert kept(stream) == []


def test_what_waits_is_bounded_in_number_and_bytes(stream):
    assert code(post(stream, f"onerun/{WINDOW}")) == (429, "media.too_fast")
    large = b"\x1a\x45\xdf\xa3" + b"\0" * (LARGEST - 4)
    fitting = MOST_BYTES // LARGEST
    statuses = [post(stream, f"onerun/{number}", large).status_code for number in range(fitting + 1)]
    assert statuses == [201] * fitting + [429]


def test_a_run_that_another_took_over_is_told_so(stream):
    post(stream, "onerun/0")
    spool.runs(stream)[0].close()
    assert code(post(stream, "onerun/1")) == (409, "media.run_over")


@given(
    run=PART, number=PART, content=st.binary(max_size=300),
    header=st.text(st.characters(codec="latin-1", exclude_characters="\r\n"), max_size=120),
)  # fmt: skip
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_noise_without_a_token_changes_nothing(stream, run, number, content, header):
    path = f"/media/{stream}/chunks/{quote(run)}/{quote(number)}"
    length = str(len(content))
    answer = Client().post(path, content, content_type=OCTETS, HTTP_AUTHORIZATION=header, CONTENT_LENGTH=length)
    assert answer.status_code in (403, 404)
    assert kept(stream) == []


@given(run=st.from_regex(r"[0-9a-z]{6,8}", fullmatch=True), number=st.integers(0, 200), content=st.binary(max_size=300))
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_noise_with_a_token_stays_within_its_bounds(stream, run, number, content):
    answer = post(stream, f"{run}/{number}", content)
    assert answer.status_code in (200, 201, 415, 429)
    assert len(spool.runs(stream)) <= spool.MOST_RUNS
    assert all(len(one.waiting()) <= WINDOW for one in spool.runs(stream))


@pytest.mark.django_db
class TestStreams:
    def test_a_stream_is_its_owner_s_and_its_token_opens_it_alone(self):
        stream, owner = new_id(), new_id()
        opened = actions.open_stream(stream, owner)
        assert actions.open_stream(stream, owner) == opened
        with pytest.raises(StreamTaken):
            actions.open_stream(stream, new_id())
        token = actions.publish_token(stream)
        assert post(stream, "onerun/0", token=token).status_code == 201
        assert code(post(new_id(), "onerun/0", token=token)) == (403, "media.bad_token")
        assert queries.state(stream).state is State.IDLE

    def test_an_ended_stream_takes_nothing_more(self):
        stream, owner = new_id(), new_id()
        actions.open_stream(stream, owner)
        token = actions.publish_token(stream)
        actions.end_stream(stream)
        actions.end_stream(stream)
        assert code(post(stream, "onerun/0", token=token)) == (410, "media.ended")
        assert queries.state(stream).state is State.ENDED
        with pytest.raises(StreamEnded):
            actions.publish_token(stream)
        with pytest.raises(StreamEnded):
            actions.open_stream(stream, owner)

    def test_a_stream_nobody_opened_has_no_token_no_end_and_no_state(self):
        for act in (actions.publish_token, actions.end_stream, queries.state):
            with pytest.raises(NoSuchStream):
                act(new_id())

    def test_no_more_streams_are_let_in_than_a_studio_carries(self, monkeypatch):
        monkeypatch.setattr(actions, "MOST_OPEN", 1)
        first, second = new_id(), new_id()
        for one in (first, second):
            actions.open_stream(one, new_id())
        actions.publish_token(first)
        actions.publish_token(first)
        with pytest.raises(TooManyStreams):
            actions.publish_token(second)

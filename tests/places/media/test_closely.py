"""Watching with little delay: each slice is said once with its place, what was missed is fetched, seats are few."""

import struct
from uuid import UUID

import pytest
from django.test import Client

from laotie.kit.ids import new_id
from laotie.places.media import folders, seats, slices, spool, standing
from laotie.places.media.contracts import State
from laotie.places.media.pages import closely
from laotie.places.media.studio.running import Studio
from laotie.places.media.takes import takes
from laotie.stream.bus import Bus
from laotie.stream.live import tickets
from tests.places.media import videos
from tests.places.media.conftest import until
from tests.stream.listening import Listener
from tests.stream.servers import NatsServer


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int, int, bytes]]:
    """(take, epoch, start, content) of every slice, where a studio in this process tells them."""
    told: list[tuple[int, int, int, bytes]] = []
    monkeypatch.setattr(slices, "say", lambda stream, *slice: told.append(slice))
    return told


def telling() -> Studio:
    return Studio(lambda stream, take, piece: slices.say(stream, take.number, piece.epoch, piece.start, piece.content))


def begun(stream: UUID, studio: Studio, run: str = "onerun", seconds: int = 4) -> None:
    """A run that goes on: all its chunks are there, and none says it is the last. With a keyframe a second, all but the
    last second becomes segments."""
    for number, chunk in enumerate(videos.cut(videos.recording(seconds=seconds))):
        spool.put(stream, run, number, chunk)
    studio.sweep()
    until(
        lambda: (
            standing.read(stream).state is State.LIVE and len(takes(folders.kept(stream))[-1].segments) == seconds - 1
        )
    )


def newest(stream: UUID, **asked: int):
    return Client().get(f"/media/{stream}/newest", {name.rstrip("_"): value for name, value in asked.items()})


def pictures(content: bytes) -> list[videos.Packet]:
    return [packet for packet in videos.packets(content) if packet[0] == "video"]


def test_slices_are_the_take_s_bytes_in_order(stream, said):
    begun(stream, telling())
    (take,) = takes(folders.kept(stream))
    assert take.head
    until(lambda: sum(len(content) for *_, content in said) >= take.end - take.head.init)
    told = tuple(said)  # the run goes on: what is told while the file is read need not be in it
    content = take.path.read_bytes()
    end = take.head.init
    for number, _epoch, start, slice_content in told:
        assert (number, start) == (0, end)
        assert content[start : start + len(slice_content)] == slice_content
        end += len(slice_content)
    assert len({epoch for _, epoch, _, _ in told}) == 1


def test_whoever_comes_late_gets_the_last_keyframe_on_and_what_follows_joins(stream, said):
    begun(stream, telling())
    until(lambda: pictures(newest(stream).content))  # of the last second: right after a segment there is none yet
    (take,) = takes(folders.kept(stream))
    answer = newest(stream)
    init, start = int(answer["Laotie-Init"]), int(answer["Laotie-Start"])
    assert take.head
    assert answer["Cache-Control"] == "no-store"
    assert init == take.head.init
    assert start == take.segments[-1].end
    assert float(answer["Laotie-At"]) == take.segments[-1].video / 1000
    assert answer["Laotie-Codecs"] == take.head.codecs
    assert pictures(answer.content)[0][1] >= 0
    after = newest(stream, take=0, from_=start + 10)
    assert after["Laotie-Init"] == "0"
    assert after.content.startswith(answer.content[init + 10 :])


def test_what_lies_too_far_back_or_in_another_take_begins_anew(stream, said):
    begun(stream, telling())
    for asked in ({"take": 0, "from_": 5}, {"take": 7, "from_": 10**9}):
        assert int(newest(stream, **asked)["Laotie-Init"]) > 0


@pytest.mark.parametrize(
    "asked", [{"take": "x", "from": "1"}, {"take": "0", "from": "-1"}, {"take": "0"}, {"from": "9" * 40}]
)
def test_nonsense_begins_anew(stream, said, asked):
    begun(stream, telling())
    assert int(Client().get(f"/media/{stream}/newest", asked)["Laotie-Init"]) > 0


def test_before_the_first_picture_there_is_nothing(stream):
    assert newest(stream).status_code == 204
    assert newest(new_id()).status_code == 204


def test_a_ticket_is_given_for_a_stream_that_is_there(stream, settings, monkeypatch):
    monkeypatch.setattr(closely, "taken", seats.Seats(most=2))
    post = lambda: Client().post(f"/media/{stream}/ticket")  # noqa: E731
    assert (post().status_code, post().json()["code"]) == (404, "media.no_such_stream")
    folders.kept(stream).mkdir(parents=True)
    standing.write(stream, standing.Standing(State.LIVE))
    assert [post().status_code for _ in range(3)] == [200, 200, 429]
    assert post().json()["code"] == "media.too_many_close"


def test_seats_become_free_again():
    taken, one, other = seats.Seats(most=1, life=0), new_id(), new_id()
    assert taken.take(one)
    until(lambda: taken.take(one))
    lasting = seats.Seats(most=1)
    assert [lasting.take(one), lasting.take(one), lasting.take(other)] == [True, False, True]


def test_the_bus_carries_slices_to_whom_a_ticket_names(tmp_path, stream, monkeypatch, settings):
    server = NatsServer(tmp_path / "nats")
    server.start()
    bus = Bus(server.url)
    monkeypatch.setattr(slices, "bus", lambda: bus)
    ours = {"nats_password": "secret", "live_port": server.nats.websocket_port}
    settings.CONFIG = settings.CONFIG.model_copy(update=ours)
    tickets._signers.cache_clear()
    bus.run(_nothing, seconds=5)
    folders.kept(stream).mkdir(parents=True)
    standing.write(stream, standing.Standing(State.LIVE))
    answer = Client().post(f"/media/{stream}/ticket")
    given, token = answer.json(), answer.cookies["laotie_live"]
    assert given["address"].endswith(f":{server.nats.websocket_port}/live/media-{stream}")
    assert token["path"] == f"/live/media-{stream}"
    try:
        with Listener(server.nats.websocket_port, token.value) as viewer:
            assert viewer.hear(f"media.{new_id()}").startswith("-ERR")
            assert viewer.line() == "PONG"
            assert viewer.hear(given["subject"]) == "PONG"
            slices.say(stream, 3, 77, 2**40, b"a slice")
            assert viewer.payload() == struct.pack(">BIIQ", 1, 3, 77, 2**40) + b"a slice"
    finally:
        bus.close()
        server.kill()


async def _nothing(client: object) -> None:
    """Only to connect."""


def test_without_a_bus_nothing_is_said_and_nobody_minds(stream, settings):
    slices.say(stream, 0, 1, 0, b"a slice")
    slices.say(stream, 0, 1, 0, b"\0" * (slices.LARGEST + 1))


def test_what_a_viewer_fell_back_for_is_counted(stream):
    for why in ("slow", "nonsense"):
        assert Client().post(f"/media/{stream}/fell?why={why}").status_code == 204
    assert closely.VIEWERS.labels("fell: other")._value.get() >= 1

"""The live bus on a real server: a ticket hears its room and nothing else, says nothing, and ends when it ends."""

import base64
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from pytest_django import Settings

from laotie.kit import clock
from laotie.stream.bus import Bus, BusAway
from laotie.stream.counters import LIVE
from laotie.stream.live import lanes, tickets
from laotie.stream.live.keys import derived
from laotie.stream.live.lanes import CALM, CROWD, LANES, topics
from laotie.stream.live.saying import Speaker
from laotie.stream.live.tickets import ticket
from tests.stream.listening import Listener, Refused
from tests.stream.servers import NatsServer

ROOM = "room.1.>"


@pytest.fixture(autouse=True)
def secret(settings: Settings) -> None:
    settings.CONFIG = settings.CONFIG.model_copy(update={"nats_password": "secret"})
    tickets._signers.cache_clear()


@pytest.fixture
def listen(nats_server: NatsServer) -> Callable[..., Listener]:
    return lambda token, **more: Listener(nats_server.nats.websocket_port, token, **more)


@pytest.fixture
def speaker(nats_server: NatsServer) -> Iterator[Speaker]:
    bus = Bus(nats_server.url)
    bus.run(_nothing, seconds=5)
    yield Speaker(bus)
    bus.close()


async def _nothing(client: object) -> None:
    """Only to connect."""


def test_a_ticket_hears_its_room(listen, speaker: Speaker):
    with listen(ticket(ROOM).token) as viewer:
        assert viewer.hear("room.1.>") == "PONG"
        speaker.say("room.1.said", {"seq": 1, "words": "你好"})
        assert viewer.message() == {"seq": 1, "words": "你好"}


@pytest.mark.parametrize(
    "subject", ["room.2.>", "room.2.said", ">", "room.*.said", "behaviour.>", "$SYS.>", "_INBOX.>"]
)
def test_another_room_is_refused_and_the_connection_stays(listen, speaker: Speaker, subject: str):
    with listen(ticket(ROOM).token) as viewer:
        assert viewer.hear(subject).startswith("-ERR 'Permissions Violation for Subscription")
        assert viewer.line() == "PONG"
        assert viewer.hear("room.1.said") == "PONG"
        speaker.say("room.2.said", {"seq": 1})
        speaker.say("room.1.said", {"seq": 2})
        assert viewer.message() == {"seq": 2}


@pytest.mark.parametrize("subject", ["room.1.said", "behaviour.click", "$JS.API.STREAM.DELETE.beacons", "anything"])
def test_nobody_publishes_but_the_market(listen, subject: str):
    with listen(ticket(ROOM).token) as viewer:
        assert viewer.speak(subject, b"{}").startswith("-ERR 'Permissions Violation for Publish")


def tampered(token: str) -> str:
    """The same signature under wider rights."""
    head, body, signature = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    claims["nats"]["sub"]["allow"] = [">"]
    return f"{head}.{base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip('=')}.{signature}"


def test_expired_forged_tampered_and_missing_tickets_are_refused(listen, settings: Settings):
    good = ticket(ROOM).token
    with clock.travel(clock.now() - timedelta(minutes=6)):
        old = ticket(ROOM).token
    settings.CONFIG = settings.CONFIG.model_copy(update={"nats_password": "another home's"})
    tickets._signers.cache_clear()
    forged = ticket(ROOM).token
    for token in (old, forged, tampered(good), good[:-6] + "AAAAAA", "", "rubbish"):
        with pytest.raises(Refused):
            listen(token)


def test_a_ticket_that_ends_closes_its_connection(listen):
    with listen(ticket(ROOM, seconds=2).token) as viewer:
        assert viewer.hear(ROOM) == "PONG"
        assert viewer.is_closed()


def test_a_browsers_ticket_is_no_way_in_elsewhere(nats_server: NatsServer, tmp_path: Path):
    from laotie.stream.live import jwt

    stolen = tmp_path / "stolen.creds"
    stolen.write_text(jwt.credentials(ticket(ROOM).token, derived("secret", "backend")))
    thief = Bus(f"nats://127.0.0.1:{nats_server.nats.port}?credentials={stolen}")
    nobody = Bus(f"nats://127.0.0.1:{nats_server.nats.port}")
    for bus in (thief, nobody):
        with pytest.raises(BusAway):
            bus.run(_nothing, seconds=2)
        bus.close()


def test_a_page_elsewhere_is_refused(tmp_path: Path):
    server = NatsServer(tmp_path, origins=("http://market.example",))
    server.start()
    try:
        Listener(server.nats.websocket_port, ticket(ROOM).token, origin="http://market.example").socket.close()
        with pytest.raises(Refused, match="403"):
            Listener(server.nats.websocket_port, ticket(ROOM).token, origin="http://evil.example")
    finally:
        server.kill()


def test_a_ticket_without_a_subject_is_never_made():
    with pytest.raises(ValueError, match="everything"):
        ticket()


def test_what_comes_faster_than_the_calm_is_framed_and_none_is_lost(listen, speaker: Speaker):
    with listen(ticket(ROOM).token) as viewer:
        assert viewer.hear(ROOM) == "PONG"
        speaker.bus.run(_nothing, seconds=5)
        for number in range(60):
            speaker.say("room.1.said", {"seq": number})
        heard, messages = [], 0
        while len(heard) < 60:
            message, messages = viewer.message(), messages + 1
            heard += message if isinstance(message, list) else [message]
    assert [event["seq"] for event in heard] == list(range(60))
    assert messages <= 2 * CALM + 2


def test_a_frame_is_bounded_and_what_falls_out_is_counted(listen, speaker: Speaker, monkeypatch):
    monkeypatch.setattr(lanes, "MOST", 5)
    before = LIVE.labels("dropped")._value.get()
    with listen(ticket(ROOM).token) as viewer:
        assert viewer.hear(ROOM) == "PONG"
        for number in range(CALM + 20):
            speaker.say("room.1.said", {"seq": number})
        while not isinstance(frame := viewer.message(), list):
            pass
    assert len(frame) == 5
    assert frame[-1]["seq"] == CALM + 19
    assert LIVE.labels("dropped")._value.get() - before >= 15


def test_a_bus_that_is_away_loses_what_is_said_and_says_so():
    away, lost = Bus("nats://127.0.0.1:1"), Event()
    before = LIVE.labels("lost")._value.get()
    away.post(_nothing, lost.set)
    Speaker(away).say("room.1.said", {"seq": 1})
    assert lost.wait(30)
    while LIVE.labels("lost")._value.get() == before:
        lost.wait(0.01)
    away.close()


def test_where_many_hear_what_follows_at_once_goes_together(listen, speaker: Speaker):
    with listen(ticket(ROOM).token) as viewer:
        assert viewer.hear("room.1.*") == "PONG"
        speaker.heard_by("room.1", CROWD - 1)
        speaker.bus.run(_nothing, seconds=5)
        for number in range(3):
            speaker.say("room.1.said", {"seq": number})
        assert viewer.message() == {"seq": 0}
        assert viewer.message() == [{"seq": 1}, {"seq": 2}]


def test_a_crowd_is_told_lane_by_lane_each_of_them_everything(listen, speaker: Speaker):
    with listen(ticket(ROOM).token) as one, listen(ticket(ROOM).token) as other:
        assert (one.hear("room.1.0.*"), other.hear("room.1.1.*")) == ("PONG", "PONG")
        speaker.heard_by("room.1", 10_000)
        speaker.bus.run(_nothing, seconds=5)
        said = LIVE.labels("said")._value.get()
        for number in range(3):
            speaker.say("room.1.said", {"seq": number})
        assert one.message() == {"seq": 0}
        assert other.message() == [{"seq": 0}, {"seq": 1}, {"seq": 2}]
        assert one.message() == [{"seq": 1}, {"seq": 2}]
        assert LIVE.labels("said")._value.get() - said == 3


def test_what_comes_when_the_silence_is_all_but_over_goes_with_the_frame(listen, speaker: Speaker, monkeypatch):
    monkeypatch.setattr(lanes, "SLACK", 1.0)
    with listen(ticket(ROOM).token) as viewer:
        assert viewer.hear("room.1.*") == "PONG"
        speaker.heard_by("room.1", CROWD - 1)
        speaker.bus.run(_nothing, seconds=5)
        for number in range(3):
            speaker.say("room.1.said", {"seq": number})
        assert [viewer.message() for _ in range(3)] == [{"seq": number} for number in range(3)]


def test_every_lane_has_its_listeners():
    drawn = {tuple(topics("room.1")) for _ in range(200)}
    assert drawn == {("room.1.*", f"room.1.{lane}.*") for lane in range(LANES)}


def test_where_few_hear_all_goes_one_by_one(listen, speaker: Speaker):
    with listen(ticket(ROOM).token) as viewer:
        assert viewer.hear(ROOM) == "PONG"
        speaker.bus.run(_nothing, seconds=5)
        for number in range(CALM):
            speaker.say("room.1.said", {"seq": number})
        assert [viewer.message() for _ in range(CALM)] == [{"seq": number} for number in range(CALM)]

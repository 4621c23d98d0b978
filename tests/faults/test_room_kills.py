"""NATS, the web and the recorder are killed while a room is on air: chat and room come back by themselves."""

import http.cookiejar
import json
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.runtime.market import RunningMarket, remove
from tests.stream.listening import Listener

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("market")]


class Person:
    """Someone with cookies: signs in, calls REST, and tries again while the web is being started again."""

    def __init__(self, address: str, role: str) -> None:
        self.address, self.jar = address, http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        form = {"csrfmiddlewaretoken": self.token("/account/login/"), "login": f"{role}@laotie.example",
                "password": "laotie-demo"}  # fmt: skip
        self.send("POST", "/account/login/", urllib.parse.urlencode(form).encode())
        self.csrf = self.token("/me")

    def token(self, path: str) -> str:
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.send("GET", path).decode())
        assert found
        return found[1]

    def send(self, method: str, path: str, body: bytes | None = None, **headers: str) -> bytes:
        request = urllib.request.Request(
            f"{self.address}{path}", body, {"Referer": self.address, **headers}, method=method
        )
        with self.opener.open(request, timeout=30) as answer:
            return bytes(answer.read())

    def call(self, method: str, path: str, body: Any = None, patience: float = 90) -> Any:
        """A REST call; while nobody answers it is made again."""
        raw, until = json.dumps(body or {}).encode(), time.monotonic() + patience
        headers = {"Content-Type": "application/json", "X-CSRFToken": self.csrf}
        while True:
            try:
                said = self.send(method, path, raw if method != "GET" else None, **headers)
                return json.loads(said) if said else {}
            except (ConnectionError, urllib.error.URLError, TimeoutError) as error:
                known = isinstance(error, urllib.error.HTTPError) and error.code not in (502, 503)
                if known or time.monotonic() > until:
                    raise
                time.sleep(0.2)

    def ticket(self, room: str) -> tuple[int, str]:
        """The bus's port and this person's ticket to the room."""
        said = self.call("POST", f"/r/{room}/ticket")
        cookie = next(cookie for cookie in self.jar if cookie.name == "laotie_live")
        return urllib.parse.urlsplit(said["address"]).port or 0, str(cookie.value)


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningMarket]:
    home = Path(tmp_path_factory.mktemp("rooms")) / "home"
    running = RunningMarket(home, "--demo", "--language", "en")
    running.until(lambda: "Ctrl-C" in running.words, seconds=400)
    yield running
    assert running.end() == 0
    remove(home)


def kill(market: RunningMarket, *words: str) -> None:
    child = market.child(*words)
    assert child
    family = [child, *child.children(recursive=True)]
    for process in family:
        process.kill()
    psutil.wait_procs(family, timeout=20)


def listener(person: Person, room: str, address: str, patience: float = 90) -> Listener:
    """A browser that comes in again as soon as the bus lets it."""
    until = time.monotonic() + patience
    while True:
        try:
            port, ticket = person.ticket(room)
            heard = Listener(port, ticket, origin=address, path=f"/live/{room}")
            assert heard.hear(f"room.{room}.>") == "PONG"
            return heard
        except OSError:
            assert time.monotonic() < until
            time.sleep(0.2)


def hear(heard: Listener, person: Person, room: str, words: str) -> None:
    """Wait for the line: what was said while the bus was away may come before it. A browser is back on the bus sooner
    than the web may be; what was lost between comes when it tells that it is there and learns how far the room is."""
    try:
        while words not in json.dumps(heard.message()):
            pass
    except TimeoutError:
        assert words in json.dumps(person.call("GET", f"/r/{room}/since?seq=0"))


def test_a_room_outlives_the_bus_the_web_and_the_recorder(market: RunningMarket):
    address = f"http://localhost:{market.port}"
    host, buyer = Person(address, "creator"), Person(address, "buyer")
    at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    room = host.call("POST", "/api/rooms", {"title": "Through the storm", "planned_at": at})["id"]
    host.call("POST", f"/api/rooms/{room}/open")
    said = []
    for victim in (("nats.conf",), ("granian",), ("laotie.stream.recorder",), ("nats.conf",)):
        with listener(buyer, room, address) as heard:
            said.append(f"before {victim[0]} {len(said)}")
            buyer.call("POST", f"/api/rooms/{room}/lines", {"words": said[-1]})
            hear(heard, buyer, room, said[-1])
        kill(market, *victim)
        said.append(f"after {victim[0]} {len(said)}")
        buyer.call("POST", f"/api/rooms/{room}/lines", {"words": said[-1]})
        state = buyer.call("GET", f"/r/{room}/state")["state"]
        assert [line["words"] for line in state["lines"]] == said
        assert state["room"]["state"] == "on_air"
    with listener(buyer, room, address) as heard:
        host.call("POST", f"/api/rooms/{room}/lines", {"words": "all is well"})
        hear(heard, buyer, room, "all is well")
    events = buyer.call("GET", f"/r/{room}/since?seq=0")["events"]
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    assert [e["body"]["line"]["words"] for e in events if e["kind"] == "said"] == [*said, "all is well"]
    host.call("POST", f"/api/rooms/{room}/end")

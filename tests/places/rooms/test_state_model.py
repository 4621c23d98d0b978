"""Stale state + missed events = fresh state: the browser's own module against the real room, under hypothesis.

A host and viewers do things; what the market says of it reaches the follower with drops, doubles and disorder, while
the follower may catch up at any moment. At the end it asks once more, and must hold exactly the fresh state.
"""

import json
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from laotie.goods.offers import actions as offers
from laotie.kit import clock
from laotie.kit.assets.npm import NpmFault, node
from laotie.kit.errors import MarketError
from laotie.people.grants import actions as grants
from laotie.places.rooms import actions, crowd, queries, whole
from laotie.places.rooms import contracts as room_contracts
from laotie.places.rooms.models import DrawRow, VoteRow
from laotie.places.rooms.pages import live
from tests.makers import make_account, make_shop
from tests.places.rooms.making import Heard, make_host, make_plan_offer, make_session

SCRIPT = Path(live.__file__).parents[1] / "static/rooms/state.js"
DRIVER = Path(__file__).with_name("follower.mjs")


class Browser:
    """node with the follower in it."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [node(), str(DRIVER), str(SCRIPT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __call__(self, command: str, **more: Any) -> Any:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({"command": command, **more}, default=str) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self) -> None:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    try:
        running = Browser()
    except NpmFault as fault:
        pytest.skip(str(fault))
    yield running
    running.close()


class Room:
    """A room in which things are done; whatever is not allowed just now changes nothing."""

    def __init__(self) -> None:
        self.host, self.viewers = make_host(), [make_account(name) for name in ("Wei", "Lin")]
        owner = make_account("Owner")
        shop = make_shop(owner)
        grants.grant(owner.id, self.host.id, "air", shop.id)
        self.offers = [make_plan_offer(shop, f"Thing {n}", price_minor=5000 + n) for n in range(3)]
        self.session = make_session(self.host, on_air=True)

    def do(self, act: str, which: int) -> None:
        """In a transaction of its own, so that what it says is said."""
        try:
            getattr(self, act)(which)
        except MarketError:
            return

    def say(self, which: int) -> None:
        who = [self.host, *self.viewers][which % 3]
        actions.say(who.id, self.session.id, f"line {which}")

    def hide(self, which: int) -> None:
        lines = queries.lines(self.session.id)
        if lines:
            actions.hide(self.host.id, self.session.id, lines[which % len(lines)].id)

    def card(self, which: int) -> None:
        actions.add_card(self.host.id, self.session.id, self.offers[which % 3].id, "A drawback")

    def uncard(self, which: int) -> None:
        cards = queries.cards(self.session.id)
        if cards:
            actions.remove_card(self.host.id, self.session.id, cards[which % len(cards)].id)

    def explain(self, which: int) -> None:
        cards = queries.cards(self.session.id)
        if cards and which % 4:
            actions.explain(self.host.id, self.session.id, cards[which % len(cards)].id)
        else:
            actions.stop_explaining(self.host.id, self.session.id)

    def reprice(self, which: int) -> None:
        offer = self.offers[which % 3]
        offers.set_price(offer.id, 4000 + which)
        actions.refresh_cards([offer.id])

    def coupon(self, which: int) -> None:
        handed = queries.coupons_told(self.session.id)
        if not handed or which % 3 == 0:
            shop = self.offers[0].merchant_id
            actions.hand_out(self.host.id, self.session.id, shop, 100, 100, 200, minutes=60)
        elif which % 3 == 1:
            actions.take_back(self.host.id, self.session.id, UUID(handed[which % len(handed)]["id"]))
        else:
            who = self.viewers[which % 2]
            actions.claim(who.id, self.session.id, UUID(handed[which % len(handed)]["id"]))

    def draw(self, which: int) -> None:
        open_one = DrawRow.objects.filter(session_id=self.session.id, drawn_at=None).first()
        if open_one is None:
            actions.open_draw(self.host.id, self.session.id, "A basket", 1 + which % 2, 60)
        elif which % 3:
            actions.enter(self.viewers[which % 2].id, self.session.id, open_one.pk)
        else:
            with clock.travel(open_one.ends_at):
                actions.draw(open_one.pk)

    def vote(self, which: int) -> None:
        open_one = VoteRow.objects.filter(session_id=self.session.id, closed_at=None).first()
        if open_one is None:
            actions.open_vote(self.host.id, self.session.id, "Was that true?", ["yes", "no"], 60)
        elif which % 4 == 0:
            actions.close_vote(self.host.id, self.session.id, open_one.pk)
        elif which % 4 == 1:
            actions.tell_tally(open_one.pk)
        else:
            with clock.travel(clock.now() + timedelta(seconds=which)):
                actions.cast(self.viewers[which % 2].id, self.session.id, open_one.pk, which % 2)

    def heart(self, which: int) -> None:
        crowd.Crowd(gather=0).here(self.session.id, self.viewers[which % 2].pseudonym, None, which)


ACTS = st.tuples(
    st.sampled_from(
        ["say", "say", "say", "hide", "card", "uncard", "explain", "reprice", "heart", "coupon", "draw", "vote"]
    ),
    st.integers(0, 40),
)
WAYS = st.lists(st.sampled_from(["lost", "once", "twice", "late", "framed"]), min_size=1, max_size=30)


def comparable(state: dict[str, Any]) -> dict[str, Any]:
    """Without the clock; the pulse is compared where a beat arrived."""
    return {name: value for name, value in state.items() if name not in ("now", "pulse")}


@pytest.mark.django_db(transaction=True)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    before=st.lists(ACTS, max_size=6), after=st.lists(ACTS, min_size=1, max_size=24), ways=WAYS,
    asks=st.sets(st.integers(0, 23), max_size=3), few=st.booleans(),
)  # fmt: skip
def test_stale_state_and_events_are_fresh_state(browser, heard: Heard, monkeypatch, before, after, ways, asks, few):
    monkeypatch.setattr("laotie.places.rooms.actions.numbering.TRIMMED_EVERY", 5 if few else 100)
    monkeypatch.setattr("laotie.places.rooms.actions.numbering.KEPT", 5 if few else 1000)
    monkeypatch.setattr("laotie.places.rooms.queries.chatting.LINES", room_contracts.LINES)
    room = Room()
    for act in before:
        room.do(*act)
    browser("begin", state=json.loads(json.dumps(whole.state(room.session.id), default=str)))
    late: list[dict[str, Any]] = []
    for number, act in enumerate(after):
        heard.said.clear()
        room.do(*act)
        for event in heard.events:
            way = ways[number % len(ways)]
            if way in ("once", "twice", "framed"):
                browser("hear", message=[event] if way == "framed" else event)
            if way == "twice":
                browser("hear", message=[event, event])
            if way == "late":
                late.insert(number % (len(late) + 1), event)
        if late and number % 3 == 0:
            browser("hear", message=late.pop(0))
        if number in asks:
            _catch_up(browser, room)
    for event in late:
        browser("hear", message=event)
    held = _catch_up(browser, room)
    fresh = json.loads(json.dumps(whole.state(room.session.id), default=str))
    assert comparable(held) == comparable(fresh)
    assert held["pulse"]["beat"] <= fresh["pulse"]["beat"]


def _catch_up(browser: Browser, room: Room) -> dict[str, Any]:
    seq = browser("ask")["seq"]
    events = queries.since(room.session.id, seq)
    if events is None:
        answer = {"state": whole.state(room.session.id)}
    else:
        answer = {"events": [{"seq": event.seq, "kind": event.kind, "body": event.body} for event in events]}
    return browser("answer", answer=answer)["state"]


@pytest.mark.django_db
def test_the_window_of_lines_is_the_same_on_both_sides():
    assert f"LINES = {room_contracts.LINES};" in SCRIPT.read_text()
    with transaction.atomic():
        room = Room()
    for number in range(3):
        room.say(number)
    line = queries.lines(room.session.id)[1]
    actions.hide(room.host.id, room.session.id, line.id)
    assert [each.get("gone", False) for each in queries.window(room.session.id)] == [False, True, False]

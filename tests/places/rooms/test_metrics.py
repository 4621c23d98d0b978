"""A session's figures: counted from the lake, equal to a count made by hand over the same facts, live as after it."""

from datetime import timedelta
from pathlib import Path
from random import Random
from uuid import UUID, uuid5

import pytest

from laotie.kit.origin import Origin
from laotie.places.rooms import actions, queries
from laotie.places.rooms.contracts import (
    CardOpened,
    CardShown,
    SessionEntered,
    SessionLeft,
    SessionLiked,
    SessionWatched,
)
from laotie.places.rooms.metrics import figures
from laotie.places.rooms.templatetags.rooms import spent
from laotie.stream.facts import Fact
from laotie.stream.outbox.actions import emit_past
from laotie.trade.orders import actions as orders
from laotie.trade.orders.contracts import Wanted
from tests.makers import make_account, make_placed
from tests.places.rooms.making import make_card, make_host, make_plan_offer, make_session
from tests.stream.lakes import seen
from tests.stream.recording import recorded

pytestmark = pytest.mark.django_db(transaction=True)


def test_figures_are_what_a_count_by_hand_gives(tmp_path: Path):
    from django.db import transaction

    host = make_host()
    session = make_session(host, on_air=True)
    offers = [make_plan_offer(title=f"Thing {n}", price_minor=1000 * (n + 1)) for n in range(2)]
    cards = [make_card(host, session, offer) for offer in offers]
    people = [make_account(f"V{n}") for n in range(5)]
    opened = queries.session(session.id).opened_at
    assert opened is not None
    rng = Random(7)
    timed: list[tuple[object, Fact]] = []
    for number in range(20):
        viewer = people[number % 5].pseudonym if number % 4 else None
        visit, came = uuid5(session.id, str(number)), opened + timedelta(seconds=20 * number)
        entry = rng.choice(["feed", "direct"])
        timed.append((came, SessionEntered(session.id, visit, viewer, entry, UUID(int=number))))
        stayed = rng.randrange(0, 6)
        timed += [
            (came + timedelta(minutes=m + 1), SessionWatched(session.id, visit, viewer, m)) for m in range(stayed)
        ]
        if number % 3:
            timed.append((came, SessionLeft(session.id, visit, viewer, 60 * stayed + 7)))
        if number % 5 == 0:
            timed.append((came, SessionLiked(session.id, visit, viewer)))
        if number % 2:
            timed.append((came, CardShown(session.id, visit, viewer, cards[number % 3 % 2].id)))
        if number % 6 == 1:
            timed.append((came, CardOpened(session.id, visit, viewer, cards[0].id)))
    with transaction.atomic():
        emit_past(timed)
    actions.say(people[0].id, session.id, "hello")
    for number, buyer in enumerate(people[:3]):
        offer, card = offers[number % 2], cards[number % 2]
        origin = Origin("session", session=session.id, card=card.id, creator=host.id)
        placed = make_placed(buyer, Wanted(offer.id, number + 1, offer.price, origin))
        if number != 1:
            orders.pay(placed.checkout_id, placed.total)
    facts = recorded(tmp_path)
    now = max(fact.occurred_at for fact in facts) + timedelta(minutes=1)
    counted = figures(seen(tmp_path), queries.session(session.id), now)

    def of(kind: str) -> list[dict]:
        return [fact.body for fact in facts if fact.kind == kind and str(session.id) in fact.body.values()]

    who = {row["visit"]: row["viewer"] or row["visit"] for row in of("session.entered")}
    assert (counted.views, counted.viewers) == (20, len(set(who.values())))
    left = {row["visit"]: row["seconds"] for row in of("session.left")}
    minutes: dict[str, int] = {}
    for row in of("session.watched"):
        minutes[row["visit"]] = minutes.get(row["visit"], 0) + 60
    assert counted.mean_watch == pytest.approx(sum(left.get(visit, minutes.get(visit, 0)) for visit in who) / 20)
    online: dict[int, set[str]] = {}
    for fact in facts:
        if fact.kind == "session.watched":
            minute = int((fact.occurred_at - opened).total_seconds() // 60) - 1
            online.setdefault(minute, set()).add(who[fact.body["visit"]])
    assert counted.most_online == max(map(len, online.values()))
    assert [each.online for each in counted.minutes] == [len(online.get(n, ())) for n in range(len(counted.minutes))]
    likers = {who[row["visit"]] for row in of("session.liked")}
    assert counted.interacted == len(likers | {str(people[0].pseudonym)})
    assert (counted.orders, counted.buyers, counted.gmv.minor) == (2, 2, 1000 + 3 * 1000)
    assert {one.card: one.gmv.minor for one in counted.cards} == {cards[0].id: 4000, cards[1].id: 0}
    assert sum(one.views for one in counted.sources) == 20
    assert sum(one.viewers for one in counted.sources) == counted.viewers
    assert sum(one.gmv.minor for one in counted.sources) == 4000
    opened_by = {who[row["visit"]] for row in of("card.opened")}
    paid_by = {str(people[0].pseudonym), str(people[2].pseudonym)}
    assert counted.click_to_pay == (len(opened_by & paid_by) / len(opened_by) if opened_by else 0.0)
    assert next((each.lines, each.orders, each.gmv.minor) for each in counted.minutes) == (1, 2, 4000)
    assert counted.gpm.minor == 4000 * 1000 // 20
    assert counted.click_rate == len({who[r["visit"]] for r in of("card.opened")}) / len(
        {who[r["visit"]] for r in of("card.shown")}
    )


def test_a_session_without_facts_has_figures_of_nothing(tmp_path: Path):
    session = make_session(make_host(), on_air=True)
    recorded(tmp_path)
    counted = figures(seen(tmp_path), session, session.planned_at)
    assert (counted.views, counted.most_online, counted.mean_watch, counted.gpm.minor, counted.minutes) == (
        0,
        0,
        0,
        0,
        (),
    )


def test_how_long_one_watched_is_said_in_minutes_and_seconds():
    assert [spent(seconds) for seconds in (0.0, 9.4, 59.6, 473.2)] == ["0:00", "0:09", "1:00", "7:53"]

"""Draws: bound before, told after, drawn once, and the same whoever draws again."""

import hashlib
import json
import subprocess
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.db import connections
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from laotie.kit import clock
from laotie.kit.assets.npm import node
from laotie.kit.errors import MarketError
from laotie.kit.ids import new_id
from laotie.people.notices import queries as notices
from laotie.places import rooms
from laotie.places.rooms import actions, lots, queries, whole
from laotie.places.rooms.errors import BadDraw, DrawClosed, DrawRuns, NoSuchDraw, NotYourRoom, ShutOut, WrongState
from laotie.stream.outbox.models import OutboxRow
from tests.html import validate
from tests.makers import make_account
from tests.places.rooms.making import make_host, make_session

SCRIPT = Path(rooms.__file__).parent / "static" / "rooms" / "lots.js"


@given(st.sets(st.uuids(), max_size=40), st.integers(1, 5), st.binary(min_size=1, max_size=8))
def test_the_arithmetic_is_what_the_guide_says(entries, winners, salt):
    secret = hashlib.sha256(salt).hexdigest()
    names = [str(entry) for entry in entries]
    sha = lambda words: hashlib.sha256(words.encode()).hexdigest()  # noqa: E731
    whole_hash = sha("\n".join(sorted(names)))
    tickets = sorted((sha(f"{secret}:{whole_hash}:{name}"), name) for name in names)
    assert lots.drawn(secret, reversed(names), winners) == [name for _, name in tickets[:winners]]
    assert (lots.commitment(secret), lots.list_hash(names)) == (sha(secret), whole_hash)


def test_the_browsers_arithmetic_is_ours():
    secret, names = lots.new_secret(), [str(new_id()) for _ in range(9)]
    call = f"""import {{ drawn, sha256 }} from {json.dumps(SCRIPT.as_uri())};
      const [secret, list] = {json.dumps([secret, lots.listed(names)])};
      console.log(JSON.stringify([await sha256(secret), await drawn(secret, list, 3), await drawn(secret, "", 3)]));"""
    done = subprocess.run([node(), "--input-type=module", "-e", call], check=True, capture_output=True, text=True)
    assert json.loads(done.stdout) == [lots.commitment(secret), lots.drawn(secret, names, 3), []]


@pytest.mark.django_db
def test_from_the_commitment_to_the_page_that_draws_again():
    host, people = make_host(), [make_account(f"V{n}") for n in range(9)]
    session = make_session(host, on_air=True)
    draw = actions.open_draw(host.id, session.id, "A basket", 4, 60)
    assert (draw.secret, draw.entries, draw.won) == ("", (), ())
    entries = [str(actions.enter(who.id, session.id, draw.id)) for who in people]
    assert str(actions.enter(people[0].id, session.id, draw.id)) == entries[0]
    assert not actions.draw(draw.id)  # not due
    page = Client().get(f"/r/{session.id}/draws/{draw.id}")
    validate(page.content)
    assert Client().get(f"/r/{session.id}/draws/{draw.id}/entries.txt").content == b""
    with clock.travel(draw.ends_at):
        with pytest.raises(DrawClosed):
            actions.enter(make_account("Late").id, session.id, draw.id)
        assert actions.draw(draw.id)
        assert not actions.draw(draw.id)
    drawn = queries.draw(draw.id)
    assert (lots.commitment(drawn.secret), set(drawn.entries)) == (draw.commitment, set(entries))
    assert list(drawn.won) == lots.drawn(drawn.secret, entries, 4)  # by chance once in three thousand
    winners = [who for who, entry in zip(people, entries, strict=True) if entry in drawn.won]
    assert {who.id for who in people if notices.notices(who.id)} == {who.id for who in winners}
    [told] = whole.state(session.id)["draws"]
    assert (told["drawn"], told["entries"], set(told["names"])) == (True, 9, {who.name for who in winners})
    published = Client().get(f"/r/{session.id}/draws/{draw.id}/entries.txt").content.decode()
    page = Client().get(f"/r/{session.id}/draws/{draw.id}")
    validate(page.content)
    assert hashlib.sha256(published.encode()).hexdigest() in page.content.decode()
    [fact] = OutboxRow.objects.filter(kind="draw.drawn")
    assert (fact.body["winners"], fact.body["list_hash"]) == (list(drawn.won), lots.list_hash(entries))
    actions.forget(winners[0].id)
    again = queries.draw(draw.id)
    assert (again.entries, again.won) == (drawn.entries, drawn.won)


@pytest.mark.django_db
def test_who_may_not_and_what_cannot_be_drawn():
    host, other, viewer = make_host(), make_host("Other"), make_account("V")
    session, elsewhere = make_session(host, on_air=True), make_session(other, on_air=True)
    for winners, seconds in ((0, 60), (101, 60), (1, 9), (1, 3601)):
        with pytest.raises(BadDraw):
            actions.open_draw(host.id, session.id, "A basket", winners, seconds)
    with pytest.raises(NotYourRoom):
        actions.open_draw(other.id, session.id, "A basket", 1, 60)
    draw = actions.open_draw(host.id, session.id, "A basket", 1, 60)
    with pytest.raises(DrawRuns):
        actions.open_draw(host.id, session.id, "Another", 1, 60)
    for session_id, draw_id in ((elsewhere.id, draw.id), (session.id, new_id())):
        with pytest.raises(NoSuchDraw):
            actions.enter(viewer.id, session_id, draw_id)
    with pytest.raises(NotYourRoom):
        actions.enter(host.id, session.id, draw.id)
    line = actions.say(viewer.id, session.id, "hello")
    actions.ban(host.id, session.id, line.id)
    with pytest.raises(ShutOut):
        actions.enter(viewer.id, session.id, draw.id)
    actions.end(host.id, session.id)  # what is open is drawn
    assert queries.draw(draw.id).drawn_at
    with pytest.raises(WrongState):
        actions.open_draw(host.id, session.id, "A basket", 1, 60)


@pytest.mark.django_db(transaction=True)
def test_nobody_enters_behind_the_drawing():
    host, people = make_host(), [make_account(f"V{n}") for n in range(20)]
    session = make_session(host, on_air=True)
    draw = actions.open_draw(host.id, session.id, "A basket", 3, 60)
    start, entered, refused, done = Barrier(42), [], [], []

    def run(act) -> None:
        start.wait()
        try:
            act()
        except MarketError as error:
            refused.append(error.code)
        finally:
            connections.close_all()

    acts = [lambda who=who: entered.append(actions.enter(who.id, session.id, draw.id)) for who in people for _ in "ab"]
    acts += [lambda: done.append(actions.end(host.id, session.id)) for _ in "ab"]
    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    drawn = queries.draw(draw.id)
    assert {UUID(entry) for entry in drawn.entries} == set(entered)
    assert set(refused) <= {"room.draw_closed"}
    assert list(drawn.won) == lots.drawn(drawn.secret, drawn.entries, 3)
    assert OutboxRow.objects.filter(kind="draw.drawn").count() == 1
    assert OutboxRow.objects.filter(kind="draw.entered").count() == len(set(entered))


@pytest.mark.django_db
def test_over_rest_and_at_the_desk():
    host, viewer = make_host(), make_account("V")
    session = make_session(host, on_air=True)
    clients = {}
    for who in (host, viewer):
        clients[who.id] = Client()
        clients[who.id].force_login(get_user_model().objects.get(pk=who.id))
    desk = clients[host.id]
    validate(desk.get(f"/me/rooms/{session.id}/draw").content)
    assert desk.post(f"/me/rooms/{session.id}/draw", {"prize": "", "winners": 1, "seconds": 60}).context["form"].errors
    said = {"prize": "A basket", "winners": 1, "seconds": 60}
    assert desk.post(f"/me/rooms/{session.id}/draw", said)["HX-Trigger"] == "desk-done"
    [told] = whole.state(session.id)["draws"]
    path = f"/api/rooms/{session.id}/draws/{told['id']}"
    entered = clients[viewer.id].post(f"{path}/entry", content_type="application/json")
    room = clients[viewer.id].get(f"/r/{session.id}").content.decode()
    validate(room.encode())
    assert entered.json()["entry"] in room
    assert Client().get(path).json()["secret"] == ""
    with clock.travel(clock.now() + timedelta(seconds=61)):
        actions.draw(UUID(told["id"]))
    assert Client().get(path).json()["won"] == [entered.json()["entry"]]

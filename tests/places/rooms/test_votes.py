"""Votes: one answer a viewer, a tally that is told at most once a second and is right in the end."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.contrib.auth import get_user_model
from django.db import connections
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from laotie.kit import clock
from laotie.kit.errors import MarketError
from laotie.kit.ids import new_id
from laotie.kit.text import BadText
from laotie.places.rooms import actions, queries, whole
from laotie.places.rooms.errors import (
    BadVote,
    NoSuchVote,
    NotYourRoom,
    ShutOut,
    VoteClosed,
    VotedAlready,
    VoteRuns,
    WrongState,
)
from laotie.stream.outbox.models import OutboxRow
from tests.html import validate
from tests.makers import make_account
from tests.places.rooms.making import Heard, make_host, make_session

YES_NO = ["yes", "no"]


def tallies(heard: Heard) -> list[list[int]]:
    return [event["body"]["vote"]["counts"] for event in heard.events if event["kind"] == "vote"]


@pytest.mark.django_db(transaction=True)
def test_the_tally_is_told_at_most_once_a_second(heard: Heard):
    host, people = make_host(), [make_account(f"V{n}") for n in range(6)]
    session = make_session(host, on_air=True)
    vote = actions.open_vote(host.id, session.id, "Was that true?", YES_NO, 60)
    opened = clock.now()
    for number, who in enumerate(people[:5]):
        with clock.travel(opened + timedelta(seconds=0.1 * number)):
            actions.cast(who.id, session.id, vote, number % 2)
    assert tallies(heard) == [[0, 0]]
    assert ProcrastinateJob.objects.filter(task_name="rooms.tally", args__vote_id=str(vote)).count() == 1
    assert whole.state(session.id)["votes"][0]["counts"] == [0, 0]  # what the room was told
    actions.tell_tally(vote)
    actions.tell_tally(vote)  # no news
    assert tallies(heard) == [[0, 0], [3, 2]]
    with clock.travel(opened + timedelta(seconds=3)):
        actions.cast(people[5].id, session.id, vote, 0)
    assert tallies(heard)[2:] == [[4, 2]]
    actions.close_vote(host.id, session.id, vote)
    actions.close_vote(host.id, session.id, vote)
    assert tallies(heard)[3:] == [[4, 2]]
    [fact] = OutboxRow.objects.filter(kind="vote.closed")
    assert fact.body["counts"] == [4, 2]
    assert OutboxRow.objects.filter(kind="vote.cast").count() == 6


@pytest.mark.django_db
def test_one_answer_and_what_is_refused():
    host, other, viewer = make_host(), make_host("Other"), make_account("V")
    session, elsewhere = make_session(host, on_air=True), make_session(other, on_air=True)
    for error, question, options, seconds in (
        (BadVote, "True?", ["yes"], 60), (BadVote, "True?", list("abcde"), 60), (BadVote, "True?", ["a", "a"], 60),
        (BadVote, "True?", YES_NO, 9), (BadText, "", YES_NO, 60), (BadText, "True?", ["yes", "x" * 41], 60),
    ):  # fmt: skip
        with pytest.raises(error):
            actions.open_vote(host.id, session.id, question, options, seconds)
    with pytest.raises(NotYourRoom):
        actions.open_vote(other.id, session.id, "True?", YES_NO, 60)
    vote = actions.open_vote(host.id, session.id, "True?", YES_NO, 60)
    with pytest.raises(VoteRuns):
        actions.open_vote(host.id, session.id, "And that?", YES_NO, 60)
    for session_id, vote_id in ((elsewhere.id, vote), (session.id, new_id())):
        with pytest.raises(NoSuchVote):
            actions.cast(viewer.id, session_id, vote_id, 0)
    with pytest.raises(BadVote):
        actions.cast(viewer.id, session.id, vote, 2)
    actions.cast(viewer.id, session.id, vote, 1)
    actions.cast(viewer.id, session.id, vote, 1)
    with pytest.raises(VotedAlready):
        actions.cast(viewer.id, session.id, vote, 0)
    assert queries.counts(vote, 2) == [0, 1]
    assert queries.ballots_of(viewer.id, session.id) == {str(vote): 1}
    with clock.travel(clock.now() + timedelta(seconds=60)):
        with pytest.raises(VoteClosed):
            actions.cast(make_account("Late").id, session.id, vote, 0)
        actions.close_due(vote)
        assert whole.state(session.id)["votes"][0]["closed"]
    line = actions.say(viewer.id, session.id, "hello")
    actions.ban(host.id, session.id, line.id)
    with pytest.raises(ShutOut):
        actions.cast(viewer.id, session.id, vote, 1)
    second = actions.open_vote(host.id, session.id, "And that?", YES_NO, 60)
    actions.end(host.id, session.id)
    assert all(told["closed"] for told in whole.state(session.id)["votes"])
    with pytest.raises(WrongState):
        actions.open_vote(host.id, session.id, "True?", YES_NO, 60)
    with pytest.raises(VoteClosed):
        actions.cast(make_account("V2").id, session.id, second, 1)


@pytest.mark.django_db(transaction=True)
def test_whoever_answers_while_it_closes_is_counted_or_told_no(heard: Heard):
    host, people = make_host(), [make_account(f"V{n}") for n in range(20)]
    session = make_session(host, on_air=True)
    vote = actions.open_vote(host.id, session.id, "Was that true?", YES_NO, 60)
    start, cast, refused = Barrier(41), [], []

    def run(act) -> None:
        start.wait()
        try:
            act()
        except MarketError as error:
            refused.append(error.code)
        finally:
            connections.close_all()

    def answer(number: int) -> None:
        actions.cast(people[number % 20].id, session.id, vote, number // 20)
        cast.append((number % 20, number // 20))

    acts = [lambda number=number: answer(number) for number in range(40)]
    acts.append(lambda: actions.close_vote(host.id, session.id, vote))
    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(refused) <= {"room.vote_closed", "room.voted_already"}
    assert len({who for who, _ in cast}) == len(cast)
    counted = [sum(choice == each for _, choice in cast) for each in (0, 1)]
    assert queries.counts(vote, 2) == counted
    assert whole.state(session.id)["votes"][0]["counts"] == counted


@pytest.mark.django_db
def test_over_rest_and_at_the_desk():
    host, viewer = make_host(), make_account("V")
    session = make_session(host, on_air=True)
    desk, client = Client(), Client()
    for who, browser in ((host, desk), (viewer, client)):
        browser.force_login(get_user_model().objects.get(pk=who.id))
    page = desk.get(f"/me/rooms/{session.id}/vote")
    validate(page.content)
    said = {"question": "Was that true?", "options": "yes\nno\n", "seconds": "60"}
    assert desk.post(f"/me/rooms/{session.id}/vote", said | {"options": "yes"}).context["form"].errors
    assert desk.post(f"/me/rooms/{session.id}/vote", said)["HX-Trigger"] == "desk-done"
    [told] = whole.state(session.id)["votes"]
    path = f"/api/rooms/{session.id}/votes/{told['id']}"
    assert client.put(f"{path}/ballot", '{"choice":1}', "application/json").status_code == 204
    assert client.put(f"{path}/ballot", '{"choice":0}', "application/json").status_code == 409
    assert client.delete(path).status_code == 403
    assert desk.delete(path).status_code == 204
    assert whole.state(session.id)["votes"][0]["counts"] == [0, 1]
    validate(client.get(f"/r/{session.id}").content)

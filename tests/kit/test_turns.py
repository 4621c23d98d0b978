"""Pages in turn: who came first goes first, nobody waits for ever, and no turn is lost."""

from threading import Event, Thread
from time import monotonic, sleep
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from laotie.kit.pages import turns
from laotie.kit.pages.turns import InTurn, Turns

LONG = 20.0  # seconds: longer than any test takes


def waiting(held: Turns, most: int) -> None:
    """Until so many wait."""
    until = monotonic() + LONG
    while len(held._waiting) < most:
        assert monotonic() < until
        sleep(0.001)


def test_a_turn_goes_to_whoever_waited_longest():
    held, order = Turns(1), []
    assert held.take(LONG)

    def take(number: int) -> None:
        assert held.take(LONG)
        order.append(number)
        held.give()

    threads = [Thread(target=take, args=[number]) for number in range(5)]
    for number, thread in enumerate(threads):
        thread.start()
        waiting(held, number + 1)
    held.give()
    for thread in threads:
        thread.join(LONG)
    assert order == [0, 1, 2, 3, 4]
    assert held.take(0)


def test_whoever_gave_up_is_given_nothing():
    held = Turns(2)
    assert held.take(0)
    assert held.take(0)
    assert not held.take(0.01)
    held.give()
    assert held.take(0)
    assert not held.take(0.01)


def page_of(turn_of: InTurn, method: str) -> HttpResponse:
    return turn_of(getattr(RequestFactory(), method)("/"))


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A process whose turns are all taken by pages that do not end."""
    monkeypatch.setattr(turns, "at_once", lambda: 1)
    monkeypatch.setattr(turns, "PATIENCE", LONG)
    begun, end, lasting = Event(), Event(), [True]

    def answer(_request: Any) -> HttpResponse:
        if lasting and lasting.pop():
            begun.set()
            assert end.wait(LONG)
        return HttpResponse("made")

    turn_of = InTurn(answer)
    thread = Thread(target=page_of, args=[turn_of, "get"])
    thread.start()
    assert begun.wait(LONG)
    yield turn_of, end
    end.set()
    thread.join(LONG)


def test_a_page_waits_for_the_one_before_it_and_what_writes_does_not(busy: Any):
    turn_of, end = busy
    made: list[HttpResponse] = []
    later = Thread(target=lambda: made.append(page_of(turn_of, "get")))
    later.start()
    waiting(turn_of._turns, 1)
    assert page_of(turn_of, "post").content == b"made"
    assert made == []
    end.set()
    later.join(LONG)
    assert [one.content for one in made] == [b"made"]


def test_behind_a_page_that_takes_long_one_goes_ahead(busy: Any, monkeypatch: pytest.MonkeyPatch):
    turn_of, _end = busy
    monkeypatch.setattr(turns, "PATIENCE", 0.01)
    assert page_of(turn_of, "get").content == b"made"
    assert page_of(turn_of, "head").content == b"made"


def test_a_page_that_fails_ends_its_turn(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(turns, "at_once", lambda: 1)

    def fail(_request: Any) -> HttpResponse:
        raise ZeroDivisionError

    turn_of = InTurn(fail)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            page_of(turn_of, "get")
    assert turn_of._turns.take(0)


@pytest.mark.parametrize(("cores", "pages"), [(None, 1), (1, 1), (2, 1), (8, 2)])
def test_more_cores_make_more_pages_at_once(cores: int | None, pages: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("os.cpu_count", lambda: cores)
    assert turns.at_once() == pages

"""Processes that know how busy the others are: who has more lets a connection go, and nobody waits for the dead."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from laotie.kit.pages import siblings
from laotie.kit.pages.siblings import LASTING, SETTLING, SLOTS, Siblings
from laotie.kit.pages.turns import InTurn

OTHER = """
import sys, time
from pathlib import Path
from laotie.kit.pages.siblings import Siblings
one = Siblings(Path(sys.argv[1]), 8)
one.more(int(sys.argv[2]))
print("there", flush=True)
time.sleep(600)
"""
LONG = 100 * LASTING
THREADS = 60


class Clock:
    """Seconds that pass when a test says so, beginning with the machine's: other processes read that."""

    def __init__(self) -> None:
        self.seconds = siblings.monotonic() + LONG

    def __call__(self) -> float:
        return self.seconds


class Others:
    """Processes that have some pages at hand until they are killed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.running: list[subprocess.Popen[str]] = []

    def begin(self, pages: int) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", OTHER, str(self.path), str(pages)]
        other = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.running.append(other)
        assert other.stdout
        assert other.stdout.readline() == "there\n"
        return other

    def kill(self) -> None:
        for one in self.running:
            one.send_signal(signal.SIGKILL)
            one.communicate()
        self.running.clear()


@pytest.fixture
def others(tmp_path: Path) -> Iterator[Others]:
    begun = Others(tmp_path / "run" / "pages")
    yield begun
    begun.kill()


@pytest.fixture
def clock() -> Clock:
    return Clock()


def busy(path: Path, clock: Clock, pages: int, threads: int = THREADS) -> Siblings:
    """This process, with so many pages at hand for long."""
    mine = Siblings(path, threads, clock)
    mine.more(pages)
    clock.seconds += LONG
    mine.more(0)
    return mine


@pytest.mark.parametrize(("here", "there", "lets_go"), [(5, 3, True), (4, 4, False), (5, 4, False), (2, 6, False)])
def test_who_has_more_than_chance_gives_lets_go(others: Others, clock: Clock, here: int, there: int, lets_go: bool):
    others.begin(there)
    assert busy(others.path, clock, here).let_go() is lets_go


@pytest.mark.parametrize(("there", "lets_go"), [(3, True), (4, False)])
def test_behind_threads_that_are_all_taken_others_may_wait(others: Others, clock: Clock, there: int, lets_go: bool):
    others.begin(there)
    assert busy(others.path, clock, 4, threads=4).let_go() is lets_go


def test_a_moment_tells_nothing(others: Others, clock: Clock):
    others.begin(0)
    mine = Siblings(others.path, THREADS, clock)
    mine.more(5)
    clock.seconds += LASTING / 10
    mine.more(0)
    assert not mine.let_go()


def test_a_sibling_that_was_busy_and_is_idle_counts_as_idle(others: Others, clock: Clock):
    """It wrote last when its last page ended, with the mean of a busy time."""
    mine = busy(others.path, clock, 5)
    slot = siblings.SLOT
    others.begin(0)
    slot.pack_into(mine._slots, slot.size, clock(), 0, 6.0)
    assert not mine.let_go()
    clock.seconds += LONG
    assert mine.let_go()


def test_one_connection_at_a_time(others: Others, clock: Clock):
    others.begin(0)
    mine = busy(others.path, clock, 6)
    assert mine.let_go()
    clock.seconds += SETTLING / 2
    mine.more(0)
    assert not mine.let_go()
    clock.seconds += SETTLING
    mine.more(0)
    assert mine.let_go()


def test_the_dead_are_no_siblings_and_leave_their_slot(others: Others, clock: Clock):
    others.begin(0)
    mine = busy(others.path, clock, 9)
    others.kill()
    assert not mine.let_go()
    others.begin(1)
    assert mine.let_go()


def test_what_was_written_before_the_machine_started_anew_does_no_harm(others: Others, clock: Clock):
    mine = busy(others.path, clock, 9)
    slot = siblings.SLOT
    slot.pack_into(mine._slots, slot.size, clock() + 1e9, 0, 0.0)
    assert not mine.let_go()
    assert slot.unpack_from(mine._slots, slot.size) == (0, 0, 0)


def test_alone_nothing_is_let_go(tmp_path: Path, clock: Clock):
    assert not busy(tmp_path / "pages", clock, 50).let_go()


def test_where_no_slot_is_free_a_process_goes_its_way(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Siblings, "_hold", lambda _self, slot: False)
    assert not busy(tmp_path / "pages", clock, SLOTS).let_go()


class Busy:
    """Siblings of a process that always has too much."""

    at_hand = 0

    def more(self, pages: int) -> None:
        self.at_hand += pages

    def let_go(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("method", "protocol", "ends"), [("get", "HTTP/1.1", True), ("get", "HTTP/2", False), ("post", "HTTP/1.1", False)]
)
def test_a_page_takes_its_connection_along(
    method: str, protocol: str, ends: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of HTTP/2 no page may speak of its connection; and nobody counts what writes."""
    held: Any = Busy()
    monkeypatch.setattr(InTurn, "siblings", held)
    turn_of = InTurn(lambda _request: HttpResponse("made"))
    response = turn_of(getattr(RequestFactory(), method)("/", SERVER_PROTOCOL=protocol))
    assert response.content == b"made"
    assert (response.get("Connection") == "close") is ends
    assert held.at_hand == 0


def test_a_page_that_fails_is_no_longer_at_hand(monkeypatch: pytest.MonkeyPatch):
    held: Any = Busy()
    monkeypatch.setattr(InTurn, "siblings", held)

    def fail(_request: Any) -> HttpResponse:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        InTurn(fail)(RequestFactory().get("/"))
    assert held.at_hand == 0

"""What a process remembers for a few seconds: loaded once, old values while somebody loads, nothing when told so."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from pytest_django import Settings

from laotie.kit import memory
from laotie.kit.memory import ShortMemory

PATIENCE = 10.0


class Time:
    """Stands in for the machine's, in seconds."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def passing(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Time:
    settings.SHELF_AGE = 5
    found = Time()
    monkeypatch.setattr(memory, "time", found)
    return found


def counted() -> Callable[[], int]:
    numbers: Iterator[int] = iter(range(1, 100))
    return lambda: next(numbers)


def test_a_value_is_loaded_again_when_it_came_of_age(passing: Time) -> None:
    shelf: ShortMemory[str, int] = ShortMemory(10)
    load = counted()
    assert [shelf.get("a", load), shelf.get("a", load)] == [1, 1]
    passing.now += 5.1
    assert shelf.get("a", load) == 2


def test_nothing_is_remembered_where_the_age_is_none(passing: Time, settings: Settings) -> None:
    settings.SHELF_AGE = 0
    shelf: ShortMemory[str, int] = ShortMemory(10)
    load = counted()
    assert [shelf.get("a", load), shelf.get("a", load)] == [1, 2]


def while_loading(shelf: ShortMemory[str, int], meanwhile: Callable[[], int]) -> tuple[int, int]:
    """What `meanwhile` finds while another loads "a" again, and what that one is given."""
    begun, go_on = Event(), Event()

    def slowly() -> int:
        begun.set()
        assert go_on.wait(PATIENCE)
        return 2

    with ThreadPoolExecutor(1) as others:
        loading = others.submit(shelf.get, "a", slowly)
        assert begun.wait(PATIENCE)
        try:
            found = meanwhile()
        finally:
            go_on.set()
        return found, loading.result(PATIENCE)


def test_while_one_loads_again_the_others_are_given_the_old_value(passing: Time) -> None:
    shelf: ShortMemory[str, int] = ShortMemory(10)
    shelf.get("a", lambda: 1)
    passing.now += 5.1
    assert while_loading(shelf, lambda: shelf.get("a", lambda: 3)) == (1, 2)


def test_what_is_twice_too_old_is_given_to_nobody(passing: Time) -> None:
    shelf: ShortMemory[str, int] = ShortMemory(10)
    shelf.get("a", lambda: 1)
    passing.now += 10.1
    assert while_loading(shelf, lambda: shelf.get("a", lambda: 3)) == (3, 2)


def test_after_a_load_that_failed_the_next_one_loads(passing: Time) -> None:
    shelf: ShortMemory[str, int] = ShortMemory(10)
    shelf.get("a", lambda: 1)
    passing.now += 5.1
    with pytest.raises(ZeroDivisionError):
        shelf.get("a", lambda: 1 // 0)
    assert shelf.get("a", lambda: 3) == 3

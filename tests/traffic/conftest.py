"""Every test here has an index of its own, and a journal of decisions in memory."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from pytest_django import Settings

from laotie.places.search import actions, store
from laotie.stream.facts import Recorded

Journal = dict[str, Recorded]


@pytest.fixture(autouse=True)
def own_index(tmp_path: Path, settings: Settings) -> Iterator[None]:
    settings.HOME = tmp_path
    store.forget(tmp_path / "search")
    yield
    store.forget(tmp_path / "search")


@pytest.fixture
def shelve() -> Callable[[], int]:
    """Bring the index up to date with everything the test has made."""
    return actions.rebuild


@pytest.fixture
def journal(monkeypatch: pytest.MonkeyPatch) -> Journal:
    """What was recorded, by decision; the pages read it as they read the bus."""
    kept: Journal = {}

    def post(_bus: object, subject: str, fact: Recorded) -> None:
        kept[str(UUID(subject))] = fact

    monkeypatch.setattr("laotie.stream.decisions.poster.post", post)
    monkeypatch.setattr("laotie.traffic.feed.queries.bus", lambda: None)
    monkeypatch.setattr("laotie.traffic.feed.queries.last", lambda _bus, _journal, subject, _s: kept.get(subject))
    return kept

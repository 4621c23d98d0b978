"""Every test here has an index of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from laotie.places.search import actions, store


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

"""A demo market for the browser, in each language, started as a newcomer starts it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.runtime.market import RunningMarket, remove
from tools.machine import browser

CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture
def chromium() -> Iterator[Browser]:
    """One a test: while it stands, Playwright's loop runs in this thread, and other tests want loops of their own."""
    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=browser(), args=CHROMIUM)
        yield running
        running.close()


@pytest.fixture(scope="module", params=["zh", "en"])
def market(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The language of a demo market, and its address."""
    home = tmp_path_factory.mktemp(f"market-{request.param}") / "home"
    running = RunningMarket(home, "--demo", "--language", request.param)
    running.until(lambda: "Ctrl-C" in running.words, seconds=300)
    yield request.param, f"http://localhost:{running.port}"
    assert running.end() == 0
    remove(home)


@pytest.fixture(scope="module")
def market_in_english(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demo market, for what says little."""
    home = tmp_path_factory.mktemp("market-once") / "home"
    running = RunningMarket(home, "--demo", "--language", "en")
    running.until(lambda: "Ctrl-C" in running.words, seconds=300)
    yield f"http://localhost:{running.port}"
    assert running.end() == 0
    remove(home)


@pytest.fixture
def pictures() -> Path | None:
    """Where to leave pictures of every station, if LAOTIE_PICTURES names a folder."""
    folder = os.environ.get("LAOTIE_PICTURES")
    return Path(folder) if folder else None

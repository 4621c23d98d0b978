"""A demo market for the browser, in each language, started as a newcomer starts it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
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
def running(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningMarket]:
    """A demo market in one language."""
    home = tmp_path_factory.mktemp(f"market-{request.param}") / "home"
    running = RunningMarket(home, "--demo", "--language", request.param)
    running.until(lambda: "Ctrl-C" in running.words, seconds=300)
    yield running
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
def market(request: pytest.FixtureRequest, running: RunningMarket) -> tuple[str, str]:
    """The language of a demo market, and its address."""
    return request.node.callspec.params["running"], f"http://localhost:{running.port}"


@pytest.fixture
def crowd(running: RunningMarket) -> Callable[[int], list[tuple[str, str]]]:
    """So many buyers more: each one's key for REST, and where his parcels go."""

    def made(count: int) -> list[tuple[str, str]]:
        surroundings = os.environ | {"LAOTIE_HOME": str(running.home), "DATABASE_URL": running.database_url()}
        command = [sys.executable, "-m", "tests.e2e.crowd", str(count)]
        done = subprocess.run(command, env=surroundings, check=True, capture_output=True, text=True)
        return [(key, place) for key, place in json.loads(done.stdout)]

    return made


@pytest.fixture
def pictures() -> Path | None:
    """Where to leave pictures of every station, if LAOTIE_PICTURES names a folder."""
    folder = os.environ.get("LAOTIE_PICTURES")
    return Path(folder) if folder else None

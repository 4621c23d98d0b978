"""The script in a real browser: what was on screen, chosen and left is told once, and told again after an outage."""

from collections import Counter
from uuid import UUID

import pytest
from playwright.sync_api import Page, sync_playwright

from laotie.kit.tokens import seal
from laotie.stream.beacons import pages
from laotie.stream.beacons.limits import Allowance, Seen
from laotie.stream.beacons.searches import seal_search
from laotie.stream.beacons.source import BeaconSource
from laotie.stream.bus import Bus, BusAway
from laotie.stream.facts import Recorded
from tools.machine import browser
from tools.shots import served

pytestmark = [pytest.mark.browser, pytest.mark.skipif(browser() is None, reason="needs the system's Chromium")]
DECISION, ITEM = UUID(int=1), UUID(int=2)


def html() -> str:
    card = '<a href="#chosen" style="display:block;height:300px" data-slot-token="{}">a card</a>'
    return f"""<!doctype html><title>a page</title>
    <script type="module" src="/static/beacons/beacon.js"></script>
    <main data-search-token="{seal_search(DECISION, "rice", 7)}" data-search-words="rice">
    <article data-view-token="{seal(DECISION, ITEM, 9)}"></article>
    {card.format(seal(DECISION, ITEM, 0))}
    <div style="height:3000px"></div>
    {card.format(seal(DECISION, ITEM, 1))}
    </main>"""


@pytest.fixture(autouse=True)
def fresh_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "seen", Seen())
    monkeypatch.setattr(pages, "allowance", Allowance(per_second=20, burst=600))


def visit(page: Page, root: str) -> None:
    """Look at the first card for more than a second, choose it, and leave for another page."""
    page.route("**/a-page", lambda route: route.fulfill(body=html(), content_type="text/html"))
    page.goto(f"{root}/a-page")
    page.wait_for_timeout(1500)
    page.get_by_text("a card").first.click()


def told(bus: Bus, count: int) -> list[Recorded]:
    """The facts in the stream, once there are `count`."""
    source, facts = BeaconSource(bus), list[Recorded]()
    while len(facts) < count:
        facts = list(source.read(None, 100).facts)
    return facts


def test_what_was_seen_and_chosen_is_told_once(bus: Bus):
    with served() as root, sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=browser(), args=["--no-sandbox"])
        page = chromium.new_page()
        visit(page, root)
        page.goto(f"{root}/healthz")
        facts = told(bus, 6)
        chromium.close()
    assert Counter((fact.kind, fact.body.get("position", "")) for fact in facts) == Counter(
        [("search", ""), ("view", 9), ("impression", 0), ("click", 0), ("dwell", 0), ("dwell", 9)]
    )
    times = [fact.body["milliseconds"] for fact in facts if fact.kind == "dwell"]
    assert all(1000 <= time < 60_000 for time in times)


def test_what_could_not_be_kept_is_sent_again(bus: Bus, monkeypatch: pytest.MonkeyPatch):
    def away() -> Bus:
        raise BusAway("test")

    monkeypatch.setattr(pages, "bus", away)
    with served() as root, sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=browser(), args=["--no-sandbox"])
        page = chromium.new_page()
        with page.expect_response("**/beacon") as answer:
            visit(page, root)
        assert answer.value.status == 503
        monkeypatch.setattr(pages, "bus", lambda: bus)
        facts = told(bus, 4)  # the page is still open
        chromium.close()
    assert Counter(fact.kind for fact in facts) == Counter(["search", "view", "impression", "click"])

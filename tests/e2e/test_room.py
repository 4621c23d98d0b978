"""A room in real browsers: a host with a fake camera, two phones that watch, one that buys beside the picture."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.e2e.conftest import CHROMIUM
from tests.e2e.walker import Walker
from tools.machine import browser

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.xdist_group("market"),
    pytest.mark.skipif(browser() is None, reason="needs the system's Chromium"),
]
CAMERA = [
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
]
SLOW = 60_000  # milliseconds: a busy machine
WORDS = {
    "zh": ("码头开播", "虾干", "偏咸，先泡一泡", "怎么买？"),
    "en": ("At the pier", "prawns", "Salty, soak it first", "how do I buy this?"),
}
# The fake camera draws a clock and a moving pie: two samples of it are never alike.
SAMPLE = """() => { const video = document.querySelector("#video"), canvas = document.createElement("canvas");
  canvas.width = 64; canvas.height = 48; const pen = canvas.getContext("2d"); pen.drawImage(video, 0, 0, 64, 48);
  return [...pen.getImageData(0, 0, 64, 48).data].join(); }"""


@pytest.fixture
def cameras() -> Iterator[Browser]:
    """A Chromium whose camera is a drawing. Its contexts end with it: to close one that plays may take for ever."""
    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=browser(), args=[*CHROMIUM, *CAMERA])
        yield running
        running.close()


def test_a_host_goes_live_and_a_viewer_buys_without_leaving(cameras, market, pictures):
    language, address = market
    title, thing, drawback, question = WORDS[language]
    host = Walker(cameras, address, "desk", language, pictures)
    host.sign_in("creator")
    room = open_room(host, title, thing, drawback)
    buyer, visitor = (Walker(cameras, address, "phone", language, pictures) for _ in range(2))
    buyer.sign_in("buyer")
    for viewer in (buyer, visitor):
        viewer.go(room)
        is_moving(viewer.page)
    buyer.picture("room")
    chat(host, buyer, visitor, question)
    host.page.locator("[data-explain]").first.click()
    for viewer in (buyer, visitor):
        expect(viewer.page.locator("#now .now-card")).to_be_visible(timeout=SLOW)
        expect(viewer.page.locator("#now .now-drawback")).to_contain_text(drawback)
    buyer.picture("room-now")
    buy(buyer, room)
    expect(host.page.locator("[data-owed]")).not_to_have_text(["¥0.00"], timeout=SLOW)
    expect(visitor.page.locator("#now .now-card")).to_be_visible()
    visitor.page.locator("#now [data-buy]").click()
    expect(visitor.page.locator("#till a[href^='/account/login/']")).to_be_visible(timeout=SLOW)
    visitor.picture("room-sign-in")
    host.picture("desk-on-air")
    host.confirm(host.page.locator("form[action$='/end'] button"))
    host.picture("report")
    expect(host.page.locator("[data-owed]")).not_to_have_text("¥0.00")
    expect(host.page.locator("#report [role=status]")).to_have_count(0, timeout=SLOW)  # the last facts are there
    expect(host.page.locator("#report .tally-small dd").first).not_to_have_text("0")
    host.picture("report-whole")
    for viewer in (buyer, visitor):
        expect(viewer.page.locator("#lines")).to_have_count(0, timeout=SLOW)  # the page has turned by itself
    for walker in (host, buyer, visitor):
        assert walker.faults == [], walker.faults


def open_room(host: Walker, title: str, thing: str, drawback: str) -> str:
    """Plan, card, camera, on air; returns the room's path."""
    page = host.go("/me/rooms/plan")
    page.fill("input[name=title]", title)
    host.press(page.locator("main form button").first)
    page.fill(".chooser input[name=q]", thing)
    expect(page.locator(".choices li").first).to_contain_text(thing, timeout=SLOW)
    page.locator(".choices li", has_text=thing).locator("button").first.click(timeout=SLOW)
    page.fill("input[name=drawback]", drawback)
    page.locator("#chooser-place form button").first.click()
    expect(page.locator(".desk-card")).to_have_count(1, timeout=SLOW)
    host.picture("desk-planned")
    host.press(page.locator("form[action$='/open'] button"))
    expect(page.locator("#sending")).to_have_attribute("data-state", "live", timeout=SLOW)
    return page.url.replace(host.address, "").replace("/me/rooms/", "/r/")


def is_moving(page: Page) -> None:
    """The picture plays, and what it shows changes."""
    page.wait_for_function("() => document.querySelector('#video').currentTime > 0.5", timeout=SLOW)
    before = page.evaluate(SAMPLE)
    page.wait_for_function(f"(before) => ({SAMPLE})() !== before", arg=before, timeout=SLOW)
    expect(page.locator("#slate")).to_be_hidden(timeout=SLOW)


def chat(host: Walker, buyer: Walker, visitor: Walker, question: str) -> None:
    buyer.page.fill("#say input", question)
    buyer.page.press("#say input", "Enter")
    for walker in (host, buyer, visitor):
        expect(walker.page.locator("#lines .line", has_text=question)).to_be_visible(timeout=SLOW)
    expect(host.page.locator("#aside .ask-buying")).to_contain_text(question, timeout=SLOW)


def buy(buyer: Walker, room: str) -> None:
    page = buyer.page
    page.locator("#now [data-buy]").click()
    page.locator("form[hx-post$='/till/place'] button").click(timeout=SLOW)
    page.locator("#till button[value=succeed]").click(timeout=SLOW)
    expect(page.locator("#till .mark")).to_be_visible(timeout=SLOW)
    buyer.picture("room-paid")
    assert page.url == f"{buyer.address}{room}"
    is_moving(page)

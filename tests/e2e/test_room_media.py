"""The picture of a room through its host's mishaps: it moves, is held by a slate while the host is away, moves again in
the same session, and can be seen again afterwards."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.e2e.conftest import CHROMIUM
from tests.e2e.walker import Walker
from tests.places.media import videos
from tools.machine import browser

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.xdist_group("market"),
    pytest.mark.skipif(browser() is None, reason="needs the system's Chromium"),
]
FAKED = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
         "--autoplay-policy=no-user-gesture-required"]  # fmt: skip
SLOW = 90_000  # milliseconds: a busy machine
# the counter burnt into the camera's pictures, read off a video on the page; -1 where there is none
COUNTER = """([which, top, block, bits]) => {
  const video = document.querySelector(which);
  if (!video?.videoWidth) return -1;
  const canvas = new OffscreenCanvas(320, 180), context = canvas.getContext("2d");
  context.drawImage(video, 0, 0, 320, 180);
  const light = (place) => context.getImageData(4 + block / 2 + place * block, top + block / 2, 1, 1).data[0];
  if (light(0) < 170 || light(1) > 85) return -1;
  return [...Array(bits).keys()].reduce((sum, bit) => sum + (light(bit + 2) > 127 ? 1 << bit : 0), 0);
}"""
ANOTHER = f"(given) => {{ const now = ({COUNTER})(given[0]); return now >= 0 && !given[1].includes(now); }}"


@pytest.fixture
def camera(tmp_path: Path) -> Path:
    return videos.camera(tmp_path / "camera.mjpeg")


def test_the_picture_survives_its_host(market_in_english, camera):
    faked = [*CHROMIUM, *FAKED, f"--use-file-for-fake-video-capture={camera}"]
    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=browser(), args=faked)
        try:
            through_a_session(running, market_in_english)
        finally:
            running.close()


def through_a_session(running: Browser, address: str) -> None:
    host, viewer = Walker(running, address, "desk", "en"), Walker(running, address, "phone", "en")
    host.sign_in("creator")
    room = go_live(host)
    viewer.go(room)
    moves(viewer.page, "#video")
    chooses(viewer.page)
    stay = viewer.page.evaluate("globalThis.sameStay = Math.random()")
    host.page.close()
    expect(viewer.page.locator("#slate")).to_be_visible(timeout=SLOW)
    expect(viewer.page.locator("[data-slate=dropped]")).to_be_visible(timeout=SLOW)
    host.page = host.context.new_page()
    host.go(room.replace("/r/", "/me/rooms/"))
    expect(host.page.locator("#sending")).to_have_attribute("data-state", "live", timeout=SLOW)
    expect(viewer.page.locator("#slate")).to_be_hidden(timeout=SLOW)
    moves(viewer.page, "#video")
    assert viewer.page.evaluate("globalThis.sameStay") == stay, "the page was loaded anew"
    host.confirm(host.page.locator("form[action$='/end'] button"))
    replay = viewer.page.locator("#replay")
    expect(replay).to_be_visible(timeout=SLOW)
    replay.evaluate("async (video) => { video.muted = true; await video.play(); }")
    moves(viewer.page, "#replay")
    assert viewer.faults == []


def go_live(host: Walker) -> str:
    """Plan a session and go on air with the camera; the room's path."""
    page = host.go("/me/rooms/plan")
    page.fill("input[name=title]", "At the pier")
    host.press(page.locator("main form button").first)
    host.press(page.locator("form[action$='/open'] button"))
    expect(page.locator("#sending")).to_have_attribute("data-state", "live", timeout=SLOW)
    return page.url.replace(host.address, "").replace("/me/rooms/", "/r/")


def chooses(page: Page) -> None:
    """The picture moves in every way of watching; a viewer whose machine is too slow for little delay is moved on."""
    for mode in ("steady", "low"):
        page.locator("summary:has(+ #delay)").click()
        page.locator(f"#delay [data-mode={mode}]").click()
        expect(page.locator(f"[data-now={mode}]")).not_to_have_attribute("hidden", "", timeout=SLOW)
        moves(page, "#video", 2)


def moves(page: Page, which: str, times: int = 3) -> None:
    """Several different counters have been on screen."""
    given, seen = [which, videos.TOP, videos.BLOCK, videos.BITS], list[int]()
    for _ in range(times):
        page.wait_for_function(ANOTHER, arg=[given, seen], timeout=SLOW)
        seen.append(int(page.evaluate(COUNTER, given)))

"""Live video in a real browser: a host with a fake camera, two viewers who see the picture move, a host who returns."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from laotie.places.media import folders, standing, tokens
from laotie.places.media.contracts import State
from laotie.places.media.takes import takes
from tests.places.media import videos
from tests.places.media.conftest import until
from tools.machine import browser
from tools.shots import served

pytestmark = [pytest.mark.browser, pytest.mark.skipif(browser() is None, reason="needs the system's Chromium"),
              pytest.mark.usefixtures("running_studio")]  # fmt: skip
PAGE = '<!doctype html><title>a page</title><video muted width="640" height="360"></video>'
GO_LIVE = """async ([url, token, settings]) => {
  const { Publisher } = await import("/static/media/publish.js");
  const host = globalThis.host = new Publisher({ width: 320, height: 180, ...settings });
  globalThis.said = [];
  host.onstatus = (status) => globalThis.said.push(status);
  await host.choose();
  host.preview(document.querySelector("video"));
  host.start(url, async () => token);
}"""
WATCH = """async ([url, options]) => {
  const { watch } = await import("/static/media/watch.js");
  globalThis.states = [];
  const onstate = (state) => states.push(state);
  globalThis.player = watch(document.querySelector("video"), url, { ...options, onstate });
}"""
# the counter burnt into what is on screen; -1 where there is none
COUNTER = """([top, block, bits]) => {
  const video = document.querySelector("video");
  if (!video.videoWidth) return -1;
  const canvas = new OffscreenCanvas(320, 180), context = canvas.getContext("2d");
  context.drawImage(video, 0, 0, 320, 180);
  const light = (place) => context.getImageData(4 + block / 2 + place * block, top + block / 2, 1, 1).data[0];
  if (light(0) < 170 || light(1) > 85) return -1;
  return [...Array(bits).keys()].reduce((sum, bit) => sum + (light(bit + 2) > 127 ? 1 << bit : 0), 0);
}"""


@pytest.fixture(scope="module")
def camera(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return videos.camera(tmp_path_factory.mktemp("camera") / "camera.mjpeg")


@pytest.fixture
def chromium(camera: Path) -> Iterator[Browser]:
    faked = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
    ours = [f"--use-file-for-fake-video-capture={camera}", "--autoplay-policy=no-user-gesture-required"]
    arguments = ["--no-sandbox", "--disable-gpu", *faked, *ours]
    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=browser(), args=arguments)
        yield running
        running.close()


@pytest.fixture
def market() -> Iterator[str]:
    with served() as root:
        yield root


def opened(chromium: Browser, market: str) -> Page:
    """A page under the market's own content security policy."""
    page = chromium.new_page()
    policy = page.goto(f"{market}/healthz").headers["content-security-policy"]
    headers = {"Content-Security-Policy": policy, "Content-Type": "text/html"}
    page.route("**/a-page", lambda route: route.fulfill(body=PAGE, headers=headers))
    page.goto(f"{market}/a-page")
    return page


def go_live(page: Page, stream: UUID, **settings: object) -> None:
    page.evaluate(GO_LIVE, [f"/media/{stream}/chunks/", tokens.seal(stream), settings])


def counter(page: Page) -> int:
    return int(page.evaluate(COUNTER, [videos.TOP, videos.BLOCK, videos.BITS]))


def sees_it_move(page: Page, count: int = 3) -> None:
    """Several different counters have been on screen."""
    seen: set[int] = set()
    until(lambda: (seen.add(counter(page)), len(seen - {-1}) >= count)[1], 60)


def test_two_viewers_see_the_picture_move_and_the_recording_plays(chromium, market, stream):
    host, viewers = opened(chromium, market), [opened(chromium, market) for _ in range(2)]
    for viewer in viewers:  # before there is anything to see
        viewer.evaluate(WATCH, [f"/media/{stream}/live.m3u8", {}])
    go_live(host, stream)
    for viewer in viewers:
        sees_it_move(viewer)
        assert viewer.evaluate("states") == ["waiting", "live"]
    status = host.evaluate("said.at(-1)")
    assert (status["state"], status["lost"]) == ("live", 0)
    assert status["bitsPerSecond"] > 10_000
    host.evaluate("host.stop()")
    (folders.spool(stream) / "ended").touch()
    until(lambda: standing.read(stream).state is State.ENDED)
    viewers[0].evaluate("player.stop()")
    viewers[0].evaluate(WATCH, [f"/media/{stream}/recording.m3u8", {"recording": True}])
    sees_it_move(viewers[0])


def test_a_host_who_drops_and_returns_is_seen_again_without_a_reload(chromium, market, stream):
    host, viewer = opened(chromium, market), opened(chromium, market)
    go_live(host, stream)
    viewer.evaluate(WATCH, [f"/media/{stream}/live.m3u8", {}])
    sees_it_move(viewer)
    host.close()
    until(lambda: viewer.evaluate("states.at(-1)") == "dropped", 30)
    until(lambda: viewer.evaluate("document.querySelector('video').readyState") < 3)
    go_live(opened(chromium, market), stream)
    until(lambda: len(takes(folders.kept(stream))) == 2)
    sees_it_move(viewer, 10)
    assert viewer.evaluate("states.slice(-3)") == ["live", "dropped", "live"]

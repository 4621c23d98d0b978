"""How old is the picture that a viewer sees?

`python -m benchmarks.live_latency [--seconds 40]`: a host and a viewer in real Chromium, through the web server and the
studio as `laotie up` runs them. The host draws the time into a 1280×720 canvas as a row of black and white squares, 25
times a second, and goes live with it (1.5 Mbit/s, a keyframe a second) by the desk's own module; the viewer plays it by
the room's own module and reads the squares off its screen. Both clocks are this machine's, and so is all the work of
encoding and decoding. `cpu_per_room` is what the studio takes of a core. There is no low-latency mode yet.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen
from uuid import UUID

from playwright.sync_api import Page, sync_playwright

from benchmarks.work import Work
from laotie.kit.ids import new_id
from laotie.runtime import programs
from laotie.runtime.commands.opened import opened
from laotie.runtime.home import Founding
from laotie.runtime.processes import ports
from laotie.runtime.processes.program import Program
from tools.machine import browser

ASSETS = Path(__file__).resolve().parent.parent / ".tools" / "assets"
WARM = 12_000  # milliseconds until a player has settled
BETWEEN = 190  # milliseconds between two looks: in no step with segments
PAGE = '<!doctype html><title>a page</title><video muted width="1280" height="720"></video>'
SQUARES = """
globalThis.BITS = 18, globalThis.SIDE = 60;  // of milliseconds: four minutes
globalThis.now = () => Date.now() % 2 ** BITS;
"""
HOST = (
    SQUARES
    + """
globalThis.live = async ([url, token]) => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 1280, height: 720 });
  const context = canvas.getContext("2d");
  setInterval(() => {
    const time = now();
    context.fillStyle = `hsl(${time / 50} 60% 45%)`;
    context.fillRect(0, SIDE, 1280, 720 - SIDE);
    for (let bit = 0; bit < BITS; bit++) {
      context.fillStyle = (time >> bit) & 1 ? "#fff" : "#000";
      context.fillRect(bit * SIDE, 0, SIDE, SIDE);
    }
  }, 40);
  const sound = await navigator.mediaDevices.getUserMedia({ audio: true });
  const stream = new MediaStream([...canvas.captureStream(25).getTracks(), ...sound.getTracks()]);
  const { Publisher } = await import("/static/media/publish.js");
  globalThis.host = new Publisher();
  await host.choose({ stream });
  host.start(url, token);
};
"""
)
VIEWER = (
    SQUARES
    + """
globalThis.see = async (url) => {
  const { watch } = await import("/static/media/watch.js");
  globalThis.player = watch(document.querySelector("video"), url);
};
globalThis.age = () => {
  const video = document.querySelector("video"), context = new OffscreenCanvas(1280, 60).getContext("2d");
  if (video.readyState < 3) return null;
  context.drawImage(video, 0, 0, 1280, 60, 0, 0, 1280, 60);
  const light = (bit) => context.getImageData(bit * SIDE + SIDE / 2, SIDE / 2, 1, 1).data[0];
  const shown = [...Array(BITS).keys()].reduce((sum, bit) => sum + (light(bit) > 127 ? 2 ** bit : 0), 0);
  return (now() - shown + 2 ** BITS) % 2 ** BITS;
};
"""
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=40)
    seconds = parser.parse_args().seconds
    home = Path(tempfile.mkdtemp(prefix="laotie-latency-"))
    home.chmod(0o755)
    try:
        ages, cpu = measured(home, seconds)
    finally:
        shutil.rmtree((home / "pg").resolve(), ignore_errors=True)
        shutil.rmtree(home, ignore_errors=True)
    report(ages, cpu)


def report(ages: list[int], cpu: float) -> None:
    p95 = sorted(ages)[int(len(ages) * 0.95)]
    load = os.getloadavg()[0]
    print(f"HLS, glass to glass: median {statistics.median(ages):.0f} ms, p95 {p95} ms, {len(ages)} looks; "
          f"studio {cpu:.1%} of a core; load {load:.1f}")  # fmt: skip
    print(json.dumps({"glass_to_glass_p50_ms": round(statistics.median(ages)), "glass_to_glass_p95_ms": p95,
                      "low_latency_p50_ms": None, "cpu_per_room": round(cpu, 4), "load": round(load, 1)}))  # fmt: skip


def measured(home: Path, seconds: int) -> tuple[list[int], float]:
    """Ages in milliseconds of what was on the viewer's screen; the studio's share of a core."""
    os.environ["LAOTIE_DEMO"] = "true"
    with opened(home, Founding(demo=True)) as config:
        (home / "assets").rmdir()
        (home / "assets").symlink_to(ASSETS)
        port = ports.first_free(18900)
        environment = programs.surroundings(config, os.environ["DATABASE_URL"], "")
        (home / "run" / "metrics").mkdir(exist_ok=True)
        with running(programs.web("127.0.0.1", port, environment)), running(programs.studio(environment)) as studio:
            root = f"http://127.0.0.1:{port}"
            until_it_answers(root)
            return watched(root, Work(studio.pid), seconds)


@contextmanager
def running(program: Program) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(program.command, env={**os.environ, **program.environment}, stdout=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


def until_it_answers(root: str) -> None:
    for _ in range(600):
        try:
            with urlopen(f"{root}/healthz", timeout=5):
                return
        except OSError:
            subprocess.run(["sleep", "0.1"], check=True)
    raise SystemExit("the web server does not answer")


def watched(root: str, studio: Work, seconds: int) -> tuple[list[int], float]:
    stream, token = opened_stream()
    flags = ["--no-sandbox", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
             "--autoplay-policy=no-user-gesture-required", "--disable-renderer-backgrounding",
             "--disable-background-timer-throttling", "--disable-backgrounding-occluded-windows"]  # fmt: skip
    with sync_playwright() as play:
        host, viewer = (play.chromium.launch(executable_path=browser(), args=flags) for _ in range(2))
        desk, room = page(host, root, HOST), page(viewer, root, VIEWER)
        desk.evaluate("(given) => live(given)", [f"/media/{stream}/chunks/", token])
        room.evaluate("(url) => see(url)", f"/media/{stream}/live.m3u8")
        room.wait_for_timeout(WARM)
        before, ages = studio.seconds(), []
        mine = Work().seconds()
        for _ in range(seconds * 1000 // BETWEEN):
            ages.append(room.evaluate("age()"))
            room.wait_for_timeout(BETWEEN)
        cpu = studio.seconds() - before - (Work().seconds() - mine)
        host.close()
        viewer.close()
    return [age for age in ages if age is not None], cpu / seconds


def opened_stream() -> tuple[UUID, str]:
    from laotie.places.media import actions

    stream = new_id()
    actions.open_stream(stream, new_id())
    return stream, actions.publish_token(stream)


def page(chromium: Any, root: str, script: str) -> Page:
    opened_page: Page = chromium.new_page(viewport={"width": 1280, "height": 720})
    opened_page.route("**/a-page", lambda route: route.fulfill(body=PAGE, content_type="text/html"))
    opened_page.add_init_script(script)
    opened_page.goto(f"{root}/a-page")
    return opened_page


if __name__ == "__main__":
    main()

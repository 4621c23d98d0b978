"""How old is the picture that a viewer sees?

`python -m benchmarks.live_latency [--seconds 40]`: a host and a viewer in real Chromium, through the web server and the
studio as `laotie up` runs them. The host draws the time into a 1280×720 canvas as a row of black and white squares, 25
times a second, and goes live with it (1.5 Mbit/s, a keyframe a second) by the desk's own module; the viewer plays it by
the room's own module and reads the squares off its screen. Both clocks are this machine's, and so is all the work of
encoding and decoding. First HLS, then little delay over the bus. `cpu_per_room` is what the studio takes of a core.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import tempfile
import time
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
from laotie.runtime.embedded.nats import Nats
from laotie.runtime.home import Founding
from laotie.runtime.processes import ports
from laotie.runtime.processes.program import Program
from tools.machine import browser

ASSETS = Path(__file__).resolve().parent.parent / ".tools" / "assets"
WARM = 8_000  # milliseconds until a player has settled
BETWEEN = 190  # milliseconds between two looks: in no step with segments
PAGE = '<title>a page</title><video muted width="1280" height="720"></video>'
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
globalThis.see = async ([url, mode]) => {
  const { watch } = await import("/static/media/watch.js");
  globalThis.player = watch(document.querySelector("video"), url, { mode });
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
        found = measured(home, seconds)
    finally:
        shutil.rmtree((home / "pg").resolve(), ignore_errors=True)
        shutil.rmtree(home, ignore_errors=True)
    report(*found)


def report(ages: dict[str, list[int]], cpu: float) -> None:
    load, said = os.getloadavg()[0], {}
    for mode, name in (("steady", "glass_to_glass"), ("low", "low_latency")):
        median, p95 = statistics.median(ages[mode]), sorted(ages[mode])[int(len(ages[mode]) * 0.95)]
        print(f"{mode}: median {median:.0f} ms, p95 {p95} ms, {len(ages[mode])} looks")
        said |= {f"{name}_p50_ms": round(median), f"{name}_p95_ms": p95}
    print(f"studio {cpu:.1%} of a core; load {load:.1f}")
    print(json.dumps({**said, "cpu_per_room": round(cpu, 4), "load": round(load, 1)}))


def measured(home: Path, seconds: int) -> tuple[dict[str, list[int]], float]:
    """Ages in milliseconds of what was on the viewer's screen, by mode; the studio's share of a core."""
    os.environ["LAOTIE_DEMO"] = "true"
    with opened(home, Founding(demo=True)) as config:
        (home / "assets").rmdir()
        (home / "assets").symlink_to(ASSETS)
        port = ports.first_free(18900)
        bus = Nats(home / "nats", ports.first_free(14222), ports.first_free(14400), config.nats_password)
        environment = programs.surroundings(config, os.environ["DATABASE_URL"], bus.url, bus.websocket_port)
        (home / "run" / "metrics").mkdir(exist_ok=True)
        web = programs.web("127.0.0.1", port, environment)
        with running(programs.nats(bus, home)), running(web), running(programs.studio(environment)) as studio:
            root = f"http://127.0.0.1:{port}"
            until_it_answers(root)
            return watched(root, Work(studio.pid), seconds)


@contextmanager
def running(program: Program) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(
        program.command, env={**os.environ, **program.environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
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


def watched(root: str, studio: Work, seconds: int) -> tuple[dict[str, list[int]], float]:
    stream, token = opened_stream()
    flags = ["--no-sandbox", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
             "--autoplay-policy=no-user-gesture-required", "--disable-renderer-backgrounding",
             "--disable-background-timer-throttling", "--disable-backgrounding-occluded-windows"]  # fmt: skip
    with sync_playwright() as play:
        host, viewer = (play.chromium.launch(executable_path=browser(), args=flags) for _ in range(2))
        desk, room = page(host, root, HOST), page(viewer, root, VIEWER)
        desk.evaluate("(given) => live(given)", [f"/media/{stream}/chunks/", token])
        room.evaluate("(given) => see(given)", [f"/media/{stream}/live.m3u8", "steady"])
        before, mine, began, ages = studio.seconds(), Work().seconds(), time.monotonic(), {}
        for mode in ("steady", "low"):
            room.evaluate("(mode) => player.choose(mode)", mode)
            room.wait_for_timeout(WARM)
            ages[mode] = looks(room, seconds)
            if room.evaluate("player.mode") != mode:
                print(f"the player has left {mode}")
        cpu = (studio.seconds() - before - (Work().seconds() - mine)) / (time.monotonic() - began)
        host.close()
        viewer.close()
    return ages, cpu


def looks(room: Page, seconds: int) -> list[int]:
    """How old what is on the screen is, again and again; in milliseconds."""
    ages = []
    for _ in range(seconds * 1000 // BETWEEN):
        ages.append(room.evaluate("age()"))
        room.wait_for_timeout(BETWEEN)
    return [age for age in ages if age is not None]


def opened_stream() -> tuple[UUID, str]:
    from laotie.places.media import actions

    stream = new_id()
    actions.open_stream(stream, new_id())
    return stream, actions.publish_token(stream)


def page(chromium: Any, root: str, script: str) -> Page:
    """A page of this machine's own: one that a test makes up may not reach the bus."""
    opened_page: Page = chromium.new_page(viewport={"width": 1280, "height": 720}, bypass_csp=True)
    opened_page.on("request", lambda asked: print(asked.url) if "/fell" in asked.url else None)
    opened_page.add_init_script(script)
    opened_page.goto(f"{root}/healthz")
    opened_page.evaluate("(body) => { document.documentElement.innerHTML = body; }", PAGE)
    return opened_page


if __name__ == "__main__":
    main()

"""The demo market's pictures: a Fluent emoji on a soft ground, drawn once and kept as files.

Emoji come from the npm package `@iconify-json/fluent-emoji` (MIT). Where it is not there, the grounds stand alone.
"""

import json
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path

import resvg_py
from PIL import Image, ImageDraw, ImageFilter

SIDE = 840  # pixels of a picture
DRAWN = 340  # pixels an emoji is drawn at: its blurs cost by area, and its shapes bear enlarging
SHARE = 0.62  # of the side that the emoji takes
WORKERS = 2

# (light, middle, deep) of each ground, as in the look: light from the upper left.
GROUNDS: dict[str, tuple[str, str, str]] = {
    "coral": ("#fff4e9", "#fbdccb", "#f2b49c"),
    "honey": ("#fffaf0", "#fbecc9", "#efcf95"),
    "sky": ("#f6fbff", "#d9ebf8", "#a9cbe6"),
    "jade": ("#f6fcf6", "#d6eede", "#a3d0b4"),
    "iris": ("#fbf8ff", "#e8dcf6", "#c9b3e4"),
    "clay": ("#fdf8f2", "#f0dfcd", "#d8b596"),
}


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture to be drawn: an emoji on a ground. `tilt` turns it, in degrees, so that siblings differ."""

    name: str
    icon: str
    ground: str
    tilt: int = 0


def draw_all(drawings: Iterable[Drawing], icons: Path, out: Path) -> None:
    """Draw into `out`/<name>.jpg with the emoji of `icons` (icons.json), by two processes."""
    drawings = list(drawings)
    bodies = read_bodies(icons, {drawing.icon for drawing in drawings})
    out.mkdir(parents=True, exist_ok=True)
    jobs = [(drawing, bodies.get(drawing.icon, ""), out) for drawing in drawings]
    with ProcessPoolExecutor(WORKERS, get_context("spawn")) as pool:
        list(pool.map(_draw, jobs, chunksize=4))


def read_bodies(icons: Path, names: set[str]) -> dict[str, str]:
    """The SVG bodies of the emoji, by name; none where the package is not there."""
    if not icons.is_file():
        return {}
    known = json.loads(icons.read_text(encoding="utf-8"))["icons"]
    return {name: known[name]["body"] for name in names if name in known}


def _draw(job: tuple[Drawing, str, Path]) -> None:
    drawing, body, out = job
    picture = ground(drawing.ground).copy()
    if body:
        emoji = render(body).rotate(drawing.tilt, Image.Resampling.BICUBIC)
        place(picture, emoji)
    picture.save(out / f"{drawing.name}.jpg", quality=92)


@cache
def render(body: str) -> Image.Image:
    """An emoji on nothing, at the size it takes on a picture."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="{DRAWN}" height="{DRAWN}">{body}</svg>'
    drawn = Image.open(BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg)))).convert("RGBA")
    side = int(SIDE * SHARE)
    return drawn.resize((side, side), Image.Resampling.LANCZOS)


def place(picture: Image.Image, emoji: Image.Image) -> None:
    """Put the emoji in the middle, with a faint shadow below it."""
    corner = (SIDE - emoji.width) // 2
    shadow = Image.new("L", (SIDE // 4, SIDE // 4), 0)
    edge = SIDE // 4
    ImageDraw.Draw(shadow).ellipse((edge * 0.26, edge * 0.80, edge * 0.74, edge * 0.87), fill=70)
    shadow = shadow.filter(ImageFilter.GaussianBlur(edge // 40)).resize((SIDE, SIDE))
    picture.paste(Image.new("RGB", (SIDE, SIDE), "#5a3a28"), (0, 0), shadow)
    picture.paste(emoji, (corner, corner - SIDE // 40), emoji)


@cache
def ground(name: str) -> Image.Image:
    """A radial wash of three tones, light from the upper left."""
    light, middle, deep = GROUNDS[name]
    small = 64  # a smooth wash bears enlarging
    wash = Image.new("RGB", (small, small))
    for y in range(small):
        for x in range(small):
            far = min(1.0, (((x / small - 0.3) ** 2 + (y / small - 0.22) ** 2) ** 0.5) / 0.95)
            wash.putpixel((x, y), _mix(light, middle, far * 2) if far < 0.5 else _mix(middle, deep, far * 2 - 1))
    return wash.resize((SIDE, SIDE), Image.Resampling.BICUBIC)


def _mix(one: str, other: str, share: float) -> tuple[int, int, int]:
    pairs = [(int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5)]
    red, green, blue = (round(a + (b - a) * share) for a, b in pairs)
    return red, green, blue

"""Plots as SVG, in the page's own colours: they follow light and dark, and print.

Sizes are user units of a `viewBox`; the page scales them. Every plot says in words what it shows.
"""

from collections.abc import Sequence
from html import escape

import numpy as np
from numpy.typing import NDArray

WIDTH, HEIGHT, BASE = 720, 220, 190
LOW, HIGH, STEP = 3.0, 5.0, 0.05

Floats = NDArray[np.float64]


def histogram(solid: Floats, pale: Floats, lines: Sequence[tuple[float, str]], says: str) -> str:
    """Scores from 3 to 5 in bars of 0.05: `solid` below, `pale` on top; dashed `lines` (score, name)."""
    edges = np.arange(LOW, HIGH + STEP / 2, STEP)
    below, above = (np.histogram(np.clip(values, LOW, HIGH), edges)[0] for values in (solid, pale))
    tallest = max(int((below + above).max()), 1)
    marks = "".join(_mark(*line) for line in lines)
    return _svg(_bars(below, above, tallest) + marks + _axis(tallest), says)


def share(parts: Sequence[tuple[str, int]], says: str) -> str:
    """One bar cut into shares; `parts` are (class, count)."""
    whole = sum(count for _name, count in parts) or 1
    pieces, at = [], 0.0
    for name, count in parts:
        wide = WIDTH * count / whole
        pieces.append(f'<rect class="{name}" x="{at:.1f}" y="0" width="{wide:.1f}" height="14"/>')
        at += wide
    return f'<svg viewBox="0 0 {WIDTH} 14" role="img" aria-label="{escape(says)}" class="bar">{"".join(pieces)}</svg>'


def meter(value: float, says: str) -> str:
    """A value from 0 to 1 as a filled line."""
    wide = 120 * min(max(value, 0.0), 1.0)
    return (
        f'<svg viewBox="0 0 120 8" role="img" aria-label="{escape(says)}" class="meter">'
        '<rect class="ground" width="120" height="8" rx="4"/>'
        f'<rect class="solid" width="{wide:.1f}" height="8" rx="4"/></svg>'
    )


def _bars(below: NDArray[np.int64], above: NDArray[np.int64], tallest: int) -> str:
    wide = WIDTH / len(below)
    found = []
    for place, (solid, pale) in enumerate(zip(below.tolist(), above.tolist(), strict=True)):
        bottom, top = 160 * solid / tallest, 160 * pale / tallest
        x = place * wide + 1
        said = f"{LOW + place * STEP:.2f}–{LOW + (place + 1) * STEP:.2f}: {solid + pale}"
        found.append(
            f"<g><title>{said}</title>"
            f'<rect class="solid" x="{x:.1f}" y="{BASE - bottom:.1f}" width="{wide - 2:.1f}" height="{bottom:.1f}"/>'
            f'<rect class="pale" x="{x:.1f}" y="{BASE - bottom - top:.1f}" width="{wide - 2:.1f}" height="{top:.1f}"/>'
            "</g>"
        )
    return "".join(found)


def _mark(figure: float, name: str) -> str:
    x = WIDTH * (figure - LOW) / (HIGH - LOW)
    return (
        f'<line class="mark" x1="{x:.1f}" x2="{x:.1f}" y1="14" y2="{BASE}"/>'
        f'<text class="small" x="{x:.1f}" y="10" text-anchor="middle">{escape(name)} {figure:.2f}</text>'
    )


def _axis(tallest: int) -> str:
    places = [LOW + step / 2 for step in range(int((HIGH - LOW) * 2) + 1)]
    labels = "".join(
        f'<text class="small" x="{WIDTH * (place - LOW) / (HIGH - LOW):.1f}" y="{BASE + 18}" text-anchor="{anchor}">'
        f"{place:.1f}</text>"
        for place, anchor in zip(places, ["start", *["middle"] * (len(places) - 2), "end"], strict=True)
    )
    return (
        f'<line class="axis" x1="0" x2="{WIDTH}" y1="{BASE}" y2="{BASE}"/>{labels}'
        f'<text class="small" x="0" y="{BASE - 164}">{tallest:,}</text>'
    )


def _svg(inside: str, says: str) -> str:
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(says)}" class="plot">{inside}</svg>'

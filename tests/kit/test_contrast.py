"""The tokens' contrast, computed: text at 4.5 : 1 and what must be seen at 3 : 1 (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re
from pathlib import Path

import pytest

import laotie.kit

CSS = (Path(laotie.kit.__file__).parent / "static/kit/tokens.css").read_text()
BLOCKS = {
    "light": CSS.index(":root {"),
    "dark by system": CSS.index(':root:not([data-theme="light"])'),
    "dark by choice": CSS.index(':root[data-theme="dark"]'),
}
TEXT = [
    (text, ground)
    for text in ("ink", "soft", "persimmon", "jade", "honey", "bad", "plum")
    for ground in ("paper", "card")
] + [
    ("on-fill", "persimmon-fill"),
    ("ink", "sunken"),
    ("soft", "sunken"),
    ("persimmon-deep", "persimmon-soft"),
    ("jade", "jade-soft"),
    ("honey", "honey-soft"),
    ("plum", "plum-soft"),
    ("bad", "bad-soft"),
    ("card", "jade"),
    ("card", "bad"),
    ("paper", "ink"),
    ("ink", "persimmon-soft"),
]
SEEN = [("edge", "paper"), ("edge", "card"), ("persimmon", "paper"), ("persimmon", "card"), ("jade", "card")]


def tokens(theme: str) -> dict[str, str]:
    block = CSS[BLOCKS[theme] : CSS.index("}", BLOCKS[theme])]
    return dict(re.findall(r"--([\w-]+): (#[0-9A-F]{6});", block))


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", BLOCKS)
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_is_readable(theme: str, text: str, ground: str) -> None:
    known = tokens(theme)
    assert contrast(known[text], known[ground]) >= 4.5


@pytest.mark.parametrize("theme", BLOCKS)
@pytest.mark.parametrize(("thing", "ground"), SEEN)
def test_edges_and_signs_are_seen(theme: str, thing: str, ground: str) -> None:
    known = tokens(theme)
    assert contrast(known[thing], known[ground]) >= 3


def test_both_ways_into_the_dark_are_the_same() -> None:
    assert tokens("dark by system") == tokens("dark by choice")


def test_the_measure_is_the_standards() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)

"""Geometry of small charts, drawn by the server as SVG: a line over days, and a histogram. Nothing to run in a browser.

Units are those of the drawing's view box; y grows downwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Point:
    x: float
    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across at `y`, named."""

    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """`runs`: SVG points of each stretch without a gap. `points` are all that have a value."""

    label: str
    tone: str
    runs: tuple[str, ...]
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Trend:
    width: int
    height: int
    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    tone: str
    label: str


@dataclass(frozen=True, slots=True)
class Histogram:
    width: int
    height: int
    bars: tuple[Bar, ...]
    marks: tuple[Point, ...]


Series = tuple[str, str, Sequence[float | None]]  # its name, its tone, a value a day (None: no value)
WIDTH, HEIGHT, PAD = 720, 200, 12


def trend(days: Sequence[str], series: Sequence[Series], lines: Sequence[tuple[float, str]] = ()) -> Trend:
    """A line for each series over `days`; `lines` are drawn across where they lie within the values."""
    values = [value for _, _, row in series for value in row if value is not None]
    low, high = _bounds(values, [at for at, _ in lines])
    step = (WIDTH - 2 * PAD) / max(len(days) - 1, 1)

    def place(at: int, value: float) -> Point:
        return Point(round(PAD + at * step, 1), _y(value, low, high), f"{days[at]}: {value:.4f}")

    drawn = [
        _line(label, tone, [None if value is None else place(at, value) for at, value in enumerate(row)])
        for label, tone, row in series
    ]
    ticks = tuple(Tick(_y(at, low, high), name) for at, name in lines if low <= at <= high)
    return Trend(WIDTH, HEIGHT, tuple(drawn), ticks, days[0] if days else "", days[-1] if days else "")


def histogram(
    stacks: Sequence[tuple[str, str, Sequence[int]]], labels: Sequence[str], marks: Sequence[tuple[float, str]] = ()
) -> Histogram:
    """Counts a bin, stacked; `stacks` are (name, tone, counts). `marks` stand at a share (0 … 1) of the width."""
    bins = len(labels)
    tallest = max((sum(each[at] for _, _, each in stacks) for at in range(bins)), default=0) or 1
    wide = (WIDTH - 2 * PAD) / max(bins, 1)
    bars: list[Bar] = []
    for at in range(bins):
        top = float(HEIGHT - PAD)
        for name, tone, counts in stacks:
            high = (HEIGHT - 2 * PAD) * counts[at] / tallest
            top -= high
            if high:
                x = round(PAD + at * wide + 1, 1)
                bars.append(
                    Bar(
                        x,
                        round(top, 1),
                        round(wide - 2, 1),
                        round(high, 1),
                        tone,
                        f"{labels[at]} · {name}: {counts[at]}",
                    )
                )
    found = tuple(Point(round(PAD + share * (WIDTH - 2 * PAD), 1), PAD, name) for share, name in marks)
    return Histogram(WIDTH, HEIGHT, tuple(bars), found)


def _line(label: str, tone: str, points: Sequence[Point | None]) -> Line:
    runs = [list(run) for known, run in groupby(points, key=lambda point: point is not None) if known]
    texts = tuple(" ".join(f"{point.x:g},{point.y:g}" for point in run if point) for run in runs)
    return Line(label, tone, texts, tuple(point for point in points if point))


def _bounds(values: Sequence[float], lines: Sequence[float]) -> tuple[float, float]:
    """The values with a little air, and the nearest line above and below where it is not far."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    air = max(high - low, 0.1)
    near = [at for at in lines if low - air <= at <= high + air]
    low, high = min([low, *near]), max([high, *near])
    return low - 0.1 * air, high + 0.1 * air


def _y(value: float, low: float, high: float) -> float:
    return round(PAD + (HEIGHT - 2 * PAD) * (high - value) / (high - low), 1)

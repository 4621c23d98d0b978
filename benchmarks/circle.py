"""How long from a deal's maturity to the changed order of the page? One night over Olist's history, station by station.

    python -m benchmarks.circle [--data DIR] [--home DIR] [--day 2018-04-21]

The whole market is started (`laotie up`) in a copy of --home, where Olist is imported once; its worker is stopped,
which would publish the days of today's calendar. The scores of the day before are published first: what counting all of
history the first time took is told apart (`first_night_s`). Then the night's action, the one that the worker runs, is
run for --day, and its stations are timed:

- `count`: the day's facts are read from the lake, counted into the ledger and scored
- `score`: what follows from the scores of all shops, products and creators: gates, limits, the deals that cost most
- `explain`: what changed since the day before, and by which of four reasons
- `publish`: the scores are written down
- `stand`: standing is written down from them; the shelf and the feed read it from here on
- `rest`: what else the action does (holds, curves, the transaction's end)
- `page`: from then until the last of those first pages of large categories that change at all shows another order, each
  opened again and again over HTTP in one thread (the same draw). Web processes remember candidates for some seconds.

The night's job is due 17 minutes after midnight; that wait is a choice, not work, and is not counted.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from pkgutil import resolve_name
from unittest.mock import patch

import psutil
from rich.console import Console
from rich.table import Table

from benchmarks.olist_market import DATA, market
from benchmarks.running_market import Site
from benchmarks.visitor import Visitor, get_json
from laotie.runtime import bare

DAY = date(2018, 4, 21)  # Olist is at its thickest
CATEGORIES = 12
WATCHED = 30.0  # seconds; a page that has not changed by then shows the same goods in the same order
STATIONS = {
    "count": "laotie.trust.scores.ledgers.brought_up",
    "score": "laotie.trust.scores.actions.days_of",
    "explain": "laotie.trust.scores.actions.with_changes",
    "publish": "laotie.trust.scores.keeping.keep",
    "stand": "laotie.trust.scores.actions.stand",
}
PRODUCT = re.compile(r'href="/p/([0-9a-f-]{36})')
THREAD = re.compile(r"thread=([^&\"]+)")
Order = list[str]


class Watch:
    """Seconds by station: each named function, wherever it is called, adds what it took."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    @contextmanager
    def over(self, stations: Mapping[str, str]) -> Iterator[None]:
        """Watch functions, named by where they are called from, for the block."""
        with ExitStack() as stack:
            for station, name in stations.items():
                stack.enter_context(patch(name, self._timed(station, resolve_name(name))))
            yield

    def _timed(self, station: str, function: Callable[..., object]) -> Callable[..., object]:
        def timed(*positional: object, **named: object) -> object:
            began = time.perf_counter()
            try:
                return function(*positional, **named)
            finally:
                self.seconds[station] += time.perf_counter() - began

        return timed


@dataclass(frozen=True)
class Figures:
    """What a night took, in seconds."""

    day: str
    shops: int
    products: int
    first_night_s: float
    seconds: dict[str, float]
    maturity_to_page_s: float
    pages: int
    pages_changed: int


class Page:
    """A category's first page, opened in one thread: who is drawn changes only with what the market decided."""

    def __init__(self, visitor: Visitor, slug: str) -> None:
        self.visitor, self.path = visitor, f"/c/{slug}"
        opened = visitor.read(self.path)
        found = THREAD.search(opened)
        if found is None:
            raise SystemExit(f"{self.path} has no further page to continue")
        self.thread = found[1]

    def order(self) -> Order:
        return list(dict.fromkeys(PRODUCT.findall(self.visitor.read(f"{self.path}?thread={self.thread}"))))


def main() -> None:
    options = parsed()
    console = Console(stderr=True)
    with tempfile.TemporaryDirectory(prefix="laotie-circle-") as folder:
        Path(folder).chmod(0o755)  # PostgreSQL of a market that root starts runs as somebody else
        home = copied(options.home, Path(folder)) if options.home else Path(folder)
        os.environ |= {"LAOTIE_HOME": str(home), "LAOTIE_DEMO": "false"}
        with market(home, options.data, console) as site:
            worker(site).suspend()
            try:
                bare.connect(site.database_url)
                figures = night(site, options.day, console)
            finally:
                worker(site).resume()
    table = Table("station", "seconds", title=f"The night after {options.day}")
    for station, seconds in figures.seconds.items():
        table.add_row(station, f"{seconds:.2f}")
    console.print(table)
    print(json.dumps(asdict(figures)))


def night(site: Site, day: date, console: Console) -> Figures:
    """The evening before, the page as it is, the night, and the page until it is another."""
    from laotie.stream.lake.queries import snapshot
    from laotie.stream.lake.store import LocalStore
    from laotie.stream.recorder import folder
    from laotie.trust.scores import actions

    lake = snapshot(LocalStore(folder()))
    console.print(f"the scores of {day - timedelta(days=1)} …")
    began = time.perf_counter()
    actions.publish(lake, day - timedelta(days=1))
    first = time.perf_counter() - began
    pages = [Page(Visitor(site.root, number), slug) for number, slug in enumerate(largest(site.root))]
    before = steady(pages)
    watch = Watch()
    began = time.perf_counter()
    with watch.over(STATIONS):
        run = actions.publish(lake, day)
    whole = time.perf_counter() - began
    rest = whole - sum(watch.seconds.values())
    changed = changes(pages, before)
    page = max(changed)
    seconds = {**{name: watch.seconds[name] for name in STATIONS}, "rest": rest, "page": page}
    rounded = {name: round(value, 3) for name, value in seconds.items()}
    return Figures(
        str(day), run.shops, run.products, round(first, 2), rounded, round(whole + page, 2), len(pages), len(changed)
    )


def steady(pages: list[Page]) -> list[Order]:
    """The orders before: opened again past any memory they are the same, or the benchmark would measure chance."""
    before = [page.order() for page in pages]
    time.sleep(12)
    if [page.order() for page in pages] != before:
        raise SystemExit("The pages change by themselves: nothing can be said of the night")
    return before


def changes(pages: list[Page], before: list[Order]) -> list[float]:
    """Seconds until each page that shows another order within WATCHED seconds did."""
    began, waiting, found = time.perf_counter(), list(zip(pages, before, strict=True)), []
    while waiting and time.perf_counter() - began < WATCHED:
        still = [(page, order) for page, order in waiting if page.order() == order]
        found += [time.perf_counter() - began] * (len(waiting) - len(still))
        waiting = still
        time.sleep(0.05)
    if not found:
        raise SystemExit("No page changed")
    return found


def largest(root: str) -> list[str]:
    """Categories with the most goods on sale that have none below them."""
    roots = get_json(root, "/api/shelf/categories")
    nodes = {node["slug"] for one in roots for node in (one["below"] or [one])}
    counts = get_json(root, "/api/shelf/search?size=1")["categories"]
    ordered = sorted(counts, key=lambda count: -count["count"])
    return [count["key"] for count in ordered if count["key"] in nodes][:CATEGORIES]


def copied(home: Path, folder: Path) -> Path:
    """The home, copied without what nights left beside its lake, so that every run is the first."""
    subprocess.run(["cp", "-a", str(home), str(folder / "home")], check=True)
    for left in ("lake-scores", "run"):
        shutil.rmtree(folder / "home" / left, ignore_errors=True)
    return folder / "home"


def worker(site: Site) -> psutil.Process:
    """The market's worker."""
    parts = psutil.Process(site.pids[0]).children()
    return next(part for part in parts if "procrastinate" in part.cmdline() and "timers" not in part.cmdline())


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="the folder with Olist's files")
    parser.add_argument("--home", type=Path, help="a market with Olist in it [a new one]")
    parser.add_argument("--day", type=date.fromisoformat, default=DAY, help="the day whose deals mature")
    return parser.parse_args()


if __name__ == "__main__":
    main()

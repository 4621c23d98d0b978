"""Run the benchmark: each way in a process of its own, so that its peak of memory is its own.

One line of JSON at the end: `seconds`, `peak_gb` of the full computation (facts on disk → every score, explained in
numbers); `vs_pandas`, `vs_spark`, `vs_duckdb`: its counting of deals beside theirs (pandas' and Spark's time over ours,
ours over bare DuckDB's); `day_seconds`: one more day on a ledger that stands. pandas needs a kilobyte a deal and Spark
minutes: both are held against ours on a market of the same kind of `peer_deals`, which is `--deals` where that is less.
`vs_spark` counts from its first reading, with the session standing; null where there is no Java.
"""

import argparse
import hashlib
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.compute as pc
from rich.console import Console
from rich.table import Table as Grid

from benchmarks.scores import market, ours, peers
from laotie.engine.scores import counting, engines, nights, scoring
from laotie.engine.scores.curves import Curves
from laotie.engine.scores.deals import deals
from laotie.engine.scores.ledger import Ledger
from laotie.engine.scores.pages import Pages
from laotie.engine.scores.points import Scores
from laotie.engine.scores.rulebook import published
from laotie.engine.scores.tally import Tally, deal_metrics, side_metrics

BOOK, LAST = published(), market.DAYS - 1
METRICS = {kind: list(deal_metrics(BOOK, kind)) for kind in scoring.ORDER}
BESIDE = {kind: list(side_metrics(BOOK, kind)) for kind in scoring.ORDER}
DAY: date = ours.day(LAST)
Found = dict[str, Any]


@contextmanager
def _engine(name: str = engines.DUCKDB) -> Iterator[Any]:
    """Two cores, and DuckDB inside the memory that is asked for: of 3 and 4 GB a first night has run out at times."""
    with engines.engine(name, threads=2) as connection:
        if name == engines.DUCKDB:
            connection.con.execute("SET memory_limit = '5GB'")
        yield connection


def full(folder: Path) -> Found:
    """Everything: counts, evidence, curves, points, scores of all three kinds."""
    began = time.monotonic()
    with _engine() as connection:
        counted = scoring.counted(ours.facts(connection, folder, 0, LAST), DAY, BOOK)
        middle = time.monotonic()
        scores = scoring.scored(counted, BOOK)
        seconds = time.monotonic() - began
    sizes = {kind: len(found.total) for kind, found in scores.items()}
    return {"seconds": seconds, "counting": middle - began, "scores": sizes, "sums": sums_of(counted)}


def counts(folder: Path, engine: str) -> Found:
    """Only the integer counts of deals, by the engine's expressions."""
    with _engine(engine) as connection:
        facts = ours.facts(connection, folder, 0, LAST)
        began = time.monotonic()
        rows = counting.cohort(deals(facts, BOOK.cohort), DAY, BOOK.cohort)
        found = {}
        for kind, metrics in METRICS.items():
            whole = counting.daily(rows, kind, BOOK.cohort, metrics).to_pyarrow()
            bad = sum(pc.sum(whole[f"bad_{m}"]).as_py() or 0 for m in metrics)
            found[kind] = (whole.num_rows, int(whole["deals"].to_numpy().sum()), bad)
        return {"seconds": time.monotonic() - began, "counted": found}


def by_hand(folder: Path, peer: Callable[..., Any]) -> Found:
    """The same by a peer."""
    began = time.monotonic()
    found = peer(folder, LAST, counting.number(DAY), METRICS)
    return {"seconds": time.monotonic() - began, "counted": found}


def one_more_day(folder: Path) -> Found:
    """A ledger of all days but the last, and then the last: facts of the day → every score."""
    kept = folder / "ledger"
    shutil.rmtree(kept, ignore_errors=True)
    with _engine() as connection:
        began = time.monotonic()
        _, before = _brought_up(connection, folder, kept, 0, LAST - 1)
        first = time.monotonic() - began
    curves = {kind: scores.curves for kind, scores in before.items()}  # they stand for the week
    os.sync()  # yesterday's ledger was written yesterday
    with _engine() as connection:
        began = time.monotonic()
        counted, _ = _brought_up(connection, folder, kept, LAST, LAST, curves)
        seconds = time.monotonic() - began
    shutil.rmtree(kept)
    return {"seconds": seconds, "first": first, "sums": sums_of(counted)}


def sums_of(market: scoring.Market) -> dict[str, str]:
    """A digest by kind of every whole number that scores rest on: one more day must have those of all days at once."""
    found = {}
    for kind, tally in market.tallies.items():
        digest = hashlib.sha256()
        for array in _arrays(tally):
            whole = np.issubdtype(array.dtype, np.integer)
            digest.update(array.astype(np.int64).tobytes() if whole else "\n".join(array.tolist()).encode())
        found[kind] = digest.hexdigest()
    return found


def _arrays(tally: Tally) -> Iterator[Any]:
    for part in (tally.counts.plain, tally.counts.weighted):
        yield from (part[name] for name in sorted(part))
    for metric in sorted(tally.sides):
        yield from (getattr(tally.sides[metric], name) for name in ("names", "plain", "weighted"))
    for pairs in filter(None, (tally.counts.categories, tally.links)):
        yield from (pairs.names[pairs.row], pairs.others[pairs.other], pairs.deals, pairs.net)


def _brought_up(  # noqa: PLR0917
    connection: Any, folder: Path, kept: Path, since: int, until: int, curves: Mapping[str, Curves] | None = None
) -> tuple[scoring.Market, dict[str, Scores]]:
    """The ledger brought up to day `until` by the facts of days since … until: what it counts then, and its scores."""
    facts = ours.facts(connection, folder, 0, until)
    ledger = Ledger(Pages(kept, connection), BOOK.cohort, METRICS, BESIDE)
    touched = ours.touched(connection, folder, facts, since, until)
    return nights.brought_up(ledger, facts, touched, ours.day(until), BOOK, curves, since=ours.day(since))


WAYS: dict[str, Callable[[Path], Found]] = {
    "full": full,
    "day": one_more_day,
    "ours": lambda folder: counts(folder, engines.DUCKDB),
    "duckdb": lambda folder: by_hand(folder, peers.bare_duckdb),
    "ours_beside": lambda folder: counts(folder, engines.DUCKDB),
    "pandas": lambda folder: by_hand(folder, peers.with_pandas),
    "spark": lambda folder: counts(folder, engines.SPARK),
}
SAME = (("ours", "duckdb"), ("ours_beside", "pandas", "spark"))  # what counts the same market


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--deals", type=int, default=10_000_000)
    options.add_argument("--peer-deals", type=int, default=1_000_000, help="pandas' and Spark's market, at most")
    options.add_argument("--folder", type=Path, default=Path("/tmp/laotie-scores"))
    options.add_argument("--without", nargs="*", default=[], choices=list(WAYS), help="ways to leave out")
    options.add_argument("--way", choices=list(WAYS), help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.way:
        found = WAYS[chosen.way](chosen.folder)
        used = resource.getrusage(resource.RUSAGE_SELF)
        print(json.dumps(found | {"peak_gb": used.ru_maxrss / 1024**2, "cpu": used.ru_utime + used.ru_stime}))
    else:
        ways = [way for way in WAYS if way not in chosen.without]
        if "spark" in ways and (missing := engines.spark_is_missing()):
            print(f"without Spark: {missing}", file=sys.stderr)
            ways.remove("spark")
        report(chosen.deals, min(chosen.peer_deals, chosen.deals), chosen.folder, ways)


def report(size: int, beside: int, folder: Path, ways: list[str]) -> None:
    """Every way in its turn, a table, and the line of JSON."""
    console = Console(stderr=True)
    found: dict[str, Found] = {}
    for way in ways:
        deals_ = beside if way in SAME[1] else size
        with console.status(f"{way}: {deals_:,} deals"):
            found[way] = apart(way, written(folder, deals_)) | {"deals": deals_}
        console.print(f"{way}: {found[way]}")
    _agree(found)
    grid = Grid("way", "deals", "seconds", "of a core", "GB")
    for way, figures in found.items():
        whole = (f"{figures[name]:.1f}" for name in ("seconds", "cpu"))
        grid.add_row(way, f"{figures['deals']:,}", *whole, f"{figures['peak_gb']:.2f}")
    Console().print(grid)
    print(f"load {os.getloadavg()[0]:.1f}, {size:,} deals, {found.get('full', {}).get('scores')}")
    print(json.dumps(figures_of(found) | {"deals": size, "peer_deals": beside}))


def written(folder: Path, size: int) -> Path:
    """The market's folder, drawn by a process of its own, whose memory is free again."""
    drawing = (
        f"from pathlib import Path; from benchmarks.scores import market; market.write(Path({str(folder)!r}), {size})"
    )
    subprocess.run([sys.executable, "-c", drawing], check=True)
    return market.folder_of(folder, size)


def _agree(found: dict[str, Found]) -> None:
    """Whoever counted the same market counted the same; a day more than all but one is all. Raises SystemExit."""
    if len({json.dumps(found[way]["sums"]) for way in ("full", "day") if way in found}) > 1:
        raise SystemExit("one more day did not add up to the sums of all days")
    for ways in SAME:
        counted = {json.dumps(found[way]["counted"], sort_keys=True) for way in ways if way in found}
        if len(counted) > 1:
            raise SystemExit(f"{', '.join(ways)} did not count the same: {sorted(counted)}")


def apart(way: str, folder: Path) -> Found:
    """One way in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.scores", "--way", way, "--folder", str(folder)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{way}: {done.stderr[-3000:]}")
    found: Found = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def figures_of(found: dict[str, Found]) -> dict[str, float | None]:
    """The figures that are asked for; None for what was left out."""

    def seconds(way: str) -> float | None:
        return found[way]["seconds"] if way in found else None

    def ratio(one: str, other: str) -> float | None:
        return round(found[one]["seconds"] / found[other]["seconds"], 2) if one in found and other in found else None

    return {
        "seconds": seconds("full"),
        "peak_gb": found["full"]["peak_gb"] if "full" in found else None,
        "vs_pandas": ratio("pandas", "ours_beside"),
        "vs_spark": ratio("spark", "ours_beside"),
        "vs_duckdb": ratio("ours", "duckdb"),
        "day_seconds": seconds("day"),
    }


if __name__ == "__main__":
    main()

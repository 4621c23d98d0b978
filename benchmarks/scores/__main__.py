"""Run the benchmark: each way in a process of its own, so that its peak of memory is its own.

One line of JSON at the end: `seconds`, `peak_gb` of the full computation (facts on disk → every score, explained in
numbers); `vs_pandas`, `vs_spark`, `vs_duckdb`: its counting of deals beside theirs (pandas' and Spark's time over ours,
ours over bare DuckDB's); `day_seconds`: one more day on a ledger that stands.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
from rich.console import Console
from rich.table import Table as Grid

from benchmarks.scores import market, ours, peers
from laotie.engine.scores import counting, engines, scoring
from laotie.engine.scores.deals import deals
from laotie.engine.scores.ledger import Ledger
from laotie.engine.scores.pages import Pages
from laotie.engine.scores.rulebook import published
from laotie.engine.scores.tally import deal_metrics

BOOK, LAST = published(), market.DAYS - 1
METRICS = {kind: list(deal_metrics(BOOK, kind)) for kind in scoring.ORDER}
DAY: date = ours.day(LAST)
Found = dict[str, Any]


def full(folder: Path) -> Found:
    """Everything: counts, evidence, curves, points, scores of all three kinds."""
    began = time.monotonic()
    with engines.engine(threads=2) as connection:
        connection.con.execute("SET memory_limit = '3GB'")
        counted = scoring.counted(ours.facts(connection, folder, 0, LAST), DAY, BOOK)
        middle = time.monotonic()
        scores = scoring.scored(counted, BOOK)
        seconds = time.monotonic() - began
    sizes = {kind: len(found.total) for kind, found in scores.items()}
    return {"seconds": seconds, "counting": middle - began, "scores": sizes}


def counts(folder: Path, engine: str) -> Found:
    """Only the integer counts of deals, by the engine's expressions."""
    with engines.engine(engine, threads=2) as connection:
        if engine == engines.DUCKDB:
            connection.con.execute("SET memory_limit = '3GB'")
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
    with engines.engine(threads=2) as connection:
        connection.con.execute("SET memory_limit = '3GB'")
        began = time.monotonic()
        ledger, facts = _refreshed(connection, folder, kept, 0, LAST - 1)
        first = time.monotonic() - began
        before = scoring.scored(scoring.counted_by(ledger, facts.sides, ours.day(LAST - 1), BOOK), BOOK)
    curves = {kind: scores.curves for kind, scores in before.items()}  # they stand for the week
    with engines.engine(threads=2) as connection:
        connection.con.execute("SET memory_limit = '3GB'")
        began = time.monotonic()
        ledger, facts = _refreshed(connection, folder, kept, LAST, LAST)
        refreshed = time.monotonic() - began
        counted = scoring.counted_by(ledger, facts.sides, DAY, BOOK)
        scoring.scored(counted, BOOK, curves)
        seconds = time.monotonic() - began
    shutil.rmtree(kept)
    return {"seconds": seconds, "refresh": refreshed, "first": first}


def _refreshed(connection: Any, folder: Path, kept: Path, since: int, until: int) -> tuple[Ledger, Any]:
    """The ledger brought up to day `until` by the facts of days since … until."""
    facts = ours.facts(connection, folder, 0, until)
    ledger = Ledger(Pages(kept, connection), BOOK.cohort, METRICS)
    ledger.refresh(facts, ours.touched(connection, folder, facts, since, until), ours.day(until))
    return ledger, facts


WAYS: dict[str, Callable[[Path], Found]] = {
    "full": full,
    "day": one_more_day,
    "ours": lambda folder: counts(folder, engines.DUCKDB),
    "spark": lambda folder: counts(folder, engines.SPARK),
    "duckdb": lambda folder: by_hand(folder, peers.bare_duckdb),
    "pandas": lambda folder: by_hand(folder, peers.with_pandas),
}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--deals", type=int, default=10_000_000)
    options.add_argument("--folder", type=Path, default=Path("/tmp/laotie-scores"))
    options.add_argument("--without", nargs="*", default=[], choices=list(WAYS), help="ways to leave out")
    options.add_argument("--way", choices=list(WAYS), help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.way:
        found = WAYS[chosen.way](chosen.folder)
        used = resource.getrusage(resource.RUSAGE_SELF)
        print(json.dumps(found | {"peak_gb": used.ru_maxrss / 1024**2, "cpu": used.ru_utime + used.ru_stime}))
    else:
        report(chosen.deals, chosen.folder, [way for way in WAYS if way not in chosen.without])


def report(size: int, folder: Path, ways: list[str]) -> None:
    """Every way in its turn, a table, and the line of JSON."""
    console = Console(stderr=True)
    with console.status(f"writing a market of {size:,} deals"):
        written = market.write(folder, size)
    found: dict[str, Found] = {}
    for way in ways:
        with console.status(way):
            found[way] = apart(way, written)
        console.print(f"{way}: {found[way]}")
    same = {
        json.dumps(found[way]["counted"], sort_keys=True)
        for way in ("ours", "spark", "duckdb", "pandas")
        if way in found
    }
    if len(same) > 1:
        raise SystemExit(f"they did not count the same: {sorted(same)}")
    grid = Grid("way", "seconds", "of a core", "GB")
    for way, figures in found.items():
        grid.add_row(way, f"{figures['seconds']:.1f}", f"{figures['cpu']:.1f}", f"{figures['peak_gb']:.2f}")
    Console().print(grid)
    print(f"load {os.getloadavg()[0]:.1f}, {size:,} deals, {found.get('full', {}).get('scores')}")
    print(json.dumps(figures_of(found)))


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
        "vs_pandas": ratio("pandas", "ours"),
        "vs_spark": ratio("spark", "ours"),
        "vs_duckdb": ratio("ours", "duckdb"),
        "day_seconds": seconds("day"),
    }


if __name__ == "__main__":
    main()

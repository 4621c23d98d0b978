"""`python -m benchmarks.score_forecast`: does a score say what comes next, and is it the truth where truth is known?

Olist: the scores of every shop at a month's end, against the deals that the shop sold in the next 60 days. A deal is
bad where it came late, got one or two stars, or was cancelled by the shop (it gives no reasons). Shop-months are
pooled, since most shops never reach thirty deals in a window. Whatever is fitted is fitted on the earlier months;
only the later ones are reported. Intervals are bootstrapped over shops, whose months hang together.

Planted: markets whose true rates are known show what Olist cannot: rank by number of deals, a regular who is counted
once, a heavy actor who is flagged.

    --data DIR       folder with olist/ [LAOTIE_DATA]
    --planted        the planted markets alone
"""

import argparse
import json
import os
import time
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console

from benchmarks.forecast import figures, months, planted

DATA = Path(os.environ.get("LAOTIE_DATA", Path(__file__).parents[2] / "shared" / "data"))
FIRST, SPLIT, LAST = date(2017, 3, 31), date(2017, 11, 30), date(2018, 3, 31)  # month's ends: fitted before SPLIT


def olist(console: Console, folder: Path) -> dict[str, Any]:
    """The pooled shop-months: quintiles, then every forecaster beside the others."""
    begun = time.perf_counter()
    pool = months.pooled(folder, FIRST, LAST)
    early, late = pool.split(SPLIT)
    console.print(
        f"Olist: {len(early.month):,} shop-months to {SPLIT} to fit on, {len(late.month):,} after it reported "
        f"({len(set(late.shop.tolist())):,} shops, {int(late.n.sum()):,} deals in the 60 days that follow, "
        f"{late.bad.sum() / late.n.sum():.1%} bad)"
    )
    found = figures.quintiles(console, late) | figures.forecasters(console, early, late)
    return found | {"olist_seconds": round(time.perf_counter() - begun, 1)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--planted", action="store_true")
    asked = parser.parse_args()
    console = Console(width=120)
    found = planted.shown(console)
    if not asked.planted:
        if not (asked.data / "olist").is_dir():
            raise SystemExit(f"{asked.data / 'olist'} is not there: name the folder with --data or LAOTIE_DATA")
        found |= olist(console, asked.data / "olist")
    console.print(f"load {os.getloadavg()[0]:.1f}")
    print(json.dumps(found))


if __name__ == "__main__":
    main()

"""How fast a page of the feed is ranked: 2,000 candidates, 24 slots, with propensities, beside a plain ranking.

    python -m benchmarks.feed [--candidates 2000] [--slots 24] [--requests 400]

Ours: the engine that the pages call: values, multiplier, Plackett–Luce with decay per shop and category, newcomers'
lane, random arm, the exact propensity of every slot, parts that sum. The peer, in the same run on the same candidates:
pandas, as a ranker is often written: a weighted sum, a sort, a running count of each shop and category, and a second
sort by the decayed value; no draw, no propensities, no reasons. One process; the first tenth is not counted.
`cpu ms` is the processor's time, which says more than the clock on a machine that is shared.
"""

import argparse
import json
import os
import time
from collections.abc import Callable

import numpy as np
import pandas as pd
from rich.console import Console
from rich.table import Table

from laotie.engine.matching.drawing import Arms
from laotie.engine.matching.policy import ACTIONS, LIFTS, Policy, published
from laotie.engine.matching.ranking import rank
from laotie.engine.matching.values import Candidates


def candidates(size: int, policy: Policy, seed: int) -> Candidates:
    """A market: shops of very different size, thirty categories, rates about the prior."""
    chance = np.random.default_rng(seed)
    return Candidates(
        key=chance.integers(0, 2**63, size, dtype=np.uint64),
        seller=chance.zipf(1.6, size).clip(max=300).astype(np.int64),
        category=chance.integers(0, 30, size),
        rates=np.asarray(policy.prior) * chance.gamma(4, 0.25, (size, len(ACTIONS))),
        affinity=chance.binomial(1, 0.05, (size, len(LIFTS))).astype(np.float64),
        multiplier=np.exp2(chance.normal(0, 0.4, size).clip(-1, 1)),
    )


def arms_of(size: int) -> Arms:
    """A random arm of fifty and a lane of thirty newcomers."""
    lane = np.arange(50, 80) % size
    return Arms(np.arange(50) % size, lane, np.full(len(lane), 1 / len(lane)))


def by_pandas(found: Candidates, policy: Policy, count: int) -> pd.DataFrame:
    """The peer."""
    frame = pd.DataFrame({"seller": found.seller, "category": found.category})
    worth = found.rates @ np.asarray(policy.weights)
    frame["value"] = (
        worth * (1 + found.affinity @ np.asarray(policy.lifts)).clip(max=policy.most_lift) * found.multiplier
    )
    frame = frame.sort_values("value", ascending=False)
    nth_of_seller = frame.groupby("seller").cumcount()
    nth_of_category = frame.groupby("category").cumcount()
    frame["value"] *= (policy.seller.step**nth_of_seller).clip(lower=policy.seller.floor)
    frame["value"] *= (policy.category.step**nth_of_category).clip(lower=policy.category.floor)
    return frame.nlargest(count, "value")


def timed(work: Callable[[int], object], requests: int) -> dict[str, float]:
    """Milliseconds of a request, and requests a second, of `work(seed)`."""
    times, busy = [], []
    for seed in range(requests + requests // 10):
        began, cpu = time.perf_counter(), time.process_time()
        work(seed)
        times.append((time.perf_counter() - began) * 1000)
        busy.append((time.process_time() - cpu) * 1000)
    counted = times[requests // 10 :]
    return {
        "per_second": round(1000 * len(counted) / sum(counted), 1),
        "p50_ms": round(float(np.percentile(counted, 50)), 2),
        "p95_ms": round(float(np.percentile(counted, 95)), 2),
        "cpu_ms": round(float(np.mean(busy[requests // 10 :])), 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--candidates", type=int, default=2000)
    parser.add_argument("--slots", type=int, default=24)
    parser.add_argument("--requests", type=int, default=400)
    options = parser.parse_args()
    policy = published()
    markets = [candidates(options.candidates, policy, seed) for seed in range(8)]
    arms = arms_of(options.candidates)
    ours = timed(lambda seed: rank(markets[seed % 8], arms, policy, seed, options.slots), options.requests)
    peer = timed(lambda seed: by_pandas(markets[seed % 8], policy, options.slots), options.requests)
    table = Table(
        "ranker",
        "requests/s",
        "p50 ms",
        "p95 ms",
        "cpu ms",
        title=f"{options.candidates} candidates, {options.slots} slots",
    )
    for name, figures in (("laotie.engine.matching", ours), ("pandas", peer)):
        table.add_row(name, *(str(figures[key]) for key in ("per_second", "p50_ms", "p95_ms", "cpu_ms")))
    Console().print(table)
    ratio = round(ours["per_second"] / peer["per_second"], 2)
    load = round(os.getloadavg()[0], 1)
    print(json.dumps({"ours": ours, "pandas": peer, "ratio": ratio, "load": load, **vars(options)}))


if __name__ == "__main__":
    main()

"""How well the shelf's search ranks: Icecat's 19,406 real products and its judged queries, the full catalogue searched,
goods that nobody judged counted as 0; nDCG@10 over the queries that have a relevant product. The figure to beat is
BM25 over title, brand and description: .700.

    python -m benchmarks.search [--data DIR]

The index and the question are those of the shelf: places.search builds and asks, with nothing tuned for this set.
"""

import argparse
import csv
import json
import tempfile
import time
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import numpy as np

from laotie.places.search.contracts import Ask, Entry
from laotie.runtime import bare

DATA = Path("../shared/data/icecat")
PEER = 0.700
DEPTH = 10
NOWHEN = datetime(2020, 1, 1, tzinfo=UTC)
SHOP = uuid5(NAMESPACE_URL, "icecat")


def products(folder: Path) -> Iterator[dict[str, Any]]:
    """The products of the four files."""
    for number in range(1, 5):
        with zipfile.ZipFile(folder / f"{number}.json.zip") as archive:
            yield from json.loads(archive.read(archive.namelist()[0]))


def entry(product: dict[str, Any]) -> Entry:
    """A product as the shelf would index it: attributes in words are its facts."""
    facts = " ".join(str(value) for name, value in product.items() if name.startswith("attr_t_"))
    return Entry(
        identity(product["id"]),
        SHOP,
        product.get("title") or "",
        int(product.get("price") or 0),
        NOWHEN,
        brand=product.get("supplier") or "",
        facts=facts,
        description=product.get("short_description") or "",
    )


def identity(number: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"icecat:{number}")


def judgments(folder: Path) -> dict[str, dict[UUID, int]]:
    """Grades 0 … 3 by query and product; queries without a relevant product left out."""
    grades: dict[str, dict[UUID, int]] = defaultdict(dict)
    with (folder / "Broad_Query_Set_rated.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            grades[row["query"]][identity(row["docid"])] = int(row["rating"])
    return {query: judged for query, judged in grades.items() if any(judged.values())}


def ndcg(found: list[int], judged: list[int]) -> float:
    """Normalised discounted cumulative gain with linear gains, at DEPTH."""
    discount = 1 / np.log2(np.arange(2, DEPTH + 2))
    best = np.array(sorted(judged, reverse=True)[:DEPTH], dtype=float)
    got = np.array(found[:DEPTH], dtype=float)
    return float((got * discount[: len(got)]).sum() / (best * discount[: len(best)]).sum())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    folder = parser.parse_args().data
    bare.connect("postgresql:///none")  # settings only: no database is asked
    from laotie.places.search import actions, queries

    with tempfile.TemporaryDirectory(prefix="laotie-search-") as place:
        root = Path(place)
        began = time.perf_counter()
        actions.build((entry(product) for product in products(folder)), root)
        built = time.perf_counter() - began
        scores, times = [], []
        for query, judged in judgments(folder).items():
            began = time.perf_counter()
            answer = queries.search(Ask(query, size=DEPTH), root)
            times.append((time.perf_counter() - began) * 1000)
            scores.append(ndcg([judged.get(found, 0) for found in answer.product_ids], list(judged.values())))
    result = {
        "queries": len(scores),
        "ndcg_at_10": round(float(np.mean(scores)), 3),
        "peer_ndcg_at_10": PEER,
        "p50_ms": round(float(np.percentile(times, 50)), 2),
        "p95_ms": round(float(np.percentile(times, 95)), 2),
        "build_s": round(built, 1),
    }
    print(f"nDCG@10 {result['ndcg_at_10']:.3f} over {len(scores)} queries (BM25: {PEER:.3f})")
    print(json.dumps(result))


if __name__ == "__main__":
    main()

"""How well same items are found when their identifiers are hidden, and how far the price index is right.

    python -m benchmarks.price [--data DIR] [--fit]

Icecat's 19,406 real products, each listed by 1 to 5 sellers in their own words: the title, or model and description,
or the title with words dropped and shuffled; a third leave out the model number, 15 % the brand, each fact is left out
by 40 % and one in twelve is wrong; only 30 % give the identifier. The identifier is the truth. Products are halved:
weights of likeness are fitted on one half (`--fit` prints them), what is reported is of the other. Precision, recall
and F1 over pairs of listings. Peers in the same run: the same title and brand, and TF-IDF cosine at the threshold that
was best on the first half.
"""

import argparse
import json
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from sklearn.linear_model import LogisticRegression

from benchmarks.search import DATA, products
from laotie.engine.price import clusters, index, listings, matching, tokens

Ints = NDArray[np.int64]
WIDTH = 200  # characters of a description that a seller copies


def told(product: dict[str, Any], random: np.random.Generator, seller: int) -> dict[str, Any]:
    """One seller's listing of a product."""
    facts = {name[7:]: str(value) for name, value in product.items() if name.startswith("attr_")}
    kept = random.random(len(facts)) > 0.4
    way = random.random()
    title, model = product["title"], product["name"]
    if way < 0.3:
        title = f"{model} {(product.get('short_description') or title)[:WIDTH]}"
    elif way < 0.7:
        words = np.array(title.split())
        words = words[random.random(len(words)) > 0.25]
        random.shuffle(words)
        title = " ".join(words)
    if random.random() < 0.33:
        title = title.replace(model, "")
    brand = product["supplier"] if random.random() > 0.15 else None
    price = product["price"] / 100 * np.exp(random.normal(0, 0.12))
    return {
        "listing": f"{product['id']}-{seller}", "seller": f"s{random.integers(2000)}", "brand": brand, "title": title,
        "identifier": product["ean"][0] if random.random() < 0.3 else None, "category": None,
        "facts": [(fact, _misread(facts[fact], random)) for fact, keep in zip(facts, kept, strict=True) if keep],
        "price": price if random.random() > 0.05 else None, "freight": None if random.random() < 0.3 else 8.0,
    }  # fmt: skip


def _misread(value: str, random: np.random.Generator) -> str:
    """One fact in twelve is written in another way, or wrongly."""
    return value if random.random() > 1 / 12 else f"{value} approx"


def market(items: list[dict[str, Any]], seed: int) -> tuple[pa.Table, Ints, NDArray[np.float64]]:
    """The listings, the item of each, and the item's own price."""
    random = np.random.default_rng(seed)
    count = random.integers(1, 6, len(items))
    item = np.repeat(np.arange(len(items)), count)
    rows = [told(items[number], random, seller) for seller, number in enumerate(item)]
    return listings.table(rows), item, np.array([items[number]["price"] / 100 for number in item])


def pairs_of(group: Ints) -> int:
    return int(sum(n * (n - 1) // 2 for n in np.bincount(group).tolist()))


def judged(found: Ints, item: Ints) -> dict[str, float]:
    """Precision, recall and F1 over pairs of listings."""
    both = np.unique(np.stack([found, item]), axis=1, return_inverse=True)[1].ravel()
    hits, claimed, true = pairs_of(both), pairs_of(found), pairs_of(item)
    return {"precision": hits / max(claimed, 1), "recall": hits / max(true, 1), "f1": 2 * hits / (claimed + true)}


def fit(table: pa.Table, item: Ints) -> dict[str, Any]:
    """Weights of the signs and their products, on candidates whose truth is known; as `likeness.json` keeps them."""
    likeness = matching.candidates(table, tokens.rows(table))
    signs = matching.products(likeness.signs)
    scale = signs.std(axis=0) + 1e-9
    some = np.random.default_rng(1).permutation(len(signs))[:80_000]
    same = item[likeness.one] == item[likeness.other]
    model = LogisticRegression(max_iter=600).fit((signs / scale)[some], same[some])
    return {"weights": (model.coef_[0] / scale).round(4).tolist(), "level": round(float(model.intercept_[0]), 4)}


def by_title(table: pa.Table) -> Ints:
    """The plainest peer: one item where title and brand are the same."""
    keys = [f"{row['brand']}|{' '.join(sorted(tokens.words(row['title'])))}" for row in
            table.select(["brand", "title"]).to_pylist()]  # fmt: skip
    return np.unique(keys, return_inverse=True)[1]


def by_cosine(table: pa.Table, threshold: float) -> Ints:
    """The usual peer: TF-IDF cosine of titles above a threshold."""
    likeness = matching.candidates(table, tokens.rows(table))
    cosine = matching.Likeness(likeness.one, likeness.other, likeness.signs[:, :1])
    return clusters.join(table, cosine, matching.Weights(np.array([1e3, 0.0]), -1e3 * threshold))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--fit", action="store_true")
    asked = parser.parse_args()
    items = list(products(asked.data))
    first = np.random.default_rng(11).random(len(items)) < 0.5
    mine, truth, _ = market([item for item, own in zip(items, first, strict=True) if own], 1)
    if asked.fit:
        print(json.dumps(fit(mine, truth)))
    best = max((judged(by_cosine(mine, at), truth)["f1"], at) for at in (0.4, 0.5, 0.6, 0.7, 0.8))[1]
    table, item, own = market([item for item, own in zip(items, first, strict=True) if not own], 2)
    began = time.perf_counter()
    found = clusters.clusters(table)
    seconds = time.perf_counter() - began
    ways = {"laotie": judged(found, item), "title and brand": judged(by_title(table), item),
            f"cosine ≥ {best}": judged(by_cosine(table, best), item)}  # fmt: skip
    shown = Table("way", "precision", "recall", "f1", title=f"Same items among {len(item)} listings")
    for name, figures in ways.items():
        shown.add_row(name, *[f"{value:.3f}" for value in figures.values()])
    Console().print(shown)
    figures = priced(table, found, own)
    print(", ".join(f"{name} {value:.3f}" for name, value in figures.items()))
    result = {name: {key: round(value, 4) for key, value in way.items()} for name, way in ways.items()}
    print(json.dumps({**result, **{name: round(value, 4) for name, value in figures.items()},
                      "listings": len(item), "seconds": round(seconds, 1)}))  # fmt: skip


def priced(table: pa.Table, found: Ints, own: NDArray[np.float64]) -> dict[str, float]:
    """The index beside the truth, landed price over the item's own price and the usual freight."""
    made = index.index(table, found)
    compared = made.basis == index.ITEM
    true = made.landed[compared] / (own[compared] + 8.0 * 0.7)
    error = np.abs(np.log(made.index[compared]) - np.log(true))
    return {"compared": float(compared.mean()), "by_kind": float((made.basis == index.KIND).mean()),
            "median_error": float(np.median(error)), "p90_error": float(np.quantile(error, 0.9))}  # fmt: skip


if __name__ == "__main__":
    main()

"""`python -m benchmarks.words`: are reviews good or bad, by their words. And: what do comments ask for.

Chinese: 62,773 shopping reviews of ten kinds, five folds. Which members the ensemble has is chosen inside each fold's
training texts (four fifths learnt, one fifth judged), so that no text has a say in how it is judged. Beside it, on the
same folds: character 1–2-gram TF-IDF with logistic regression. English reviews with stars are not among the data.

    --data DIR       folder with reviews_zh/ [LAOTIE_DATA]
    --folds N        of five, to stop early
"""

import argparse
import csv
import io
import json
import os
import resource
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from laotie.engine.words import Model, intent, intents, train
from laotie.engine.words.tone import RECIPES, Recipe, Tone, fit

DATA = Path(os.environ.get("LAOTIE_DATA", Path(__file__).parents[2] / "shared" / "data"))
FILE = "reviews_zh/online_shopping_10_cats.zip"
PLAIN = (
    Recipe("svm", "rare", 4, 0.7),
    Recipe("nbsvm", "there", 2, 0.5),
    Recipe("nbsvm", "there", 3, 0.5),
    Recipe("nb", "there", 4),
)
CHOICES = {"rare": RECIPES, "plain": PLAIN}
THOUSAND = 1000

Labels = NDArray[np.bool_]


def reviews(data: Path) -> tuple[list[str], Labels]:
    """The texts and whether each is good."""
    with zipfile.ZipFile(data / FILE) as archive, archive.open(archive.namelist()[0]) as file:
        rows = list(csv.reader(io.TextIOWrapper(file, encoding="utf-8-sig")))[1:]
    said = [row for row in rows if row[2].strip()]
    return [row[2] for row in said], np.array([row[1] == "1" for row in said])


def picked(texts: Sequence[str], places: NDArray[np.int64]) -> list[str]:
    return [texts[place] for place in places]


def chosen(texts: list[str], good: Labels) -> str:
    """The choice that judges a fifth of the training texts best, having learnt the others."""
    learn, judge = next(iter(StratifiedKFold(5, shuffle=True, random_state=1).split(texts, good)))
    members: dict[Recipe, NDArray[np.float64]] = {}
    for recipe in dict.fromkeys(recipe for recipes in CHOICES.values() for recipe in recipes):
        members[recipe] = fit(picked(texts, learn), good[learn], [recipe]).margin(picked(texts, judge))
    margins = {name: sum(members[recipe] for recipe in recipes) for name, recipes in CHOICES.items()}
    return max(margins, key=lambda name: accuracy(margins[name], good[judge]))


def accuracy(margin: NDArray[np.float64], good: Labels) -> float:
    return float(((margin > 0) == good).mean())


def peer(learn: list[str], good: Labels, judge: list[str]) -> tuple[NDArray[np.float64], float]:
    """The baseline's margins and its seconds for 1,000 texts."""
    vectors = TfidfVectorizer(analyzer="char", ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    judged = LogisticRegression(C=4.0, max_iter=1000).fit(vectors.fit_transform(learn), good)
    begun = time.perf_counter()
    margin = judged.decision_function(vectors.transform(judge))
    return margin, (time.perf_counter() - begun) * THOUSAND / len(judge)


def ours(learn: list[str], good: Labels, judge: list[str]) -> tuple[str, Tone, NDArray[np.float64], float, float]:
    """The choice, the tone, its margins, seconds of learning and seconds for 1,000 texts."""
    name = chosen(learn, good)
    begun = time.perf_counter()
    tone = fit(learn, good, CHOICES[name])
    learnt = time.perf_counter()
    margin = tone.margin(judge)
    return name, tone, margin, learnt - begun, (time.perf_counter() - learnt) * THOUSAND / len(judge)


def folds(console: Console, texts: list[str], good: Labels, most: int) -> dict[str, float]:
    """Every fold's figures as a table; their means."""
    table = Table("fold", "members", "accuracy", "peer", "learnt in", "per 1,000", "peer per 1,000")
    found = []
    splits = list(StratifiedKFold(5, shuffle=True, random_state=0).split(texts, good))[:most]
    for place, (learn, judge) in enumerate(splits, 1):
        said, held = picked(texts, learn), picked(texts, judge)
        name, _tone, margin, learning, each = ours(said, good[learn], held)
        other, slow = peer(said, good[learn], held)
        row = (accuracy(margin, good[judge]), accuracy(other, good[judge]), learning, each, slow)
        found.append(row)
        table.add_row(str(place), name, *(f"{value:.4f}" for value in row))
    console.print(table)
    names = ("accuracy", "peer_accuracy", "learn_seconds", "seconds_per_1000", "peer_seconds_per_1000")
    return dict(zip(names, np.mean(found, axis=0).round(4).tolist(), strict=True))


def comments(held_out: Path) -> dict[str, float]:
    """Intent in comments on examples that nothing learnt from, and the time for 1,000."""
    texts, names = intents.examples(held_out.read_text(encoding="utf-8"))
    intent(["warm"])
    begun = time.perf_counter()
    found = [name for _ in range(5) for name in intent(texts)]
    spent = (time.perf_counter() - begun) / (5 * len(texts)) * THOUSAND
    right = np.mean([a == b for a, b in zip(found, names, strict=False)])
    return {
        "intent_accuracy": round(float(right), 4),
        "intent_seconds_per_1000": round(spent, 4),
        "comments": len(texts),
    }


def stored(texts: list[str], good: Labels) -> dict[str, float]:
    """What a market would store of these reviews: its size, and the accuracy on the tenth it held out by itself."""
    begun = time.perf_counter()
    model: Model = train(texts, good.tolist())
    tone = model.tone
    return {
        "model_mb": round(len(model.to_bytes()) / 1e6, 1),
        "train_seconds": round(time.perf_counter() - begun, 1),
        "own_accuracy": round(tone.accuracy, 4) if tone else 0.0,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--folds", type=int, default=5, choices=range(1, 6))
    asked = parser.parse_args()
    console = Console()
    if not (asked.data / FILE).is_file():
        raise SystemExit(f"{asked.data / FILE} is not there: name the folder with --data or LAOTIE_DATA")
    texts, good = reviews(asked.data)
    console.print(f"{len(texts):,} reviews, {good.mean():.1%} good, load {os.getloadavg()[0]:.1f}")
    found = folds(console, texts, good, asked.folds) | stored(texts, good)
    found |= comments(Path(__file__).parents[1] / "tests" / "engine" / "words" / "intents_held_out.txt")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    console.print_json(json.dumps(found, indent=1)) if console.is_terminal else None
    print(json.dumps(found | {"reviews": len(texts), "peak_gb": round(peak, 2)}))


if __name__ == "__main__":
    main()

"""What a comment asks for: to buy, the price, the link, the size, whether there is any left; or nothing of these.

Learnt once a process, in a fraction of a second, from the examples that ship beside this module (`intents.txt`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax

from laotie.engine.words.grams import grams
from laotie.engine.words.linear import Floats, idf, weighed

INTENTS = ("buy", "price", "link", "size", "stock")
NONE = ""
BITS = (12, 14)  # one and two characters: with some five hundred examples longer ones only blur
COST = 10.0

Examples = tuple[tuple[str, ...], tuple[str, ...]]  # texts, their intents


@dataclass(frozen=True, slots=True)
class Intents:
    """`weights`: one row an intent of `names` (NONE among them), over the buckets of BITS."""

    names: tuple[str, ...]
    rarity: Floats
    weights: Floats
    bias: NDArray[np.float64]

    def chances(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """One row a text, one column a name; rows sum to 1."""
        if not texts:
            return np.zeros((0, len(self.names)))
        odds = weighed(grams(texts, BITS), "rare", self.rarity) @ self.weights.T + self.bias
        return np.asarray(softmax(odds, axis=1), dtype=np.float64)


def intent(texts: Sequence[str]) -> list[str]:
    """What each comment asks for: one of INTENTS, or NONE ("")."""
    learnt = shipped()
    return [learnt.names[place] for place in learnt.chances(texts).argmax(axis=1)]


@cache
def shipped() -> Intents:
    """Learnt from the examples that ship with the house."""
    return learn(*examples((files(__package__) / "intents.txt").read_text(encoding="utf-8")))


def learn(texts: Sequence[str], names: Sequence[str]) -> Intents:
    """Learn from comments and the intent of each: one logistic regression a name, each against the rest."""
    from laotie.engine.words import fitting

    counts, named = grams(texts, BITS), np.array(names)
    rarity = idf(counts)
    rows = weighed(counts, "rare", rarity)
    known = tuple(sorted(set(names)))
    weights, bias = zip(*(fitting.logistic(rows, named == name, COST) for name in known), strict=True)
    return Intents(known, rarity, np.array(weights, dtype=np.float32), np.array(bias))


def examples(written: str) -> Examples:
    """Examples from a file: a line `[intent]` names that of the lines below it; `#` begins a remark."""
    texts, names, current = [], [], NONE
    for line in written.splitlines():
        said = line.strip()
        if said.startswith("[") and said.endswith("]"):
            current = said[1:-1]
        elif said and not said.startswith("#"):
            texts.append(said)
            names.append(current)
    return tuple(texts), tuple(names)

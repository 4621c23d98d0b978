"""Why a deal went badly, learnt from what buyers chose beside their words; the lexicon speaks until there is enough."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax

from laotie.engine.words import lexicon
from laotie.engine.words.grams import grams
from laotie.engine.words.lexicon import REASONS
from laotie.engine.words.linear import Floats, idf, weighed

BITS = (12, 14, 15)
ENOUGH = 200  # texts with a reason before a head of its own is learnt …
EACH = 10  # … of the reasons that have this many; the others stay with the lexicon
COST = 10.0
TRUST_LEXICON = 2.0  # log-odds that a phrase of the lexicon adds to its reason
UNKNOWN = -8.0  # log-odds of a reason that was not learnt and that no phrase speaks for


@dataclass(frozen=True, slots=True)
class Reasons:
    """`weights`: one row a reason of REASONS, over the buckets of BITS; a reason not learnt has a bias of −inf."""

    rarity: Floats
    weights: Floats
    bias: NDArray[np.float64]

    def chances(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """One row a text, one column a reason; a row sums to 1 where anything speaks for a reason, else to 0."""
        if not texts:
            return np.zeros((0, len(REASONS)))
        rows = weighed(grams(texts, BITS), "rare", self.rarity)
        odds = rows @ self.weights.T + self.bias
        return _shares(odds, lexicon.weights(texts))


def untaught(texts: Sequence[str]) -> NDArray[np.float64]:
    """As `Reasons.chances`, from the lexicon alone."""
    said = lexicon.weights(texts)
    whole = said.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(said, whole, out=np.zeros_like(said), where=whole > 0), dtype=np.float64)


def fit(texts: Sequence[str], reason: Sequence[str]) -> Reasons | None:
    """Learn from texts and the reason chosen beside each. None where there are too few, or of one reason only."""
    from laotie.engine.words import fitting

    named = np.array(reason)
    rich = [name for name in REASONS if (named == name).sum() >= EACH]
    kept = np.isin(named, rich)
    if kept.sum() < ENOUGH or len(rich) < 2:
        return None
    counts = grams([text for text, keep in zip(texts, kept, strict=True) if keep], BITS)
    rarity = idf(counts)
    rows = weighed(counts, "rare", rarity)
    weights = np.zeros((len(REASONS), counts.shape[1]), dtype=np.float32)
    bias = np.full(len(REASONS), -np.inf)
    for name in rich:
        place = REASONS.index(name)
        weights[place], bias[place] = fitting.logistic(rows, named[kept] == name, COST)
    return Reasons(rarity, weights, bias)


def _shares(odds: NDArray[np.float64], said: NDArray[np.float64]) -> NDArray[np.float64]:
    """Softmax of what was learnt, with the lexicon's phrases on top; a reason not learnt has the phrases alone."""
    base = np.where(np.isfinite(odds), odds, np.where(said > 0, 0.0, UNKNOWN)) + TRUST_LEXICON * (said > 0)
    return np.asarray(softmax(base, axis=1), dtype=np.float64)

"""The prior of a category: what is known of an entity before its own deals speak.

Beta-binomial, fitted to the entities' bad rates by moments (Kleinman 1973, "Proportions with extraneous variance"),
with the strength bounded by the rulebook. A thin category borrows the prior of all.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laotie.engine.scores.rulebook import PriorRule

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Beta:
    """`a` bad and `b` good deals' worth of belief; the mean bad rate is a / (a + b)."""

    a: float
    b: float

    @property
    def mean(self) -> float:
        return self.a / (self.a + self.b)

    @property
    def strength(self) -> float:
        return self.a + self.b


def fit(n: Floats, bad: Floats, rule: PriorRule) -> Beta:
    """The prior of entities with `n` deals, `bad` of them bad, counted whole; half a bad one added, so none is zero."""
    whole = n.sum()
    mean = (bad.sum() + 0.5) / (whole + 1.0)
    rates = np.divide(bad, n, out=np.full_like(n, mean), where=n > 0)
    spread = (n * (rates - mean) ** 2).sum()
    expected = mean * (1 - mean) * max(np.count_nonzero(n) - 1, 0)
    excess = spread - expected
    information = whole - (n**2).sum() / whole if whole else 0.0
    variance = excess / information if information > 0 else 0.0
    strength = mean * (1 - mean) / variance - 1 if variance > 0 else np.inf
    strength = float(np.clip(strength, *rule.strength))
    return Beta(float(mean * strength), float((1 - mean) * strength))


def by_category(category: NDArray[np.str_], n: Floats, bad: Floats, rule: PriorRule) -> dict[str, Beta]:
    """A prior for each category that occurs; thin ones share that of all."""
    everyone = fit(n, bad, rule)
    priors = {}
    for name in np.unique(category):
        own = category == name
        rich = np.count_nonzero(n[own] >= rule.deals) >= rule.entities
        priors[str(name)] = fit(n[own], bad[own], rule) if rich else everyone
    return priors

"""The whole ranking: candidates in, ordered slots out, each with what its value is made of."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laotie.engine.matching.drawing import Arms, Slot, draw
from laotie.engine.matching.policy import Policy
from laotie.engine.matching.values import CODES, Candidates, Values, value

Floats = NDArray[np.float64]
ARRANGED = (*CODES, "seller", "category")
"""The codes of a slot's parts: those of its value, and what decay took."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """`slots` in order; `score` (k,): value after decay, and its `parts` (k, ARRANGED), which sum to it."""

    slots: list[Slot]
    score: Floats
    parts: Floats


def rank(candidates: Candidates, arms: Arms, policy: Policy, seed: int, count: int) -> Ranked:
    """Rank `candidates`: the first `count` slots. The same arguments give the same slots, on any machine."""
    values = value(candidates, policy)
    return arranged(values, draw(candidates, values, arms, policy, seed=seed, count=count))


def arranged(values: Values, slots: list[Slot]) -> Ranked:
    """`slots` with their parts."""
    rows = np.array([slot.row for slot in slots], np.int64)
    plain = values.value[rows]
    seller = np.array([slot.seller for slot in slots])
    category = np.array([slot.category for slot in slots])
    by_seller = plain * (seller - 1)
    by_category = (plain + by_seller) * (category - 1)
    parts = np.column_stack([values.parts[rows], by_seller, by_category])
    return Ranked(slots, plain + by_seller + by_category, parts)

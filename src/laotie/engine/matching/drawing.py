"""Drawing the slots: an order with the exact chance of every choice.

A slot is filled from the random arm with chance ε; else, in the newcomers' lane, by Thompson's chances; else by
Plackett–Luce, where a candidate's weight is (value · decay)^(1/temperature) among those that are left. Decay changes
weights between slots. The Plackett–Luce part is drawn with Gumbel noise (Yellott 1977): the highest perturbed weight
wins. When decay changes a weight, its noise is drawn again below the last winner's height, as that of all others that
lost is known to be: so the next choice has exactly the chances of the weights of the moment. Noise belongs to the
candidate's key, so that a draw can be repeated with other candidates around.
"""

from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray

from laotie.engine.matching.noise import mixed
from laotie.engine.matching.policy import Decay, Policy, published
from laotie.engine.matching.values import Candidates, Values

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]
RANKED, LANE, RANDOM = "ranked", "lane", "random"
ARMS = np.array([RANKED, LANE, RANDOM])  # as `filling` numbers them


@dataclass(frozen=True, slots=True)
class Arms:
    """Candidates (rows) beside the ranked ones: `random`, all alike likely; `lane`, each with its `chance`."""

    random: Rows = field(default_factory=lambda: np.zeros(0, np.int64))
    lane: Rows = field(default_factory=lambda: np.zeros(0, np.int64))
    chance: Floats = field(default_factory=lambda: np.zeros(0))


@dataclass(frozen=True, slots=True)
class Slot:
    """`row` of the candidates, from which `arm`; `log_propensity` of this row in this slot after those before it;
    what was left of the value by `seller` and `category` decay (1: all)."""

    row: int
    arm: str
    log_propensity: float
    seller: float
    category: float


def draw(candidates: Candidates, values: Values, arms: Arms, policy: Policy, *, seed: int, count: int) -> list[Slot]:
    """The first `count` slots, fewer where there are fewer candidates. Deterministic under `seed`. O(count · N)."""
    from laotie.engine.matching import filling  # half a second of importing, for those alone who draw

    size = len(candidates)
    kept = _kept(policy.seller, policy.category)
    random, lane = np.zeros(size), np.zeros(size)
    random[arms.random], lane[arms.lane] = 1.0, arms.chance
    told, chance = np.empty((min(count, size), 4), np.int64), np.empty(min(count, size))
    groups = np.column_stack([candidates.seller, candidates.category])
    field = filling.Field(candidates.key.copy(), groups, np.log(values.value), random, lane)
    share, temperature = float(policy.random), float(policy.temperature)
    rules = filling.Rules(np.uint64(mixed(seed)), share, policy.lane.every, temperature, np.log(kept))
    filling.fill(field, rules, told, chance)
    rows, arm, of_seller, of_category = told.T
    columns = rows, ARMS[arm], np.log(chance), kept[0, of_seller], kept[1, of_category]
    return [Slot(*each) for each in zip(*(column.tolist() for column in columns), strict=True)]


def stand_ready() -> None:
    """Load what fills slots, compiled where it never was: seconds that a first page should not take."""
    none, codes = np.zeros(0), np.zeros(0, np.int64)
    nobody = Candidates(codes.astype(np.uint64), codes, codes, none, none, none)
    draw(nobody, Values(none, none), Arms(), published(), seed=0, count=1)


@cache
def _kept(*rules: Decay) -> Floats:
    """What decay by each of `rules` leaves of a value after none, one, two … shown, up to where nothing changes."""
    kept = [[1.0] for _ in rules]
    while any(len(left) < 2 or left[-1] != left[-2] for left in kept):
        for left, rule in zip(kept, rules, strict=True):
            left.append(max(rule.step ** len(left), rule.floor))
    return np.array(kept)

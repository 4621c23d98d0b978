"""Drawing the slots: an order with the exact chance of every choice.

A slot is filled from the random arm with chance ε; else, in the newcomers' lane, by Thompson's chances; else by
Plackett–Luce, where a candidate's weight is (value · decay)^(1/temperature) among those that are left. Decay changes
weights between slots. The Plackett–Luce part is drawn with Gumbel noise (Yellott 1977): the highest perturbed weight
wins. When decay changes a weight, its noise is drawn again below the last winner's height, as that of all others that
lost is known to be: so the next choice has exactly the chances of the weights of the moment.
"""

from dataclasses import dataclass, field
from itertools import count as counting

import numpy as np
from numpy.typing import NDArray

from laotie.engine.matching.noise import uniform, uniforms
from laotie.engine.matching.policy import Decay, Policy
from laotie.engine.matching.values import Candidates, Values

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]
RANKED, LANE, RANDOM = "ranked", "lane", "random"
COIN, CHOICE = 1, 2  # keys of the uniforms that decide a slot's arm and an arm's choice


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


class Draw:
    """One drawing over `candidates`. Deterministic under `seed`; `take` fills the next slot."""

    def __init__(self, candidates: Candidates, values: Values, arms: Arms, policy: Policy, seed: int) -> None:
        self.candidates, self.arms, self.policy, self.seed = candidates, arms, policy, seed
        self.plain = np.log(values.value)
        size = len(candidates)
        self.left = np.ones(size, bool)
        self.log_seller, self.log_category = np.zeros(size), np.zeros(size)
        self.weight = self.plain / policy.temperature
        self.highest = float(self.weight.max()) if size else 0.0
        self.power = np.exp(self.weight - self.highest)
        self.turn = np.zeros(size, np.uint64)
        self.height = self.weight - np.log(-np.log(uniforms(seed, candidates.key)))
        self.last = np.inf  # the height of the last winner: all that are left are below it
        self.counts: tuple[dict[int, int], dict[int, int]] = ({}, {})
        self.numbers = counting()

    def take(self) -> Slot | None:
        """The next slot, or None where no candidate is left."""
        number = next(self.numbers)
        if not self.left.any():
            return None
        lane = self._lane(number)
        random = self.arms.random[self.left[self.arms.random]]
        share = self.policy.random if len(random) else 0.0
        arm, row = self._choose(number, share, random, lane)
        chance = self._chance(row, share, random, lane)
        slot = Slot(row, arm, float(np.log(chance)), *self._kept(row))
        self._remove(row)
        return slot

    def _lane(self, number: int) -> tuple[Rows, Floats] | None:
        """Who competes where slot `number` is of the lane."""
        every = self.policy.lane.every
        here = self.left[self.arms.lane]
        if number % every != every // 2 or not here.any():
            return None
        chance = self.arms.chance[here]
        return self.arms.lane[here], chance / chance.sum()

    def _choose(self, number: int, share: float, random: Rows, lane: tuple[Rows, Floats] | None) -> tuple[str, int]:
        if share and uniform(self.seed, COIN, number) < share:
            return RANDOM, int(random[int(uniform(self.seed, CHOICE, number) * len(random))])
        if lane is not None:
            place = int(np.searchsorted(np.cumsum(lane[1]), uniform(self.seed, CHOICE, number)))
            return LANE, int(lane[0][min(place, len(lane[0]) - 1)])
        row = int(self.height.argmax())
        self.last = float(self.height[row])
        return RANKED, row

    def _chance(self, row: int, share: float, random: Rows, lane: tuple[Rows, Floats] | None) -> float:
        """The chance of `row` in this slot, by whichever arm."""
        chosen = self.power[row] / self.power.sum() if lane is None else lane[1][lane[0] == row].sum()
        by_accident = float((random == row).any()) / len(random) if len(random) else 0.0
        return float(share * by_accident + (1 - share) * chosen)

    def _kept(self, row: int) -> tuple[float, float]:
        return float(np.exp(self.log_seller[row])), float(np.exp(self.log_category[row]))

    def _remove(self, row: int) -> None:
        self.left[row] = False
        self.power[row], self.height[row] = 0.0, -np.inf
        changed = self._decay(self.candidates.seller, row, self.log_seller, self.policy.seller, self.counts[0])
        changed |= self._decay(self.candidates.category, row, self.log_category, self.policy.category, self.counts[1])
        rows = np.flatnonzero(changed)
        if len(rows):
            self._lower(rows)

    def _decay(self, groups: Rows, row: int, kept: Floats, rule: Decay, counts: dict[int, int]) -> NDArray[np.bool_]:
        """Let `row`'s group count less from now on; says whose weight that changes."""
        group = int(groups[row])
        counts[group] = counts.get(group, 0) + 1
        before, after = (max(rule.step**n, rule.floor) for n in (counts[group] - 1, counts[group]))
        if before == after:
            return np.zeros(len(self.left), bool)
        changed: NDArray[np.bool_] = (groups == group) & self.left
        kept[changed] = np.log(after)
        return changed

    def _lower(self, rows: Rows) -> None:
        """New weights for `rows`, and noise that is known to have lost to the last winner."""
        decayed = self.plain[rows] + self.log_seller[rows] + self.log_category[rows]
        weight = decayed / self.policy.temperature
        self.turn[rows] += np.uint64(1)
        fresh = uniforms(self.seed, self.candidates.key[rows], self.turn[rows])
        self.power[rows] = np.exp(weight - self.highest)
        self.height[rows] = -np.logaddexp(-self.last, np.log(-np.log(fresh)) - weight)


def draw(candidates: Candidates, values: Values, arms: Arms, policy: Policy, *, seed: int, count: int) -> list[Slot]:
    """The first `count` slots, fewer where there are fewer candidates. O(count · N)."""
    drawing = Draw(candidates, values, arms, policy, seed)
    slots = (drawing.take() for _ in range(min(count, len(candidates))))
    return [slot for slot in slots if slot is not None]

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

from laotie.engine.matching.noise import Noise, uniform
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


class Decayed:
    """What is left of the candidates' values where a page has shown of their group, as logarithms (N,) in `log`."""

    def __init__(self, groups: Rows, rule: Decay) -> None:
        self.groups, self.rule = groups, rule
        self.log = np.zeros(len(groups))
        self.shown: dict[int, int] = {}

    def show(self, row: int) -> NDArray[np.bool_] | None:
        """Let `row`'s group count less from now on; says whose value that changes: None, nobody's."""
        group = int(self.groups[row])
        shown = self.shown.get(group, 0)
        self.shown[group] = shown + 1
        before, after = (max(self.rule.step**n, self.rule.floor) for n in (shown, shown + 1))
        if before == after:
            return None
        changed: NDArray[np.bool_] = self.groups == group
        self.log[changed] = np.log(after)
        return changed


class Draw:
    """One drawing over `candidates`. Deterministic under `seed`; `take` fills the next slot."""

    def __init__(self, candidates: Candidates, values: Values, arms: Arms, policy: Policy, seed: int) -> None:
        self.arms, self.policy, self.seed = arms, policy, seed
        self.plain = np.log(values.value)
        size = len(candidates)
        self.left, self.random = np.ones(size, bool), np.zeros(size, bool)
        self.random[arms.random] = True
        self.random_left = len(arms.random)
        self.seller = Decayed(candidates.seller, policy.seller)
        self.category = Decayed(candidates.category, policy.category)
        self.weight = self.plain / policy.temperature
        self.highest = float(self.weight.max()) if size else 0.0
        self.power = np.exp(self.weight - self.highest)
        self.noise = Noise(seed, candidates.key)
        self.turn = np.zeros(size, np.uint64)
        self.height = self.weight - np.log(-np.log(self.noise.uniforms(slice(None))))
        self.last = np.inf  # the height of the last winner: all that are left are below it
        self.numbers = counting()

    def take(self) -> Slot:
        """The next slot; there must be a candidate left."""
        number = next(self.numbers)
        lane = self._lane(number)
        share = self.policy.random if self.random_left else 0.0
        arm, row = self._choose(number, share, lane)
        chance = self._chance(row, share, lane)
        slot = Slot(row, arm, float(np.log(chance)), *self._kept(row))
        self._remove(row)
        return slot

    def _lane(self, number: int) -> tuple[Rows, Floats] | None:
        """Who competes where slot `number` is of the lane."""
        every = self.policy.lane.every
        if number % every != every // 2:
            return None
        here = self.left[self.arms.lane]
        if not here.any():
            return None
        chance = self.arms.chance[here]
        return self.arms.lane[here], chance / chance.sum()

    def _choose(self, number: int, share: float, lane: tuple[Rows, Floats] | None) -> tuple[str, int]:
        if share and uniform(self.seed, COIN, number) < share:
            random = self.arms.random[self.left[self.arms.random]]
            return RANDOM, int(random[int(uniform(self.seed, CHOICE, number) * len(random))])
        if lane is not None:
            place = int(np.searchsorted(np.cumsum(lane[1]), uniform(self.seed, CHOICE, number)))
            return LANE, int(lane[0][min(place, len(lane[0]) - 1)])
        row = int(self.height.argmax())
        self.last = float(self.height[row])
        return RANKED, row

    def _chance(self, row: int, share: float, lane: tuple[Rows, Floats] | None) -> float:
        """The chance of `row` in this slot, by whichever arm."""
        chosen = self.power[row] / self.power.sum() if lane is None else lane[1][lane[0] == row].sum()
        by_accident = 1 / self.random_left if self.random[row] else 0.0
        return float(share * by_accident + (1 - share) * chosen)

    def _kept(self, row: int) -> tuple[float, float]:
        return float(np.exp(self.seller.log[row])), float(np.exp(self.category.log[row]))

    def _remove(self, row: int) -> None:
        self.left[row] = False
        self.random_left -= int(self.random[row])
        self.power[row], self.height[row] = 0.0, -np.inf
        changed = [mask for decayed in (self.seller, self.category) if (mask := decayed.show(row)) is not None]
        if changed:
            self._lower(np.flatnonzero(np.logical_or.reduce(changed) & self.left))

    def _lower(self, rows: Rows) -> None:
        """New weights for `rows`, and noise that is known to have lost to the last winner."""
        weight = (self.plain[rows] + self.seller.log[rows] + self.category.log[rows]) / self.policy.temperature
        self.turn[rows] += np.uint64(1)
        fresh = self.noise.uniforms(rows, self.turn[rows])
        self.power[rows] = np.exp(weight - self.highest)
        self.height[rows] = -np.logaddexp(-self.last, np.log(-np.log(fresh)) - weight)


def draw(candidates: Candidates, values: Values, arms: Arms, policy: Policy, *, seed: int, count: int) -> list[Slot]:
    """The first `count` slots, fewer where there are fewer candidates. O(count · N)."""
    drawing = Draw(candidates, values, arms, policy, seed)
    return [drawing.take() for _ in range(min(count, len(candidates)))]

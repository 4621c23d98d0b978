"""The loop of a draw, compiled.

A page has dozens of slots, and arrays as short as these cost NumPy more to call than to compute. Plain loops only:
whatever else Numba knows takes it several times as long to compile. The noise is that of `noise`, to the last bit.
"""

from typing import Any, NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

from laotie.engine.matching import noise

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]
BY_VALUE, IN_LANE, BY_CHANCE = 0, 1, 2
COIN, CHOICE = np.uint64(1), np.uint64(2)  # keys of the uniforms that decide a slot's arm and an arm's choice
GOLDEN, FIRST, SECOND = np.uint64(noise.GOLDEN), np.uint64(noise.FIRST), np.uint64(noise.SECOND)
SHIFT_1, SHIFT_2, SHIFT_3 = (np.uint64(shift) for shift in noise.SHIFTS)
SPARE, WHOLE = np.uint64(noise.SPARE), noise.WHOLE
GONE = -1  # the turn of a row that is in a slot
compiled = numba.njit(cache=True, nogil=True)


class Field(NamedTuple):
    """N candidates: `key` uint64, two `group` codes (N, 2), the logarithm of the value, and the share of each in the
    arms `random` and `lane`, which is used up."""

    key: Any
    group: Any
    log_value: Any
    random: Any
    lane: Any


class Rules(NamedTuple):
    """A `seed` that is mixed; the `share` of the random arm; every `every`-th slot is the lane's. `kept` (2, n): the
    logarithm of what decay by either group leaves after none, one, two … shown, and after all further ones."""

    seed: Any
    share: float
    every: int
    temperature: float
    kept: Any


@compiled  # type: ignore[untyped-decorator]
def mixed(bits: Any) -> Any:
    """`noise.mixed` of a uint64."""
    bits = bits + GOLDEN
    bits = (bits ^ (bits >> SHIFT_1)) * FIRST
    bits = (bits ^ (bits >> SHIFT_2)) * SECOND
    return bits ^ (bits >> SHIFT_3)


@compiled  # type: ignore[untyped-decorator]
def uniform(seed: Any, key: Any, turn: Any) -> Any:
    """`noise.uniform` of uint64s, the seed mixed already."""
    return (np.float64(mixed(mixed(key ^ seed) + GOLDEN * np.uint64(turn)) >> SPARE) + 0.5) * WHOLE


@compiled  # type: ignore[untyped-decorator]
def whole(share: Floats) -> Any:
    """The sum of the shares."""
    found = 0.0
    for row in range(len(share)):
        found += share[row]
    return found


@compiled  # type: ignore[untyped-decorator]
def row_at(share: Floats, point: float) -> Any:
    """The row that `point` falls on where the shares are laid end to end."""
    found = -1
    for row in range(len(share)):
        if share[row] > 0.0:
            found = row
            point -= share[row]
            if point <= 0.0:
                break
    return found


@compiled  # type: ignore[untyped-decorator]
def highest_row(height: Floats) -> Any:
    """The first row of the greatest height."""
    found = 0
    for row in range(1, len(height)):
        if height[row] > height[found]:
            found = row
    return found


@compiled  # type: ignore[untyped-decorator]
def fill(field: Field, rules: Rules, told: Rows, chance: Floats) -> None:
    """Fill as many slots as `told` (k, 4) has rows, at most N: with the row, its arm, and how many of each of its two
    groups were shown before it, up to the last that counts; `chance` (k,) with the chance of the row in this slot."""
    key, group, log_value, random, lane = field
    seed, share, every, temperature, kept = rules
    size, most = len(key), kept.shape[1] - 1
    shown, turn = np.zeros((size, 2), np.int64), np.zeros(size, np.int64)
    power, height = np.empty(size), np.empty(size)
    largest = log_value[highest_row(log_value)] / temperature if size else 0.0
    for row in range(size):
        weight = log_value[row] / temperature
        power[row] = np.exp(weight - largest)
        height[row] = weight - np.log(-np.log(uniform(seed, key[row], 0)))
    last = np.inf  # the height of the last winner: all that are left are below it
    for number in range(len(told)):
        random_left = whole(random)
        lane_left = whole(lane) if number % every == every // 2 else 0.0
        accident = share if random_left > 0.0 else 0.0
        if accident > 0.0 and uniform(seed, COIN, number) < accident:
            place = np.floor(uniform(seed, CHOICE, number) * random_left)
            arm, row = BY_CHANCE, row_at(random, place + 0.5)
        elif lane_left > 0.0:
            arm, row = IN_LANE, row_at(lane, uniform(seed, CHOICE, number) * lane_left)
        else:
            arm, row = BY_VALUE, highest_row(height)
            last = height[row]
        chosen = lane[row] / lane_left if lane_left > 0.0 else power[row] / whole(power)
        by_accident = random[row] / random_left if random_left > 0.0 else 0.0
        chance[number] = accident * by_accident + (1.0 - accident) * chosen
        told[number, 0], told[number, 1], told[number, 2], told[number, 3] = row, arm, shown[row, 0], shown[row, 1]
        power[row], height[row], random[row], lane[row], turn[row] = 0.0, -np.inf, 0.0, 0.0, GONE
        for other in range(size):  # what is left of its groups counts less from now on
            if turn[other] == GONE:
                continue
            lower, left = False, 0.0
            for by in range(2):
                if group[other, by] == group[row, by] and shown[other, by] < most:
                    lower |= kept[by, shown[other, by] + 1] != kept[by, shown[other, by]]
                    shown[other, by] += 1
                left += kept[by, shown[other, by]]
            if lower:
                weight = (log_value[other] + left) / temperature
                turn[other] += 1
                low = np.log(-np.log(uniform(seed, key[other], turn[other]))) - weight
                power[other] = np.exp(weight - largest)
                height[other] = -(max(-last, low) + np.log1p(np.exp(-abs(-last - low))))  # lost to the last winner

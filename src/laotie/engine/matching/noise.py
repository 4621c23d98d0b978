"""Uniform numbers that depend on a seed and a key alone, so that a draw can be repeated with other candidates around.

SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators" (OOPSLA 2014), figure 17.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
Floats = NDArray[np.float64]
GOLDEN, FIRST, SECOND = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
SHIFTS = 30, 27, 31
LAST = 2**64 - 1
WHOLE = 2.0**-53


class Noise:
    """The uniforms of `keys` (N,) under `seed`, turn after turn."""

    def __init__(self, seed: int, keys: Keys) -> None:
        self.begun = _all_mixed(keys ^ np.uint64(_mixed(seed & LAST)))

    def uniforms(self, rows: NDArray[Any] | slice, turn: NDArray[np.uint64] | int = 0) -> Floats:
        """One number in the open interval (0, 1) for the key of each of `rows`; another one for each of its turns."""
        bits = _all_mixed(self.begun[rows] + np.uint64(GOLDEN) * np.asarray(turn, np.uint64))
        return ((bits >> np.uint64(11)).astype(np.float64) + 0.5) * WHOLE


def uniforms(seed: int, keys: Keys, turn: NDArray[np.uint64] | int = 0) -> Floats:
    """One number in the open interval (0, 1) for each key (N,); another one for each `turn` of a key."""
    return Noise(seed, keys).uniforms(slice(None), turn)


def uniform(seed: int, key: int, turn: int = 0) -> float:
    """The same for one key, without an array for it."""
    begun = _mixed((key & LAST) ^ _mixed(seed & LAST))
    return ((_mixed((begun + GOLDEN * turn) & LAST) >> 11) + 0.5) * WHOLE


def _mixed(bits: int) -> int:
    bits = (bits + GOLDEN) & LAST
    bits = ((bits ^ (bits >> SHIFTS[0])) * FIRST) & LAST
    bits = ((bits ^ (bits >> SHIFTS[1])) * SECOND) & LAST
    return bits ^ (bits >> SHIFTS[2])


def _all_mixed(bits: Keys) -> Keys:
    first, second, third = (np.uint64(shift) for shift in SHIFTS)
    bits = bits + np.uint64(GOLDEN)
    bits = (bits ^ (bits >> first)) * np.uint64(FIRST)
    bits = (bits ^ (bits >> second)) * np.uint64(SECOND)
    return bits ^ (bits >> third)

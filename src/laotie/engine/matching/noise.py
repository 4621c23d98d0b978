"""Uniform numbers that depend on a seed and a key alone, so that a draw can be repeated with other candidates around.

SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators" (OOPSLA 2014), figure 17.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
Floats = NDArray[np.float64]
GOLDEN, FIRST, SECOND = (np.uint64(n) for n in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))
WHOLE = 2.0**-53


def uniforms(seed: int, keys: Keys, turn: NDArray[np.uint64] | int = 0) -> Floats:
    """One number in the open interval (0, 1) for each key (N,); another one for each `turn` of a key."""
    begun = _mixed(keys ^ _mixed(np.array([seed & (2**64 - 1)], np.uint64)))
    bits = _mixed(begun + GOLDEN * np.asarray(turn, np.uint64))
    return ((bits >> np.uint64(11)).astype(np.float64) + 0.5) * WHOLE


def uniform(seed: int, key: int, turn: int = 0) -> float:
    """The same for one key."""
    return float(uniforms(seed, np.array([key & (2**64 - 1)], np.uint64), turn)[0])


def _mixed(bits: NDArray[Any]) -> NDArray[np.uint64]:
    bits = bits + GOLDEN
    bits = (bits ^ (bits >> np.uint64(30))) * FIRST
    bits = (bits ^ (bits >> np.uint64(27))) * SECOND
    mixed: NDArray[np.uint64] = bits ^ (bits >> np.uint64(31))
    return mixed

"""Uniform numbers that depend on a seed and a key alone, so that a draw can be repeated with other candidates around.

SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators" (OOPSLA 2014), figure 17.
"""

GOLDEN, FIRST, SECOND = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
SHIFTS = 30, 27, 31
LAST, SPARE = 2**64 - 1, 11
WHOLE = 2.0**-53


def uniform(seed: int, key: int, turn: int = 0) -> float:
    """One number in the open interval (0, 1) for a key; another one for each `turn` of it."""
    begun = mixed(key ^ mixed(seed))
    return ((mixed(begun + GOLDEN * turn) >> SPARE) + 0.5) * WHOLE


def mixed(bits: int) -> int:
    """64 bits that say nothing of the last 64 of `bits`."""
    bits = (bits + GOLDEN) & LAST
    bits = ((bits ^ (bits >> SHIFTS[0])) * FIRST) & LAST
    bits = ((bits ^ (bits >> SHIFTS[1])) * SECOND) & LAST
    return bits ^ (bits >> SHIFTS[2])

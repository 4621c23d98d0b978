"""Who is seen: shares of exposure, counted from decisions and expected by the policy."""

from collections.abc import Hashable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from laotie.engine.matching.policy import Policy
from laotie.engine.matching.values import Candidates, value

Floats = NDArray[np.float64]


def share_of_exposure(seller: Hashable, decisions: Iterable[Sequence[Hashable]]) -> float:
    """The share of all slots in `decisions` (each: the sellers of its slots, in order) that `seller` has; 0 of none."""
    slots = [of for decision in decisions for of in decision]
    return slots.count(seller) / len(slots) if slots else 0.0


def first_slot_shares(candidates: Candidates, policy: Policy) -> Floats:
    """The chance (N,) of each candidate to be drawn into the first slot by its value: value^(1/T) / Σ value^(1/T)."""
    weight = np.log(value(candidates, policy).value) / policy.temperature
    power = np.exp(weight - weight.max())
    return np.asarray(power / power.sum(), np.float64)


def share_of_two(multiplier: float, policy: Policy) -> float:
    """The closed form in a market of two shops, alike but for the multiplier of the first: m^(1/T) / (m^(1/T) + 1)."""
    power = multiplier ** (1 / policy.temperature)
    return float(power / (power + 1))

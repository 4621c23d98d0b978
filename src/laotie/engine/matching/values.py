"""Values: Σ weight · P(action), what affinity adds, times the multiplier; and every part on its own."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laotie.engine.matching.policy import ACTIONS, LIFTS, Policy

Floats = NDArray[np.float64]
CODES = (*ACTIONS, *(f"lift.{name}" for name in LIFTS), "multiplier", "floor")
"""What a value is made of, in order; its parts sum to it."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """What is known of N candidates.

    key: uint64, the same for a thing in every request · seller, category: codes · rates: (N, ACTIONS) chances an
    exposure · affinity: (N, LIFTS) 0 … 1 · multiplier: (N,) of the thing and its seller together
    """

    key: NDArray[np.uint64]
    seller: NDArray[np.int64]
    category: NDArray[np.int64]
    rates: Floats
    affinity: Floats
    multiplier: Floats

    def __len__(self) -> int:
        return len(self.key)

    def taken(self, rows: NDArray[np.int64] | NDArray[np.bool_]) -> "Candidates":
        """Those of `rows` (indices, or a mask), in that order."""
        return Candidates(
            self.key[rows], self.seller[rows], self.category[rows], self.rates[rows], self.affinity[rows],
            self.multiplier[rows],
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Values:
    """`value` (N,) > 0; `parts` (N, CODES) sum to it."""

    value: Floats
    parts: Floats


def value(candidates: Candidates, policy: Policy) -> Values:
    """The values of `candidates` before anything is arranged."""
    worth = candidates.rates * np.asarray(policy.weights)
    lifts = _lifts(candidates, worth, policy)
    plain = worth.sum(axis=1) + lifts.sum(axis=1)
    scaled = plain * np.where(plain >= 0, candidates.multiplier, 1 / candidates.multiplier)
    final = np.maximum(scaled, policy.floor)
    parts = np.concatenate([worth, lifts, (scaled - plain)[:, None], (final - scaled)[:, None]], axis=1)
    return Values(final, parts)


def joined_multiplier(thing: Floats, seller: Floats, policy: Policy) -> Floats:
    """The multiplier of the mean of two scores: multipliers are powers of two of scores, so their geometric mean.

    NaN stands for what has no score: then the other one's alone; 1 where neither has one.
    """
    both = np.log2(np.stack([thing, seller]))
    known = ~np.isnan(both)
    mean = np.where(known, both, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    return np.asarray(np.clip(np.exp2(mean), *policy.bounds), np.float64)


def _lifts(candidates: Candidates, worth: Floats, policy: Policy) -> Floats:
    """What affinity adds to the wanted actions (N, LIFTS), together no more than the policy allows."""
    wanted = np.where(np.asarray(policy.weights) > 0, worth, 0.0).sum(axis=1)
    lifts = candidates.affinity * np.asarray(policy.lifts)
    whole = lifts.sum(axis=1)
    within = np.minimum(1.0, (policy.most_lift - 1) / np.maximum(whole, 1e-12))
    return np.asarray(lifts * (within * wanted)[:, None], np.float64)

"""Whose word weighs how much: fairness of reviewers, reliability of their reviews, goodness of what they judge.

REV2 / FairJudge (Kumar, Hooi, Makhija, Kumar, Faloutsos, Subrahmanian, WSDM 2018): a goodness is the mean of its
reviews weighted by reliability; a review is as reliable as its writer is fair and as it agrees with the goodness; a
reviewer is as fair as its reviews are reliable. Smoothed by priors, so that one review neither saves nor damns. What an
account *does* (0 … 1, 1: nothing odd) enters each review's reliability beside what it says, and outweighs it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
TURNS = 200
CLOSE = 1e-7


@dataclass(frozen=True, slots=True)
class Weights:
    """Reviews' worth of prior of a reviewer and of a thing; parts of reliability (fairness, agreement, behaviour)."""

    reviewer: float = 2.0
    thing: float = 2.0
    fairness: float = 1.0
    agreement: float = 1.0
    behaviour: float = 3.0


@dataclass(frozen=True, slots=True)
class Judged:
    """`fairness` a reviewer, `goodness` a thing (−1 … 1), `reliability` a review; the first and last 0 … 1."""

    fairness: Floats
    goodness: Floats
    reliability: Floats


def judge(
    reviewer: Ints, thing: Ints, rating: Floats, behaviour: Floats | None = None, weights: Weights | None = None
) -> Judged:
    """Judge reviews of `rating` −1 … 1 by `reviewer` of `thing`. `behaviour`: one an account; None: no traces kept."""
    weights = weights or Weights()
    written = np.bincount(reviewer)
    received = np.bincount(thing)
    middle = float(rating.mean()) if len(rating) else 0.0
    fairness, goodness = np.full(len(written), 0.75), np.full(len(received), middle)
    reliability = np.full(len(rating), 0.75)
    for _ in range(TURNS):
        before = reliability
        goodness = (weights.thing * middle + np.bincount(thing, reliability * rating, len(received))) / (
            weights.thing + np.bincount(thing, reliability, len(received))
        )
        reliability = _reliability(fairness[reviewer], 1 - np.abs(rating - goodness[thing]) / 2, weights,
                                   None if behaviour is None else behaviour[reviewer])  # fmt: skip
        usual = float(reliability.mean()) if len(rating) else 0.75
        fairness = (weights.reviewer * usual + np.bincount(reviewer, reliability, len(written))) / (
            weights.reviewer + written
        )
        if not len(rating) or np.abs(reliability - before).max() < CLOSE:
            break
    return Judged(fairness, goodness, reliability)


def _reliability(fairness: Floats, agreement: Floats, weights: Weights, behaviour: Floats | None) -> Floats:
    said = weights.fairness * fairness + weights.agreement * agreement
    whole = weights.fairness + weights.agreement
    if behaviour is None:
        return said / whole
    return (said + weights.behaviour * behaviour) / (whole + weights.behaviour)


def unfair(judged: Judged, reviewer: Ints, least: int = 5, below: float = 3.5) -> NDArray[np.bool_]:
    """Reviewers of `least` reviews or more whose fairness lies `below` robust deviations under the median's."""
    written = np.bincount(reviewer)
    enough = written >= least
    if not enough.any():
        return np.zeros(len(written), dtype=np.bool_)
    middle = np.median(judged.fairness[enough])
    spread = 1.4826 * np.median(np.abs(judged.fairness[enough] - middle)) + 1e-3
    marked: NDArray[np.bool_] = enough & (judged.fairness < middle - below * spread)
    return marked

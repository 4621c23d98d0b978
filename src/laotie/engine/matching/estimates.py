"""Rates of what people do with a thing that is shown: counts, shrunk to the category's rate and that to the prior."""

import numpy as np
from numpy.typing import NDArray

from laotie.engine.matching.policy import Policy

Floats = NDArray[np.float64]


def rates(events: Floats, exposures: Floats, category: NDArray[np.int64], policy: Policy) -> Floats:
    """Chances per exposure (N, actions), from `events` (N, actions), `exposures` (N,) and category codes 0 … C − 1.

    A category's rate is shrunk to the policy's prior, a thing's to its category's, both with `policy.strength`
    exposures: a beta-binomial mean on two levels.
    """
    prior = np.asarray(policy.prior)
    size = int(category.max()) + 1 if len(category) else 0
    seen = np.bincount(category, exposures, size)
    done = np.stack([np.bincount(category, column, size) for column in events.T], axis=1)
    of_category = (done + policy.strength * prior) / (seen + policy.strength)[:, None]
    found = (events + policy.strength * of_category[category]) / (exposures + policy.strength)[:, None]
    return np.clip(found, 0.0, 1.0)


def assumed_exposures(bought: Floats, category: NDArray[np.int64], policy: Policy, pay: int) -> Floats:
    """Exposures (N,) of a history that kept none: everything in a category as often as makes its rate of paying
    (column `pay` of the policy) the prior's. What was bought more was then liked better, not shown more."""
    size = int(category.max()) + 1 if len(category) else 0
    members = np.bincount(category, minlength=size)
    return (np.bincount(category, bought, size) / np.maximum(members, 1) / policy.prior[pay])[category]

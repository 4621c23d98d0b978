"""Whose evidence a shop inherits: closing a shop and opening another washes nothing, evidence follows the owner."""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def heirs(owner: Ints, opened: Floats, closed: Floats) -> Ints:
    """For each shop the one that answers for its deals: itself while open, else the owner's first that opened later.

    `owner`: the verified person or company behind a shop, −1 where unknown. `closed`: NaN while open. A shop that was
    closed and has no successor answers for itself. Successors of successors are followed to the end.
    """
    heir = np.arange(len(owner))
    for shop in np.flatnonzero(~np.isnan(closed) & (owner >= 0)):
        later = np.flatnonzero((owner == owner[shop]) & (opened > opened[shop]))
        if len(later):
            heir[shop] = later[np.lexsort((later, opened[later]))[0]]
    while (heir != heir[heir]).any():
        heir = heir[heir]
    return heir

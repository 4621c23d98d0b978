"""Linear judgements over n-grams: how a row is weighed, and what a sum over it says.

`rare`   (1 + log count) · idf, rows of length 1: rare n-grams speak louder
`there`  whether an n-gram is there at all, rows of length 1
Weights are those of a support vector machine, plain or on `there` scaled by the log-count ratio of naive Bayes
(NB-SVM: Wang & Manning, ACL 2012), or the ratio itself.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float32]
Labels = NDArray[np.bool_]
SMOOTH = 1.0  # added to every count of naive Bayes


@dataclass(frozen=True, slots=True)
class Member:
    """A weighted sum over n-grams up to `longest`, on rows weighed as `view` says; margins have deviation 1."""

    view: str
    longest: int
    weights: Floats
    bias: float


def idf(counts: sparse.csr_matrix) -> Floats:
    """log((1 + texts) / (1 + texts with it)) + 1 for each bucket."""
    held = np.bincount(counts.indices, minlength=counts.shape[1])
    return np.asarray(np.log((1 + counts.shape[0]) / (1 + held)) + 1, dtype=np.float32)


def weighed(counts: sparse.csr_matrix, view: str, rarity: Floats) -> sparse.csr_matrix:
    """Rows as `view` says, of length 1."""
    rows = counts.copy()
    rows.data = (1 + np.log(counts.data)) * rarity[counts.indices] if view == "rare" else np.ones_like(counts.data)
    squares = np.add.reduceat(np.append(rows.data**2, 0.0), rows.indptr[:-1]) * (np.diff(rows.indptr) > 0)
    rows.data = (rows.data / np.sqrt(np.repeat(squares, np.diff(rows.indptr)))).astype(np.float32)
    return rows


def ratio(counts: sparse.csr_matrix, positive: Labels) -> Floats:
    """The log-count ratio of naive Bayes for each bucket: above zero where it speaks for `positive`."""
    here, there = (
        np.bincount(counts[side].indices, minlength=counts.shape[1]) + SMOOTH for side in (positive, ~positive)
    )
    return np.asarray(np.log((here / here.sum()) / (there / there.sum())), dtype=np.float32)


def scaled(member: Member, margins: NDArray[np.float64]) -> Member:
    """The member with margins of deviation 1, so that members can be added up."""
    spread = float(margins.std()) or 1.0
    return Member(member.view, member.longest, member.weights / np.float32(spread), member.bias / spread)


def margins(member: Member, rows: sparse.csr_matrix) -> NDArray[np.float64]:
    """Above zero: positive. `rows` are weighed as the member's view says, over its own n-grams."""
    return np.asarray(rows @ member.weights + member.bias, dtype=np.float64)

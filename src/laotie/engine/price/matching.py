"""Listings that may be the same item, and how alike they are.

Candidates share rare words or facts (blocking). Their likeness is a logistic sum of twelve signs and of the products of
each two, with weights published in `likeness.json`: fitted once on half of a catalogue whose identifiers were hidden
(`benchmarks.price --fit`). Price is no sign: who asks too much must not thereby escape comparison.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy import sparse
from scipy.special import expit

from laotie.engine.price.tokens import Rows, unit

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
COMMON = 150  # a word or fact of more listings than this brings nobody together
NEAREST = 20  # candidates of a listing
FACTS = 1.0  # how much likeness of facts counts beside that of words when candidates are sought
CHUNK = 2000  # rows multiplied at once
PIECE = 100_000  # candidates looked at at once
SIGNS = (
    "cosine", "contained", "words shared", "words alone", "words of one", "marks shared", "marks alone",
    "facts' rarity", "facts shared", "facts differ", "share of facts that differ", "other brand",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weights:
    """A weight for each of `products` of signs, and the level."""

    weights: Floats
    level: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """`one[k]` < `other[k]`: rows of listings; `signs` (candidates, SIGNS)."""

    one: Ints
    other: Ints
    signs: Floats

    def probability(self, weights: Weights | None = None) -> Floats:
        """How sure it is that the two are one item, 0 … 1. None: the published weights."""
        held = weights or published()
        sure: Floats = expit(products(self.signs) @ held.weights + held.level)
        return sure


@cache
def published() -> Weights:
    """The weights of `likeness.json`."""
    held = json.loads((files("laotie.engine.price") / "likeness.json").read_text())
    return Weights(np.array(held["weights"]), float(held["level"]))


def products(signs: Floats) -> Floats:
    """The signs, and the product of each two of them, each with itself too: (candidates, 12 + 78)."""
    one, other = np.triu_indices(signs.shape[1])
    return np.concatenate([signs, signs[:, one] * signs[:, other]], axis=1)


def candidates(listings: pa.Table, rows: Rows) -> Likeness:
    """Each listing with its `NEAREST` by rare words and facts, within one category where both name theirs."""
    rare = sparse.hstack([_rare(unit(rows.words)), _rare(unit(rows.facts)) * FACTS], format="csr")
    turned = rare.T.tocsr()
    pairs = [_nearest(rare[first : first + CHUNK] @ turned, first) for first in range(0, rare.shape[0], CHUNK)]
    keys = np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *pairs]))
    one, other = keys // max(rare.shape[0], 1), keys % max(rare.shape[0], 1)
    category = codes(listings["category"])
    kept = (category[one] == category[other]) | (category[one] < 0) | (category[other] < 0)
    one, other = one[kept], other[kept]
    return Likeness(one, other, signs(listings, rows, one, other))


def signs(listings: pa.Table, rows: Rows, one: Ints, other: Ints) -> Floats:
    """The signs of each two listings, in the order of `SIGNS`; sums of nats and numbers of facts as ln(1 + x)."""
    normal, has_word, has_fact = unit(rows.words), _has(rows.words), _has(rows.facts)
    words, marks = _Both(rows.words, has_word, one, other), _Both(rows.marks, _has(rows.marks), one, other)
    agree = _shared(has_fact, has_fact, one, other)
    differ = np.maximum(_shared(rows.names, rows.names, one, other) - agree, 0.0)
    amounts = [
        words.shared, words.alone, words.more, marks.shared, marks.alone,
        _shared(rows.facts, has_fact, one, other), agree, differ,
    ]  # fmt: skip
    brand = codes(listings["brand"])
    other_brand = (brand[one] != brand[other]) & (brand[one] >= 0) & (brand[other] >= 0)
    columns = [
        _shared(normal, normal, one, other), words.contained, *map(np.log1p, amounts),
        differ / (differ + agree + 1), other_brand,
    ]  # fmt: skip
    return np.stack(columns, axis=1).astype(np.float64)


class _Both:
    """The nats that two rows share, and what the poorer and the richer of them has alone."""

    def __init__(self, rare: sparse.csr_array, has: sparse.csr_array, one: Ints, other: Ints) -> None:
        whole = np.asarray(rare.sum(axis=1)).ravel()
        poorer, richer = np.minimum(whole[one], whole[other]), np.maximum(whole[one], whole[other])
        self.shared = _shared(rare, has, one, other)
        self.alone, self.more = np.maximum(poorer - self.shared, 0), np.maximum(richer - self.shared, 0)
        self.contained = self.shared / np.maximum(poorer, 1e-9)


def codes(column: pa.ChunkedArray) -> Ints:
    """A whole number for each value, in one spelling; −1 for none."""
    values = [(value or "").strip().casefold() for value in column.to_pylist()]
    names = {name: code for code, name in enumerate(sorted(set(values) - {""}))}
    return np.array([names.get(value, -1) for value in values], dtype=np.int64)


def _rare(table: sparse.csr_array) -> sparse.csr_array:
    """Only the columns that few rows have."""
    seen = np.asarray(_has(table).sum(axis=0)).ravel()
    kept = (table * (seen <= COMMON)[None, :]).tocsr()
    kept.eliminate_zeros()
    return kept


def _has(table: sparse.csr_array) -> sparse.csr_array:
    return (table > 0).astype(float).tocsr()


def _nearest(scores: sparse.csr_array, first: int) -> Ints:
    """Keys lower · size + higher of the best of each row."""
    size = scores.shape[1]
    row = np.repeat(np.arange(scores.shape[0]), np.diff(scores.indptr)) + first
    column, score = scores.indices.astype(np.int64), scores.data
    two = row != column
    row, column, score = row[two], column[two], score[two]
    order = np.lexsort((column, -score, row))
    row, column = row[order], column[order]
    near = np.arange(len(row)) - np.searchsorted(row, row) < NEAREST
    row, column = row[near], column[near]
    keys: Ints = np.minimum(row, column) * size + np.maximum(row, column)
    return keys


def _shared(left: sparse.csr_array, right: sparse.csr_array, one: Ints, other: Ints) -> Floats:
    """Row by row the product of `left[one]` and `right[other]`."""
    parts = [
        np.asarray((left[one[at : at + PIECE]] * right[other[at : at + PIECE]]).sum(axis=1)).ravel()
        for at in range(0, len(one), PIECE)
    ]
    return np.concatenate([np.zeros(0), *parts])

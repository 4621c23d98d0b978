"""Texts as counts of hashed character n-grams: no vocabulary to learn, to store or to leak."""

import unicodedata
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

LONGEST_TEXT = 1000  # characters that are read; a market's reviews are no longer
START, END = "\x02", "\x03"
SEED, PRIME, MIX = (np.uint64(n) for n in (0xCBF29CE484222325, 0x100000001B3, 0x9E3779B97F4A7C15))  # FNV-1a, Fibonacci


def cleaned(text: str) -> str:
    """Full-width forms made plain, lower case, one space for any white space, at most LONGEST_TEXT characters."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST_TEXT]).lower()
    return " ".join(plain.split())


def grams(texts: Sequence[str], bits: Sequence[int]) -> sparse.csr_matrix:
    """Counts (float32) of the n-grams of 1 to len(`bits`) characters, start and end among them; one row a text.

    Those of length n share 2^bits[n − 1] buckets of their own, after those of the shorter ones: the many long n-grams
    do not crowd out the short. O(characters × lengths).
    """
    signs, row = _signs(texts)
    hashed = np.full(len(signs), SEED, dtype=np.uint64)
    rows, buckets, first = [], [], 0
    for length, width in enumerate(bits, 1):
        kept = max(len(signs) - length + 1, 0)
        hashed = (hashed[:kept] ^ signs[length - 1 :]) * PRIME
        hashed ^= hashed >> np.uint64(29)
        whole = row[:kept] == row[length - 1 :]  # does not run over into the next text
        rows.append(row[:kept][whole])
        buckets.append(first + ((hashed * MIX) >> np.uint64(64 - width))[whole].astype(np.int64))
        first += 1 << width
    return _counted(np.concatenate(rows), np.concatenate(buckets), (len(texts), first))


def _signs(texts: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """All code points one after the other, and the text that each is of."""
    marked = [f"{START}{cleaned(text)}{END}" for text in texts]
    signs = np.frombuffer("".join(marked).encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    return signs, np.repeat(np.arange(len(marked)), [len(text) for text in marked])


def _counted(rows: NDArray[np.int64], buckets: NDArray[np.int64], shape: tuple[int, int]) -> sparse.csr_matrix:
    ones = np.ones(len(rows), dtype=np.float32)
    counted = sparse.csr_matrix((ones, (rows, buckets)), shape=shape)
    counted.sum_duplicates()
    return counted

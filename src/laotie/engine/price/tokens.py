"""Words, model numbers and facts of listings, as sparse rows.

Latin words and numbers as they stand, Chinese in pairs of characters. A word with a digit in it is a *mark*:
"006R90321" or "250gb" tells one item from its sister, "black" does not.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from scipy import sparse

LEAST = 10_000  # a small market's words are as telling as a large one's: likeness was fitted on a large one
WORD = re.compile(r"[a-z0-9](?:[a-z0-9]|[-./+](?=[a-z0-9]))*|[㐀-鿿]+")


@dataclass(frozen=True, slots=True)
class Rows:
    """One row a listing. `words`: the rarity of each word it has, in nats; `marks`: the same of words with a digit;
    `facts`: the rarity of each "name=value", in nats; `names`: 1 for each name of a fact."""

    words: sparse.csr_array
    marks: sparse.csr_array
    facts: sparse.csr_array
    names: sparse.csr_array


def words(text: str | None) -> list[str]:
    """The distinct words of a text, in order."""
    plain = unicodedata.normalize("NFKC", text or "").lower()
    found: dict[str, None] = {}
    for word in WORD.findall(plain):
        if word[0] < "㐀":
            found |= dict.fromkeys([word, *([word.replace("-", "")] if "-" in word else [])])
        else:
            found |= dict.fromkeys([word[n : n + 2] for n in range(max(len(word) - 1, 1))])
    return list(found)


def rows(listings: pa.Table) -> Rows:
    """The rows of `listings` (see `listings.SCHEMA`). A brand's words are no words of its goods."""
    texts = [
        [word for word in words(title) if word not in set(words(brand))]
        for title, brand in zip(listings["title"].to_pylist(), listings["brand"].to_pylist(), strict=True)
    ]
    seen, vocabulary = _count(texts)
    rare = _by_rarity(seen)
    marked = np.array([any(map(str.isdigit, word)) for word in vocabulary], dtype=float)
    marks = (rare * marked[None, :]).tocsr()
    marks.eliminate_zeros()
    facts = [_facts(held) for held in listings["facts"].to_pylist()]
    pairs, _ = _count([[f"{name}={value}" for name, value in held] for held in facts])
    names, _ = _count([[name for name, _ in held] for held in facts])
    return Rows(rare, marks, _by_rarity(pairs), names)


def unit(table: sparse.csr_array) -> sparse.csr_array:
    """The rows at length 1; empty ones stay empty."""
    length = np.sqrt(np.asarray((table * table).sum(axis=1)).ravel())
    return (table * np.divide(1.0, length, out=np.zeros_like(length), where=length > 0)[:, None]).tocsr()


def _by_rarity(seen: sparse.csr_array) -> sparse.csr_array:
    """Each entry the nats by which its column is rare: ln((rows + 1) / (rows with it + ½)), of LEAST rows or more."""
    held = np.asarray(seen.sum(axis=0)).ravel()
    return (seen * np.log((max(seen.shape[0], LEAST) + 1) / (held + 0.5))[None, :]).tocsr()


def _facts(held: Iterable[tuple[str, str | None]] | None) -> list[tuple[str, str]]:
    """Names and values in one spelling, those without a value left out."""
    found = {}
    for name, value in held or ():
        if value and (plain := " ".join(words(str(value)))):
            found[" ".join(words(name)) or name] = plain
    return list(found.items())


def _count(texts: Sequence[Sequence[str]]) -> tuple[sparse.csr_array, list[str]]:
    vocabulary: dict[str, int] = {}
    columns = [vocabulary.setdefault(word, len(vocabulary)) for text in texts for word in text]
    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    ones = np.ones(len(columns))
    starts = np.concatenate([[0], np.cumsum(lengths)])
    shape = (len(texts), max(len(vocabulary), 1))
    table = sparse.csr_array((ones, np.array(columns, dtype=np.int64), starts), shape=shape)
    table.sort_indices()
    return table, list(vocabulary) or [""]

"""Whole numbers by two keys (an entity and a category, an entity and a product), kept in order so that a few more are
added without sorting all again."""

from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Texts = NDArray[np.str_]
Key = TypeVar("Key", np.str_, np.int64)


@dataclass(frozen=True, slots=True)
class Pairs:
    """`row` and `other`: places in the sorted keys `names` and `others`, in rising order, each pair once. `deals` and
    `net` (minor units kept) of each pair; one without either is left out."""

    names: Texts
    others: Texts
    row: Ints
    other: Ints
    deals: Ints
    net: Ints

    def plus(self, more: "Pairs") -> "Pairs":
        """The sums of both. O(self) in copying, O(more · log(self)) in searching."""
        names, others = united(self.names, more.names), united(self.others, more.others)
        (row, other), (new_row, new_other) = (each._placed(names, others) for each in (self, more))
        own, new = (rows * len(others) + columns for rows, columns in ((row, other), (new_row, new_other)))
        place, known = looked_up(own, new)
        fresh = np.flatnonzero(~known)

        def inserted(mine: Ints, theirs: Ints) -> Ints:
            return np.insert(mine, place[fresh], theirs[fresh]) if len(fresh) else mine

        def added(mine: Ints, theirs: Ints) -> Ints:
            summed = np.array(mine)
            summed[place[known]] += theirs[known]
            return inserted(summed, theirs)

        row, other = inserted(row, new_row), inserted(other, new_other)
        return Pairs(names, others, row, other, added(self.deals, more.deals), added(self.net, more.net)).held()

    def less(self, gone: "Pairs") -> "Pairs":
        """Without the deals of others."""
        return self.plus(replace(gone, deals=-gone.deals, net=-gone.net))

    def held(self) -> "Pairs":
        """Those with deals. Of what is added or taken away there may be as many as before, of another value."""
        held = (self.deals != 0) | (self.net != 0)
        if held.all():
            return self
        return replace(self, **{name: getattr(self, name)[held] for name in ("row", "other", "deals", "net")})

    def pruned(self) -> "Pairs":
        """Without keys of which there is no pair."""
        rows, row = np.unique(self.row, return_inverse=True)
        others, other = np.unique(self.other, return_inverse=True)
        return Pairs(self.names[rows], self.others[others], row, other, self.deals, self.net)

    def _placed(self, names: Texts, others: Texts) -> tuple[Ints, Ints]:
        """The places among longer lists of keys."""
        row = self.row if names is self.names else places(names, self.names)[self.row]
        other = self.other if others is self.others else places(others, self.others)[self.other]
        return row, other


def pairs_of(rows: Pairs) -> Pairs:
    """The same in order and each once, of rows in any order."""
    keys, place = np.unique(rows.row * max(len(rows.others), 1) + rows.other, return_inverse=True)
    summed = [np.zeros(len(keys), dtype=np.int64) for _ in range(2)]
    for whole, values in zip(summed, (rows.deals, rows.net), strict=True):
        np.add.at(whole, place, values)
    row, other = np.divmod(keys, max(len(rows.others), 1))
    return Pairs(rows.names, rows.others, row, other, *summed).held()


def no_pairs() -> Pairs:
    """None."""
    none, nobody = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.str_)
    return Pairs(nobody, nobody, none, none, none, none)


def united(one: Texts, other: Texts) -> Texts:
    """All keys of two sorted lists, sorted; the first itself where it has them all."""
    if not len(one) or not len(other):
        return one if len(one) else other
    place, known = looked_up(one, other)
    fresh = other[~known]
    if not len(fresh):
        return one
    wide = one.astype(np.result_type(one, fresh), copy=False)
    return np.insert(wide, place[~known], fresh)


def places(among: Texts, names: Texts) -> Ints:
    """The place of each of `names` in `among`, which is sorted and has them all."""
    return np.arange(len(names)) if _same(among, names) else np.searchsorted(among, names)


def looked_up(among: NDArray[Key], names: NDArray[Key]) -> tuple[Ints, NDArray[np.bool_]]:
    """Where each of `names` is in the sorted `among`, or would be; and whether it is there."""
    if _same(among, names):
        return np.arange(len(names)), np.ones(len(names), np.bool_)
    place = np.searchsorted(among, names)
    if not len(among):
        return place, np.zeros(len(names), np.bool_)
    return place, np.asarray(among[np.minimum(place, len(among) - 1)] == names)


def _same(one: NDArray[Key], other: NDArray[Key]) -> bool:
    """Lists of keys are often the same, and then nobody need be searched."""
    return one is other or (len(one) == len(other) and bool((one == other).all()))


def coded(column: pa.ChunkedArray) -> tuple[Texts, Ints]:
    """The sorted distinct keys of a column as text (null is ""), and each row's place among them."""
    encoded = pc.dictionary_encode(column.combine_chunks(), null_encoding="encode")
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    texts = encoded.dictionary.cast(pa.string()).fill_null("")
    order = np.asarray(pc.array_sort_indices(texts), dtype=np.int64)
    names = _fixed(texts.take(pa.array(order)))
    first = np.ones(len(names), np.bool_)
    first[1:] = names[1:] != names[:-1]  # a key may be "" beside null
    place = np.empty(len(names), dtype=np.int64)
    place[order] = np.cumsum(first) - 1
    return names[first], place[np.asarray(encoded.indices, dtype=np.int64)]


def _fixed(texts: pa.Array) -> Texts:
    """Texts as NumPy's, of one width; those that are ASCII without an object for each."""
    width = pc.max(pc.binary_length(texts)).as_py()
    if not width or not pc.all(pc.string_is_ascii(texts)).as_py():
        return np.array(texts.to_pylist(), dtype=np.str_)
    padded = pc.ascii_rpad(texts, width, "\0")
    start = np.frombuffer(padded.buffers()[1], dtype=np.int32)[padded.offset]
    return np.frombuffer(padded.buffers()[2], dtype=f"S{width}", count=len(padded), offset=int(start)).astype(np.str_)

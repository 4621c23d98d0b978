"""Sorted lists of keys as text: read from columns, looked up in one another, joined."""

from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Texts = NDArray[np.str_]
Signs = NDArray[np.uint8]
Key = TypeVar("Key", np.str_, np.int64)
ASCII = 128
SHORT = 8  # bytes of a whole number
FEWER = 16  # times as many keys; to make numbers of them takes longer than to look up a few
EVERY = 128  # keys that one is looked up for, where two lists are nearly the same


def joined(one: Texts, other: Texts) -> tuple[Texts, Ints, Ints]:
    """All keys of two lists, sorted (the first itself where it has them all), and where those of each are."""
    place, known = looked_up(one, other)
    if known.all():
        return one, np.arange(len(one)), place
    fresh = np.flatnonzero(~known)
    wide = one.astype(np.result_type(one, other), copy=False)
    before = np.cumsum(np.bincount(place[fresh], minlength=len(one) + 1))  # fresh keys up to each of the first
    names = np.insert(wide, place[fresh], other[fresh])
    return names, np.arange(len(one)) + before[:-1], place + np.cumsum(~known) - ~known


def places(among: Texts, names: Texts) -> Ints:
    """The place of each of `names` in `among`, which has them all."""
    return looked_up(among, names)[0]


def looked_up(among: NDArray[Key], names: NDArray[Key]) -> tuple[Ints, NDArray[np.bool_]]:
    """Where each of `names`, sorted too, is in `among`, or would be; and whether it is there."""
    if same(among, names):
        return np.arange(len(names)), np.ones(len(names), np.bool_)
    if not len(among):
        return np.zeros(len(names), np.int64), np.zeros(len(names), np.bool_)
    if abs(len(among) - len(names)) * EVERY < len(names):
        return _looked_up_nearby(among, names)
    if len(names) * FEWER > len(among) and (numbers := _as_numbers(among, names)):
        return _searched(*numbers)
    return _searched(among, names)


def _searched(among: NDArray[Any], names: NDArray[Any]) -> tuple[Ints, NDArray[np.bool_]]:
    place = np.searchsorted(among, names)
    return place, np.asarray(among[np.minimum(place, len(among) - 1)] == names)


def _looked_up_nearby(among: NDArray[Key], names: NDArray[Key]) -> tuple[Ints, NDArray[np.bool_]]:
    """The same of lists that have most keys in common: where one is, its next ones are likely to follow."""
    some = np.arange(0, len(names), EVERY)
    ahead = np.repeat(np.searchsorted(among, names[some]) - some, EVERY)[: len(names)]
    place = np.minimum(np.arange(len(names)) + ahead, len(among) - 1)
    known = np.asarray(among[place] == names)
    rest = np.flatnonzero(~known)
    place[rest] = np.searchsorted(among, names[rest])
    known[rest] = among[np.minimum(place[rest], len(among) - 1)] == names[rest]
    return place, known


def same(one: NDArray[Key], other: NDArray[Key]) -> bool:
    """Lists of keys are often the same, and then nobody need be searched."""
    return one is other or (len(one) == len(other) and bool((one == other).all()))


def coded(column: pa.ChunkedArray) -> tuple[Texts, Ints]:
    """The sorted distinct keys of a column as text (null is ""), and each row's place among them."""
    encoded = pc.dictionary_encode(column.combine_chunks(), null_encoding="encode")
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    texts = encoded.dictionary.cast(pa.string()).fill_null("")
    names, order = _in_order(texts)
    first = np.ones(len(names), np.bool_)
    first[1:] = names[1:] != names[:-1]  # a key may be "" beside null
    place = np.empty(len(names), dtype=np.int64)
    place[order] = np.cumsum(first) - 1
    return names[first], place[np.asarray(encoded.indices, dtype=np.int64)]


def distinct(texts: Texts) -> tuple[Texts, Ints]:
    """The sorted distinct of many texts, and each one's place among them. Few are told apart by what they are made of,
    without a text for each."""
    made_of = pa.py_buffer(np.ascontiguousarray(texts))
    whole = pa.FixedSizeBinaryArray.from_buffers(pa.binary(texts.itemsize), len(texts), [None, made_of])
    encoded = whole.dictionary_encode()
    some = np.frombuffer(encoded.dictionary.buffers()[1], dtype=texts.dtype, count=len(encoded.dictionary))
    names, place = np.unique(some, return_inverse=True)
    return names, place[np.asarray(encoded.indices)]


def _in_order(texts: pa.Array) -> tuple[Texts, Ints]:
    """Texts in rising order as NumPy's, of one width, and where each was."""
    signs = _signs(texts)
    if signs is None or signs.shape[1] > SHORT:
        order = np.asarray(pc.array_sort_indices(texts), dtype=np.int64)
    else:
        order = np.argsort(_numbers(signs))
    if signs is None:
        return np.array(texts.take(pa.array(order)).to_pylist(), dtype=np.str_), order
    return signs[order].astype(np.uint32).view(f"U{signs.shape[1]}").ravel(), order


def _signs(texts: pa.Array) -> Signs | None:
    """The characters of texts that are ASCII, as rows of one width; None where they are not, or none has any."""
    width = pc.max(pc.binary_length(texts)).as_py()
    if not width or not pc.all(pc.string_is_ascii(texts)).as_py():
        return None
    padded = pc.ascii_rpad(texts, width, "\0")
    start = int(np.frombuffer(padded.buffers()[1], dtype=np.int32)[padded.offset])
    signs = np.frombuffer(padded.buffers()[2], dtype=np.uint8, count=len(padded) * width, offset=start)
    return signs.reshape(len(padded), width)


def _as_numbers(*lists: NDArray[Any]) -> list[NDArray[np.uint64]]:
    """Lists of short keys as whole numbers in the same order, which compare many times as fast; none where any key is
    longer, or no text of ASCII."""
    found = []
    for each in lists:
        width = each.dtype.itemsize // 4
        if each.dtype.kind != "U" or width > SHORT:
            return []
        signs = np.ascontiguousarray(each).view(np.uint32).reshape(len(each), width)
        if (signs >= ASCII).any():
            return []
        found.append(_numbers(signs))
    return found


def _numbers(signs: NDArray[np.unsignedinteger[Any]]) -> NDArray[np.uint64]:
    """Rows of at most eight characters as whole numbers in the same order."""
    whole = np.zeros((len(signs), SHORT), dtype=np.uint8)
    whole[:, : signs.shape[1]] = signs
    return whole.view(">u8").ravel().astype(np.uint64)

"""Sorted lists of keys: what is found in one another, and joined, whatever they have in common."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laotie.engine.scores.keys import EVERY, coded, distinct, joined, looked_up

lists = st.lists(st.text("abcü", max_size=4) | st.text("ab", min_size=7, max_size=10), unique=True).map(
    lambda keys: np.array(sorted(keys), dtype=np.str_)
)


@given(lists, lists)
def test_what_is_joined_has_all_keys_in_order(one, other):
    names, own, theirs = joined(one, other)
    assert names.tolist() == sorted({*one.tolist(), *other.tolist()})
    assert names[own].tolist() == one.tolist()
    assert names[theirs].tolist() == other.tolist()


@given(st.lists(st.text("abü\U0001f9f5", max_size=3)))
def test_distinct_texts_are_in_order_and_found_again(texts):
    names, place = distinct(np.array(texts, dtype=np.str_))
    assert names.tolist() == sorted(set(texts))
    assert names[place].tolist() == texts


@given(st.sampled_from(["aZ0~", "aZ0ü", "01"]), st.integers(0, 12), st.data())
def test_a_column_is_coded_in_the_order_of_its_keys(letters, width, data):
    keys = data.draw(st.lists(st.none() | st.text(letters, max_size=width), max_size=20))
    names, place = coded(pa.chunked_array([pa.array(keys, pa.string())]))
    assert names.tolist() == sorted({key or "" for key in keys})
    assert names[place].tolist() == [key or "" for key in keys]


def test_whole_numbers_are_coded_as_text():
    names, place = coded(pa.chunked_array([pa.array([7, 30, None, 7, 123_456_789_012])]))
    assert names.tolist() == ["", "123456789012", "30", "7"]
    assert place.tolist() == [3, 2, 0, 3, 1]


@pytest.mark.parametrize("gone", [[0], [-1], [500], [0, 1, 2], list(range(700, 706)), [3, 400, -1]])
@pytest.mark.parametrize("come", [[], ["0"], ["9"], ["1500.5", "1500.6"], ["0", "1200.1", "9"]])
def test_lists_that_are_nearly_the_same_are_looked_up_as_others_are(gone, come):
    among = np.array([str(number) for number in range(1000, 3000)])
    names = np.array(sorted([*np.delete(among, gone), *come]))
    assert abs(len(among) - len(names)) * EVERY < len(names), "else they are looked up in the other way"
    for one, other in ((among, names), (names, among)):
        place, known = looked_up(one, other)
        assert place.tolist() == np.searchsorted(one, other).tolist()
        assert known.tolist() == np.isin(other, one).tolist()

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laotie.kit.money import BadAmount, Money, split


def test_reads_and_writes_minor_units():
    assert Money.parse("69.90", "CNY") == Money(6990, "CNY")
    assert str(Money(6990, "CNY")) == "¥69.90"
    assert str(Money(-5, "USD")) == "-$0.05"
    assert Money.parse("500", "JPY") == Money(500, "JPY")


@pytest.mark.parametrize("text", ["", "abc", "1.234", "NaN", "Infinity", "1e30"])
def test_refuses_what_is_no_amount(text):
    with pytest.raises(BadAmount):
        Money.parse(text, "CNY")


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**6), min_size=1, max_size=20))
def test_a_split_loses_nothing(minor, weights):
    parts = split(minor, weights)
    assert sum(parts) == minor
    assert min(parts) >= 0

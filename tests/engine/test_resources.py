"""What a score opens: the multiplier against its closed form."""

import numpy as np
import pytest

from laotie.engine.scores import resources, rulebook

RULE = rulebook.published().resources


def multipliers(figures, deals, category, least=1):
    return resources.multipliers(np.array(figures), np.array(deals), np.array(category), RULE, least)


def test_the_closed_form():
    figures = np.linspace(4.0, 4.8, 9)  # p50 = 4.40, p90 = 4.72
    found = multipliers(figures, [30] * 9, ["a"] * 9)
    assert found[0] == pytest.approx(2 ** (0.5 * (4.0 - 4.4) / 0.32))
    assert found[4] == 1.0
    assert found[8] == pytest.approx(2 ** (0.5 * (4.8 - 4.4) / 0.32))


def test_the_only_one_of_its_kind_is_measured_against_all():
    figures, deals, category = [4.2, 4.4, 4.6, 4.3], [300] * 4, ["a", "a", "a", "b"]
    assert multipliers(figures, deals, category, least=1)[3] == 1.0
    assert multipliers(figures, deals, category, least=2)[3] < 1.0


def test_without_deals_nothing_is_opened_or_shut():
    assert multipliers([3.0, 5.0], [0, 0], ["a", "a"]).tolist() == [1.0, 1.0]

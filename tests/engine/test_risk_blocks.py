"""Dense blocks: planted ones are found whatever they hide behind, an honest market gives none."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laotie.engine.risk import blocks, peeling, support
from laotie.engine.risk.market import null, pairs

BUYERS, SHOPS = 2000, 400


def honest(random, buyers=BUYERS, shops=SHOPS):
    """Deals of buyers who like some shops more than others, because those are famous."""
    fame = 1 / (np.arange(shops) + 5.0) ** 0.8
    buyer = np.repeat(np.arange(buyers), random.geometric(0.2, buyers))
    return buyer, random.choice(shops, len(buyer), p=fame / fame.sum())


def planted(random, density=0.5, camouflage=0):
    """A block of buyers 0 … 59 and shops 100 … 109 among honest deals; `camouflage`: deals elsewhere for each."""
    buyer, shop = honest(random)
    kept = buyer >= 60
    row, column = np.nonzero(random.random((60, 10)) < density)
    hidden = random.choice(row, camouflage * len(row))
    elsewhere = random.choice(shop, len(hidden))
    return pairs(
        np.concatenate([buyer[kept], row, hidden]), np.concatenate([shop[kept], column + 100, elsewhere]), BUYERS, SHOPS
    )


@pytest.mark.parametrize("camouflage", [0, 1])
def test_a_planted_block_is_found_and_only_it(camouflage):
    (found,) = blocks.find(planted(np.random.default_rng(1), camouflage=camouflage))
    assert found.shops.tolist() == list(range(100, 110))
    assert len(np.intersect1d(found.buyers, np.arange(60))) >= 58
    assert len(found.buyers) <= 65
    assert found.pairs > 20 * found.expected
    assert (found.worth > 0).all()


def test_two_blocks_are_found_one_after_the_other():
    random = np.random.default_rng(2)
    first = planted(random)
    row, column = np.nonzero(random.random((40, 8)) < 0.6)
    both = pairs(np.concatenate([first.buyer, row + 500]), np.concatenate([first.shop, column + 300]), BUYERS, SHOPS)
    assert sorted(found.shops[0] for found in blocks.find(both)) == [100, 300]


@pytest.mark.parametrize("seed", range(5))
def test_an_honest_market_gives_no_block(seed):
    assert blocks.find(pairs(*honest(np.random.default_rng(seed)), BUYERS, SHOPS)) == []


def test_tastes_are_no_block():
    """Two categories with crowds of their own: known as categories they explain themselves."""
    random = np.random.default_rng(3)
    buyer, shop = honest(random, 1000, 200)
    other_buyer, other_shop = honest(random, 1000, 200)
    both = pairs(np.concatenate([buyer, other_buyer + 1000]), np.concatenate([shop, other_shop + 200]), BUYERS, SHOPS)
    assert blocks.find(both, np.arange(SHOPS) // 200) == []


def test_a_village_is_no_block():
    """Forty neighbours who buy at most of its thirteen shops, and a few guests."""
    random = np.random.default_rng(4)
    buyer, shop = np.nonzero(random.random((40, 13)) < 0.6)
    guests = np.arange(40, 60)
    village = pairs(np.concatenate([buyer, guests]), np.concatenate([shop, guests % 13]), 60, 13)
    assert blocks.find(village, limits=blocks.Limits(share=1.0)) != []
    assert blocks.find(village) == []


def test_nothing_gives_nothing():
    none = np.zeros(0, dtype=np.int64)
    assert blocks.find(pairs(none, none, 0, 0)) == []
    assert blocks.find(pairs(np.zeros(9, int), np.zeros(9, int), 3, 3)) == []


def test_regulars_are_one_pair():
    graph = pairs(np.array([1, 1, 1, 0]), np.array([2, 2, 0, 2]), 3, 3)
    assert (graph.buyer.tolist(), graph.shop.tolist()) == ([0, 1, 1], [2, 0, 2])
    assert (graph.of_buyer.tolist(), graph.of_shop.tolist()) == ([1, 2, 0], [1, 0, 2])


def densest_by_hand(graph, weight):
    """The best density over all sets of nodes."""
    best = 0.0
    for kept in itertools.product([False, True], repeat=graph.buyers + graph.shops):
        rows, columns = np.array(kept[: graph.buyers]), np.array(kept[graph.buyers :])
        held = weight[rows[graph.buyer] & columns[graph.shop]].sum()
        best = max(best, held / max(sum(kept), 1))
    return best


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_greedy_peeling_is_within_half_of_the_densest(seed):
    random = np.random.default_rng(seed)
    graph = pairs(random.integers(0, 5, 12), random.integers(0, 4, 12), 5, 4)
    weight = peeling.column_weights(graph)
    buyers, shops, density = peeling.densest(graph, weight)
    inside = buyers[graph.buyer] & shops[graph.shop]
    assert density == pytest.approx(weight[inside].sum() / (buyers.sum() + shops.sum()))
    assert density >= densest_by_hand(graph, weight) / 2 - 1e-12


def test_camouflage_takes_no_support_away():
    random = np.random.default_rng(4)
    plain = planted(random)
    chance = null(plain)
    before = support.support(plain, chance)
    more = pairs(np.append(plain.buyer, [3, 3, 3]), np.append(plain.shop, [0, 1, 2]), BUYERS, SHOPS)
    after = support.support(more, chance)
    kept = np.isin(more.buyer * SHOPS + more.shop, plain.buyer * SHOPS + plain.shop)
    own = (more.buyer[kept] == 3) & (more.shop[kept] >= 100)
    assert (after[kept][own] >= before[own] - 1e-9).all()
    assert before[own].min() > 0


def test_chance_gives_as_many_pairs_as_there_are():
    graph = planted(np.random.default_rng(5))
    chance = null(graph, np.arange(SHOPS) % 3)
    everyone = np.ones(BUYERS, bool), np.ones(SHOPS, bool)
    assert chance.among(*everyone, chance.of_buyer, chance.of_shop) == pytest.approx(len(graph.buyer), rel=0.02)

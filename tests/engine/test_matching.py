"""Ranking: propensities are what is drawn, parts sum, shares follow closed forms, and a seed says everything."""

from collections import Counter
from dataclasses import replace
from importlib.resources import files
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from laotie.engine.matching import exposure, filling
from laotie.engine.matching.drawing import LANE, RANDOM, Arms, draw, stand_ready
from laotie.engine.matching.estimates import assumed_exposures, rates
from laotie.engine.matching.noise import mixed, uniform
from laotie.engine.matching.policy import ACTIONS, LIFTS, BadPolicy, Decay, parse, published
from laotie.engine.matching.ranking import ARRANGED, rank
from laotie.engine.matching.thompson import best_chances
from laotie.engine.matching.values import CODES, Candidates, joined_multiplier, value

POLICY = published()
WARM = replace(POLICY, temperature=1.0, random=0.0)
DRAWS = 8_000


def market(multiplier: list[float], seller: list[int] | None = None, category: list[int] | None = None) -> Candidates:
    size = len(multiplier)
    return Candidates(
        key=np.arange(1, size + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15),
        seller=np.array(seller or range(size), np.int64),
        category=np.array(category or [0] * size, np.int64),
        rates=np.tile(POLICY.prior, (size, 1)),
        affinity=np.zeros((size, len(LIFTS))),
        multiplier=np.array(multiplier, float),
    )


def drawn(candidates: Candidates, arms: Arms, policy, count: int, draws: int = DRAWS):
    """How often each order was drawn, and the log-propensity it was drawn with."""
    values = value(candidates, policy)
    seen: Counter[tuple[int, ...]] = Counter()
    told: dict[tuple[int, ...], float] = {}
    for seed in range(draws):
        slots = draw(candidates, values, arms, policy, seed=seed, count=count)
        order = tuple(slot.row for slot in slots)
        seen[order] += 1
        told[order] = sum(slot.log_propensity for slot in slots)
    return seen, told


def check_frequencies(seen: Counter, told: dict, orders: int, draws: int = DRAWS) -> None:
    assert len(seen) == orders
    assert sum(np.exp(list(told.values()))) == pytest.approx(1.0, abs=1e-9), "the propensities are a distribution"
    for order, count in seen.items():
        chance = np.exp(told[order])
        error = np.sqrt(chance * (1 - chance) / draws)
        assert abs(count / draws - chance) < 5 * error, (order, count / draws, chance)


def test_orders_are_drawn_as_often_as_their_propensities_say_while_decay_changes_the_weights():
    policy = replace(WARM, seller=Decay(0.5, 0.2), category=Decay(0.7, 0.3))
    candidates = market([2.0, 1.5, 1.0, 0.5], seller=[0, 0, 1, 1], category=[0, 1, 0, 1])
    check_frequencies(*drawn(candidates, Arms(), policy, 4), orders=24)


def test_and_with_a_random_arm_and_a_newcomers_lane():
    policy = replace(WARM, random=0.2, seller=Decay(0.5, 0.2), lane=replace(WARM.lane, every=2))
    arms = Arms(np.array([2, 3]), np.array([1, 3]), np.array([0.3, 0.7]))
    candidates = market([2.0, 1.5, 1.0, 0.5], seller=[0, 0, 1, 1])
    check_frequencies(*drawn(candidates, arms, policy, 3), orders=18)  # 0 is in no arm of the second slot


def test_the_first_slot_and_the_rest_follow_plackett_luce_where_nothing_decays():
    policy = replace(WARM, seller=Decay(1, 1), category=Decay(1, 1))
    candidates = market([2.0, 1.0, 0.5])
    _seen, told = drawn(candidates, Arms(), policy, 3, draws=500)
    weights = np.array([2.0, 1.0, 0.5])
    for order in permutations(range(3)):
        known = 1.0
        for place, row in enumerate(order):
            known *= weights[row] / sum(weights[later] for later in order[place:])
        assert np.exp(told[order]) == pytest.approx(known)


@given(
    st.lists(st.floats(0.5, 2.0), min_size=1, max_size=12),
    st.integers(0, 2**80),
    st.floats(0.05, 2.0),
    st.integers(1, 14),
)
def test_every_drawing_is_an_order_with_chances_and_parts_that_sum(multiplier, seed, temperature, count):
    policy = replace(POLICY, temperature=temperature, random=0.3)
    sellers = [row % 3 for row in range(len(multiplier))]
    candidates = market(multiplier, sellers)
    arms = Arms(np.arange(len(multiplier)), np.array([0]), np.array([1.0]))
    ranked = rank(candidates, arms, policy, seed, count)
    rows = [slot.row for slot in ranked.slots]
    assert len(rows) == len(set(rows)) == min(count, len(multiplier))
    assert all(slot.log_propensity <= 1e-12 for slot in ranked.slots)
    assert ranked.parts.shape == (len(rows), len(ARRANGED))
    assert ranked.parts.sum(axis=1) == pytest.approx(ranked.score)
    again = rank(candidates, arms, policy, seed, count)
    assert again.slots == ranked.slots
    assert np.array_equal(again.parts, ranked.parts)


def test_a_thing_that_leaves_does_not_shuffle_the_others():
    candidates = market([1.0] * 30)
    whole = [slot.row for slot in rank(candidates, Arms(), replace(POLICY, random=0), 7, 30).slots]
    keep = np.array([row for row in range(30) if row != whole[4]])
    less = [
        int(keep[slot.row]) for slot in rank(candidates.taken(keep), Arms(), replace(POLICY, random=0), 7, 29).slots
    ]
    assert less[:4] == whole[:4]
    assert sum(a == b for a, b in zip(less, whole[:4] + whole[5:], strict=True)) > 15


@pytest.mark.parametrize("multiplier", [0.5, 0.8, 0.95, 1.0, 1.3])
def test_the_share_of_two_shops_follows_the_closed_form(multiplier: float):
    candidates = market([multiplier, 1.0])
    share = exposure.first_slot_shares(candidates, POLICY)[0]
    assert share == pytest.approx(exposure.share_of_two(multiplier, POLICY))
    decisions = [[slot.row for slot in rank(candidates, Arms(), POLICY, seed, 1).slots] for seed in range(4000)]
    error = np.sqrt(share * (1 - share) / 4000)
    assert abs(exposure.share_of_exposure(0, decisions) - share) < 5 * error + 1e-4


def test_a_longer_page_of_two_shops_follows_the_chain_of_its_counts():
    """Shops of ten things each, alike but for the multiplier: what is seen of each is a Markov chain on two counts."""
    policy = replace(POLICY, random=0.0, category=Decay(1, 1))
    candidates = market([0.9] * 10 + [1.0] * 10, seller=[0] * 10 + [1] * 10)
    slots = 6
    known = {(0, 0): 1.0}
    for _ in range(slots):
        after: Counter[tuple[int, int]] = Counter()
        for (a, b), chance in known.items():
            weights = [
                (10 - n) * (m * max(policy.seller.step**n, policy.seller.floor)) ** (1 / policy.temperature)
                for n, m in ((a, 0.9), (b, 1.0))
            ]
            first = weights[0] / sum(weights)
            after[a + 1, b] += chance * first
            after[a, b + 1] += chance * (1 - first)
        known = dict(after)
    expected = sum(a * chance for (a, _b), chance in known.items()) / slots
    sellers = [
        [0 if slot.row < 10 else 1 for slot in rank(candidates, Arms(), policy, seed, slots).slots]
        for seed in range(2500)
    ]
    assert exposure.share_of_exposure(0, sellers) == pytest.approx(expected, abs=0.012)
    assert expected < 0.5


def test_affinity_lifts_what_is_wanted_and_never_beyond_its_bound():
    plain, fond = market([1.0, 1.0]), market([1.0, 1.0])
    fond.affinity[1] = 1.0
    before, after = value(plain, POLICY), value(fond, POLICY)
    wanted = sum(w * p for w, p in zip(POLICY.weights, POLICY.prior, strict=True) if w > 0)
    lifts = [CODES.index(f"lift.{name}") for name in LIFTS]
    assert after.value[0] == before.value[0]
    assert after.parts[1, lifts].sum() == pytest.approx(wanted * (POLICY.most_lift - 1))
    assert after.parts[1, lifts] == pytest.approx(
        np.array(POLICY.lifts) / sum(POLICY.lifts) * wanted * (POLICY.most_lift - 1)
    )


def test_a_multiplier_helps_no_one_whom_people_hide():
    candidates = market([2.0, 0.5])
    candidates.rates[:, ACTIONS.index("hide")] = 1.0
    assert value(candidates, replace(POLICY, floor=1e-9)).parts.sum(axis=1) == pytest.approx([1e-9, 1e-9])


def test_the_multiplier_is_that_of_the_mean_score():
    nan = np.nan
    thing, seller = np.array([2.0, 0.5, nan, 1.5, nan]), np.array([0.5, 0.5, 1.4, nan, nan])
    assert joined_multiplier(thing, seller, POLICY) == pytest.approx([1.0, 0.5, 1.4, 1.5, 1.0])


def test_rates_are_shrunk_to_the_category_and_that_to_the_prior():
    pay = ACTIONS.index("pay")
    events = np.zeros((3, len(ACTIONS)))
    events[:, pay] = [10, 0, 0]
    exposures = np.array([1000.0, 1000.0, 0.0])
    found = rates(events, exposures, np.array([0, 0, 1]), POLICY)[:, pay]
    prior, strength = POLICY.prior[pay], POLICY.strength
    category = (10 + strength * prior) / (2000 + strength)
    assert found == pytest.approx(
        [(10 + strength * category) / (1000 + strength), strength * category / (1000 + strength), prior]
    )


def test_a_history_without_exposures_assumes_the_same_for_all_of_a_category():
    pay = ACTIONS.index("pay")
    found = assumed_exposures(np.array([9.0, 1.0, 4.0]), np.array([0, 0, 1]), POLICY, pay)
    assert found == pytest.approx(np.array([5, 5, 4]) / POLICY.prior[pay])


@given(st.lists(st.tuples(st.floats(1, 50), st.floats(1, 500)), min_size=1, max_size=8))
def test_thompsons_chances_are_a_distribution(arms):
    chances = best_chances(*np.array(arms).T)
    assert chances.sum() == pytest.approx(1.0)
    assert (chances >= 0).all()


def test_thompsons_chances_are_those_of_sampling():
    alpha, beta = np.array([1.0, 5.0, 2.0]), np.array([19.0, 60.0, 20.0])
    sampled = np.random.default_rng(1).beta(alpha, beta, (200_000, 3)).argmax(axis=1)
    counted: NDArray[np.float64] = np.bincount(sampled, minlength=3) / 200_000
    assert best_chances(alpha, beta) == pytest.approx(counted, abs=0.006)


def test_the_random_arm_has_its_share_and_the_lane_its_slots():
    candidates = market([1.0] * 40)
    arms = Arms(np.arange(40), np.arange(20, 30), np.full(10, 0.1))
    slots = [slot for seed in range(2000) for slot in rank(candidates, arms, POLICY, seed, 24).slots]
    share = sum(slot.arm == RANDOM for slot in slots) / len(slots)
    assert share == pytest.approx(POLICY.random, abs=5 * np.sqrt(POLICY.random / len(slots)))
    lanes = Counter(number % 24 for number, slot in enumerate(slots) if slot.arm == LANE)
    assert set(lanes) == {6, 18}


@pytest.mark.parametrize(
    ("was", "becomes", "named"),
    [
        ("temperature = 0.15", "temperature = 0.0", "draw.temperature"),
        ("hide = -20.0", "hide = 20.0", "weights.hide"),
        ("seller = [0.7, 0.4]", "seller = [0.3, 0.4]", "draw.seller"),
        ("most = 3.0", "most = 0.5", "affinity.most"),
        ("click = 1.0", "clack = 1.0", "click"),
    ],
)
def test_a_policy_that_contradicts_itself_is_refused(was: str, becomes: str, named: str):
    text = (files("laotie.engine.matching") / "f1.toml").read_text("utf-8")
    assert was in text
    with pytest.raises(BadPolicy, match=named):
        parse(text.replace(was, becomes, 1))


@given(seed=st.integers(0, 2**128), key=st.integers(0, 2**64 - 1), turn=st.integers(0, 2**20))
def test_the_noise_of_the_compiled_loop_is_that_of_anybody(seed: int, key: int, turn: int):
    assert filling.uniform(np.uint64(mixed(seed)), np.uint64(key), turn) == uniform(seed, key, turn)
    assert 0 < uniform(seed, key, turn) < 1


def test_what_was_compiled_when_the_web_stood_ready_is_what_a_page_uses():
    stand_ready()
    compiled = list(filling.fill.signatures)
    size = 5
    candidates = market([1.0] * size)
    candidates.key.flags.writeable = False  # as a shared sheet's
    draw(candidates, value(candidates, POLICY), Arms(), replace(POLICY, random=0), seed=3, count=size)
    assert filling.fill.signatures == compiled

"""Reviewers, sybils, traces, turns, heirs and rules against truths worked by hand or planted."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from laotie.engine.risk import lineage, reviewers, rules, sybils, traces, turns

NEVER = np.nan


def reviews(random, liars=10, honest=190, things=60, each=8):
    """Everyone reviews things with a goodness of their own; liars say the opposite."""
    goodness = random.choice([-0.8, 0.8], things, p=[0.3, 0.7])
    reviewer = np.repeat(np.arange(liars + honest), each)
    thing = random.integers(0, things, len(reviewer))
    rating = np.clip(goodness[thing] + random.normal(0, 0.3, len(reviewer)), -1, 1)
    return reviewer, thing, np.where(reviewer < liars, -rating, rating)


def test_planted_liars_are_unfair_and_nobody_else():
    reviewer, thing, rating = reviews(np.random.default_rng(1))
    judged = reviewers.judge(reviewer, thing, rating)
    assert np.flatnonzero(reviewers.unfair(judged, reviewer)).tolist() == list(range(10))
    assert judged.reliability[reviewer < 10].max() < np.median(judged.reliability)


def test_behaviour_outweighs_words():
    """Accounts that say what all say but behave oddly are less reliable than honest ones that disagree."""
    reviewer, thing, rating = reviews(np.random.default_rng(2))
    odd = np.where(np.arange(200) >= 190, 0.0, 1.0)
    judged = reviewers.judge(reviewer, thing, rating, odd)
    assert judged.fairness[190:].max() < judged.fairness[:10].min()


def test_few_reviews_damn_nobody():
    reviewer, thing, rating = reviews(np.random.default_rng(3), each=4)
    assert not reviewers.unfair(reviewers.judge(reviewer, thing, rating), reviewer).any()
    none = np.zeros(0, dtype=np.int64)
    assert not reviewers.unfair(reviewers.judge(none, none, np.zeros(0)), none).any()


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 4), st.floats(-1, 1)), min_size=1, max_size=40))
def test_judgements_stay_in_their_bounds(rows):
    reviewer, thing, rating = (np.array(column) for column in zip(*rows, strict=True))
    judged = reviewers.judge(reviewer, thing, rating.astype(float))
    for values, low in ((judged.fairness, 0), (judged.reliability, 0), (judged.goodness, -1)):
        assert (values >= low - 1e-9).all()
        assert (values <= 1 + 1e-9).all()


def test_trust_of_verified_accounts_hardly_reaches_sybils():
    random = np.random.default_rng(4)
    one, other = random.integers(0, 500, 4000), random.integers(0, 500, 4000)
    false_one, false_other = random.integers(500, 600, 800), random.integers(500, 600, 800)
    bridges = random.integers(0, 500, 5), random.integers(500, 600, 5)
    own = one != other
    one = np.concatenate([one[own], false_one, bridges[0]])
    other = np.concatenate([other[own], false_other, bridges[1]])
    ranked = sybils.rank(one, other, 600, np.arange(20))
    assert np.median(ranked[500:]) < np.median(ranked[:500]) / 5
    assert set(np.argsort(ranked)[:90]) <= set(range(500, 600))


def test_without_ties_there_is_no_trust():
    none = np.zeros(0, dtype=np.int64)
    assert sybils.rank(none, none, 3, np.array([0])).tolist() == [0, 0, 0]


def test_shared_handles_join_and_crowds_do_not():
    account = np.array([0, 1, 1, 2, *range(3, 20)])
    handle = np.array([0, 0, 1, 1, *[2] * 17])
    groups = traces.same_hands(account, handle, 21)
    assert groups[0] == groups[1] == groups[2]
    assert len(np.unique(groups)) == 19  # the dormitory of 17 joins nobody


def test_a_shop_that_buys_from_itself():
    hands = np.array([0, 0, 1, 2])  # account 1 lives with account 0, who runs shop 5
    marks = traces.own_deals(np.array([1, 2, 1]), np.array([5, 5, 6]), hands, np.array([0]), np.array([5]))
    assert marks.tolist() == [True, False, False]


def test_refund_after_praise():
    stars, told, back = np.array([5, 5, 2, 5, NEVER]), np.array([3.0, 3, 3, 3, NEVER]), np.array([4, 2, 4, NEVER, 4])
    assert traces.refunded_after_praise(stars, told, back).tolist() == [True, False, False, False, False]


def test_a_burst_is_far_beyond_the_shops_usual_day():
    shop = np.concatenate([np.repeat(0, 60), np.repeat(1, 60)])
    day = np.concatenate([np.arange(30), np.repeat(7, 30), np.arange(60) % 30])
    marks = traces.bursts(shop, day, 2)
    assert marks.sum() == 31
    assert (day[marks] == 7).all()
    assert not traces.bursts(np.zeros(0, int), np.zeros(0, int), 0).any()


def test_impossible_parcels():
    shipped, signed = np.array([1.0, 1.0, 1.0, NEVER, 1.0]), np.array([1.01, 0.5, 3.0, 2.0, NEVER])
    assert traces.impossible(shipped, signed).tolist() == [True, True, False, False, False]


def test_a_turn_is_what_the_own_record_cannot_explain():
    n, bad = np.array([20, 20, 20, 3]), np.array([10, 2, 10, 3])
    a, b = np.array([3.0, 3, 40, 3]), np.array([120.0, 120, 60, 120])
    assert turns.turning(n, bad, a, b).tolist() == [True, False, False, False]


def test_evidence_follows_the_owner_to_the_end():
    owner = np.array([7, 7, 7, 8, -1, -1])
    opened = np.array([0.0, 10, 20, 5, 0, 9])
    closed = np.array([9.0, 19, NEVER, 6, 8, NEVER])
    assert lineage.heirs(owner, opened, closed).tolist() == [2, 2, 2, 3, 4, 5]


def test_a_second_shop_beside_the_first_inherits_nothing():
    assert lineage.heirs(np.array([7, 7]), np.array([0.0, 5]), np.array([NEVER, NEVER])).tolist() == [0, 1]


def test_a_block_alone_waits_for_an_operator_and_acts_with_behaviour():
    alone = rules.confidence(rules.DENSE_BLOCK, {})
    assert rules.decision(alone) == "held"
    some = rules.confidence(rules.DENSE_BLOCK, {"burst": 0.2})
    assert alone < some < rules.AUTOMATIC
    sure = rules.confidence(rules.DENSE_BLOCK, {"same_hands": 0.6, "impossible_parcel": 0.5})
    assert rules.decision(sure) == "automatic"
    assert rules.decision(0.1) == "nothing"
    assert rules.DENSE_BLOCK.id == "dense_block/1"

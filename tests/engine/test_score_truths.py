"""Scores by known truths: planted priors found again, sums that close, and figures that never move the wrong way."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import combinations

import ibis
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laotie.engine.scores import engines, explaining, gates, heavy, mapping, scoring, wishing
from laotie.engine.scores.changing import Standpoint, changes
from laotie.engine.scores.curves import Curves, freezing_day, line, points_of, reaching
from laotie.engine.scores.deductions import deducted, left
from laotie.engine.scores.evidence import Stats
from laotie.engine.scores.metrics import METRICS, REGISTRY, Kind
from laotie.engine.scores.points import effective_weights, on_line
from laotie.engine.scores.prior import Amount, Beta, LogNormal, by_category, fit_amounts, fit_times, restored
from laotie.engine.scores.rulebook import BadRulebook, Gate, published, read
from laotie.engine.scores.sides import STEPS
from tests.engine.test_score_engines import DAY, drawn, market
from tests.engine.test_scores import History

BOOK = published()
betas = st.builds(Beta, st.floats(0.2, 40), st.floats(2, 400))


@pytest.fixture(scope="module")
def today():
    """A market in which every metric has facts, its scores, and the day before."""
    with engines.engine() as connection:
        rows = drawn()
        counted = market(connection, rows)
        yield counted, scoring.scored(counted, BOOK)


def everybody(scores):
    return [(found, row) for found in scores.values() for row in range(len(found.total))]


# --- the registry and the rulebook


def test_every_metric_of_the_three_scores_is_in_the_rulebook():
    named = {name for dimensions in BOOK.dimensions.values() for d in dimensions for name, _ in d.metrics}
    assert named == set(METRICS)
    assert {kind: sum(d.weight for d in found) for kind, found in BOOK.dimensions.items()} == {
        "shop": 100, "product": 100, "creator": 100,
    }  # fmt: skip


def test_a_creator_is_never_charged_with_the_shops_parcels():
    from importlib.resources import files

    text = (files("laotie.engine.scores") / "rulebooks" / "v2.toml").read_text()
    with pytest.raises(BadRulebook, match="arrives_late is the shop's doing"):
        read(text.replace("{ unanswered = 10 }", "{ arrives_late = 10 }").encode())
    with pytest.raises(BadRulebook, match="way back"):
        read(text.replace('way_back = "It opens', 'way_back = "" #').encode())


def test_the_first_rulebook_still_scores():
    assert published("v1").version == "ea3871a9370f"
    assert "creator" not in published("v1").dimensions


# --- priors


@given(st.floats(4.0, 8.0), st.floats(0.2, 1.2), st.floats(0.3, 1.2))  # below some minutes the scale is coarse
def test_a_planted_prior_of_times_is_found(middle, spread, noise):
    random = np.random.default_rng(3)
    n = random.integers(5, 60, 1500)
    own = np.repeat(random.normal(middle, spread, n.size), n)
    minutes = np.exp(own + random.normal(0, noise, own.size))
    steps = np.searchsorted(STEPS, minutes, side="right").astype(float)
    row = np.repeat(np.arange(n.size), n)
    a, b = np.bincount(row, steps), np.bincount(row, steps**2)
    prior = fit_times(n.astype(float), a, b)
    assert prior.middle == pytest.approx(middle, abs=0.12)
    assert prior.spread == pytest.approx(spread, rel=0.15)


@given(st.floats(6.5, 9.0), st.floats(0.4, 1.0))
def test_a_planted_prior_of_amounts_is_found(middle, spread):
    random = np.random.default_rng(4)
    shown = random.integers(20_000, 80_000, 3000).astype(float)
    rate = np.exp(random.normal(middle, spread, shown.size)) / 1000  # minor units an exposure
    value = 1000.0
    deals = random.poisson(rate * shown / value)
    brought = np.array([random.exponential(value, k).sum() for k in deals])
    prior = fit_amounts(deals.astype(float), brought, shown)
    assert prior.middle == pytest.approx(middle, abs=0.12)
    assert prior.spread == pytest.approx(spread, rel=0.15)  # of thirty deals each it comes out 5 to 12 % wide


def test_a_thin_category_borrows_from_the_one_above_it_and_then_from_all():
    random = np.random.default_rng(5)
    category = np.repeat(["bowls", "cups", "kitchen-other", "toys", "dolls"], [40, 3, 40, 40, 3])
    rate = np.repeat([0.02, 0.02, 0.02, 0.3, 0.3], [40, 3, 40, 40, 3])
    n = np.full(category.size, 50.0)
    none = np.zeros(category.size)
    stats = Stats(n, none, none, n, random.binomial(50, rate).astype(float), none)
    parents = {"bowls": "kitchen", "cups": "kitchen", "kitchen-other": "kitchen"}
    priors = by_category(Kind.RATE, category, stats, BOOK.prior, parents)
    assert priors["cups"].mean == pytest.approx(0.02, abs=0.01)  # the kitchen's
    assert priors["cups"] is not priors["bowls"]
    assert priors["dolls"] is priors[""]


@pytest.mark.parametrize("prior", [Beta(1.5, 30.0), LogNormal(3.1, 0.7, 1.2), Amount(6.0, 0.5, 1.4, 900.0, 40.0)])
def test_a_prior_is_kept_to_the_last_digit(prior):
    assert restored(prior.kept()) == prior


def test_closed_form_of_the_shrunk_rate_and_its_interval():
    prior = Beta(2.0, 38.0)
    assert prior.shrunk(np.array([60.0]), np.array([3.0]), np.zeros(1))[0] == pytest.approx(5 / 100)
    low = gates.favourable_end(np.array([30.0]), np.array([1.0]), 0.5, 0.5, "quality")[0]
    assert 0.0015 < low < 0.0075  # one bad in thirty is not 3.3 %


# --- curves


@given(betas, st.floats(0, 1), st.floats(0, 1))
def test_a_lower_bad_rate_never_has_fewer_points(prior, one, other):
    own = line(prior, "quality", BOOK.curve)
    low, high = sorted((one, other))
    points = points_of(np.array([low, high]), own)
    assert points[0] >= points[1]
    higher = points_of(np.array([low, high]), line(prior, "returns", BOOK.curve))
    assert higher[0] <= higher[1]


@given(betas, st.floats(0, 1), st.sampled_from(["quality", "returns"]))
def test_the_value_that_reaches_points_has_them(prior, points, metric):
    own = line(prior, metric, BOOK.curve)
    value = reaching(own, points, metric)
    assert points_of(np.array([value]), own)[0] >= points - 1e-6


def test_the_curve_goes_through_the_quantiles_of_the_prior():
    prior = Beta(3.0, 97.0)
    middle = float(prior.quantiles(np.array([0.5]))[0])
    assert points_of(np.array([middle]), line(prior, "quality", BOOK.curve))[0] == pytest.approx(0.72, abs=1e-9)


def test_curves_stand_from_monday_to_sunday():
    days = [date(2026, 11, day) for day in range(23, 31)]
    assert [freezing_day(day) for day in days] == [date(2026, 11, 23)] * 7 + [date(2026, 11, 30)]


def test_kept_curves_score_the_same_digits(today):
    counted, scores = today
    curves = {kind: Curves.restored(found.curves.kept()) for kind, found in scores.items()}
    again = scoring.scored(counted, BOOK, curves)
    assert all(again[kind].total.tobytes() == found.total.tobytes() for kind, found in scores.items())
    assert all(again[kind].curves is curves[kind] for kind in scores)


# --- scores


def test_the_parts_of_every_score_sum_to_it(today):
    for found, row in everybody(today[1]):
        parts = explaining.parts_at(found, row)
        assert sum(part.contribution for part in parts) == pytest.approx(found.total[row], abs=1e-12)
        assert 3 + sum(part.stars for part in parts) == pytest.approx(found.score[row], abs=1e-9)


@given(st.integers(0, 40), st.integers(0, 40))
def test_one_more_bad_deal_never_raises_points(good, bad):
    prior = Beta(1.2, 22.0)
    own = line(prior, "quality", BOOK.curve)
    n, a = np.array([good + bad, good + bad + 1.0]), np.array([bad, bad + 1.0])
    before, after = points_of(prior.shrunk(n, a, np.zeros(2)), own)
    assert after <= before


def test_switching_a_metric_off_earns_the_categorys_value_and_no_more(today):
    shops = today[1]["shop"]
    metric = next(m for m in shops.metrics if m.name == "close_time")
    nobody = replace(shops.evidence, stats=shops.evidence.stats | {"close_time": _nothing(len(shops.total))})
    from laotie.engine.scores.points import score

    after = score(nobody, "shop", BOOK, shops.curves)
    own = next(m for m in after.metrics if m.name == "close_time")
    assert own.rate == pytest.approx(metric.benchmark)
    assert explaining.parts_at(after, 0)[[m.name for m in after.metrics].index("close_time")].absent == "entity"


def _nothing(size):
    return Stats(*[np.zeros(size)] * 6)


def test_what_a_market_has_no_facts_of_gives_its_weight_to_its_dimension():
    weights, absent = effective_weights(BOOK.dimensions["shop"], ["quality", "ships_late", "arrives_late"])
    assert weights["goods", "quality"] == pytest.approx(40 / 65)
    assert weights["logistics", "ships_late"] == pytest.approx(25 / 65 * 8 / 20)
    assert "slow_3s" in absent


def test_late_service_and_parcels_do_not_move_a_creator(today):
    names = {metric.name for metric in today[1]["creator"].metrics}
    assert not names & {"ships_late", "arrives_late", "lost", "poor_service", "seller_cancels", "sold_out"}
    assert {"quality", "poor_review", "carded_score", "repurchase"} <= names


# --- deductions, gates, heavy actors, the map


def violation(days_ago, points, held=0, entity="s1"):
    at = datetime.combine(DAY, datetime.min.time()) - timedelta(days=days_ago)
    return {"kind": "shop", "entity": entity, "at": at, "points": points, "rule": "fake", "held": held}


def test_a_violation_wears_off_in_ninety_days_and_is_held_while_an_appeal_runs():
    table = ibis.duckdb.connect()
    table.con.register("v", pa.Table.from_pylist([violation(0, 0.1), violation(45, 0.1), violation(5, 0.3, held=1)]))
    assert deducted(table.table("v"), DAY, BOOK.deductions) == {"shop": {"s1": pytest.approx(0.15)}}
    assert [left(0.1, age, BOOK.deductions) for age in (-1, 0, 45, 90)] == [0.0, 0.1, pytest.approx(0.05), 0.0]


def test_a_deduction_is_a_part_of_its_own(today):
    counted, scores = today
    fined = scoring.scored(replace(counted, deductions={"shop": {"s1": 0.1}}), BOOK)["shop"]
    row = explaining.row_of(fined, "s1")
    assert fined.total[row] == pytest.approx(scores["shop"].total[row] - 0.1)
    last = explaining.parts_at(fined, row)[-1]
    assert (last.metric, last.dimension, last.contribution) == ("violations", "deduction", -0.1)


def test_a_gate_closes_only_where_even_the_favourable_end_is_beyond_it():
    history = History()
    for n in range(40):
        history.deal(f"a{n}", shop="a", reason="quality" if n < 8 else None)  # a fifth, but of forty
        history.deal(f"b{n}", shop="b", reason="quality" if n < 20 else None)
        history.deal(f"c{n}", shop="c")
    scores = scoring.day_of(history.facts(), date(2026, 1, 20), BOOK)["shop"]
    gate = Gate("plans", "shop", "quality", 0.15, "because", "wait")
    assert gates.closed(scores, gate).tolist() == [False, True, False]


def test_a_buyer_without_whom_a_score_would_stand_elsewhere_is_found():
    history, bad = History(), {"sign": 9, "reason": "quality", "stars": 1}
    for shop in range(25):
        for n in range(40 if shop else 12):
            history.deal(f"{shop}-{n}", shop=f"s{shop:02}", **(bad if n < shop // 8 else {"stars": 5}))
    for n in range(40):
        history.deal(f"h{n}", shop="s00", buyer="heavy", **bad)
        history.deal(f"r{n}", shop="s01", buyer="regular", stars=5)
    with engines.engine() as connection:
        counted = scoring.counted(history.facts(connection), date(2026, 1, 25), BOOK)
        scores = scoring.scored(counted, BOOK)["shop"]
        (found,) = heavy.heavy_actors(scores, counted.cohort, "shop", BOOK)
    assert (found.entity, found.buyer, len(found.lines)) == ("s00", "heavy", 40)
    assert found.shift < 0  # without them the score would stand higher


def test_a_map_puts_the_quartiles_where_they_belong(today):
    shops = today[1]["shop"]
    line_ = mapping.fit_map([shops])
    figures = on_line(line_, shops.total[shops.status == "official"])
    assert (figures < 4.40).mean() <= 0.25
    assert 0.2 <= (figures >= 4.70).mean() <= 0.3
    with pytest.raises(ValueError, match="at least 4"):
        mapping.fit_map([replace(shops, status=np.full(len(shops.total), "none"))])


# --- what if


@given(st.data())
def test_what_if_is_feasible_and_no_smaller_set_would_do(today, data):
    found, row = data.draw(st.sampled_from(everybody(today[1])))
    target = data.draw(st.floats(3.0, 5.0))
    parts, category = explaining.parts_at(found, row), str(found.evidence.category[row])
    answer = wishing.what_if(parts, category, found.curves, target, BOOK)
    asked = {wish.metric: wish for wish in answer.wishes}
    total = sum(
        part.weight * asked[part.metric].points_wanted if part.metric in asked else part.contribution for part in parts
    )
    assert float(on_line(BOOK.map, np.array([total]))[0]) == pytest.approx(answer.score, abs=1e-9)
    if answer.reached:
        assert answer.score >= min(target, answer.score) - 1e-9
        rooms = [part.weight * max(wishing.REACHABLE - part.points, 0) for part in parts]
        gap = wishing.total_at(BOOK.map, target) - found.total[row]
        fewer = combinations(rooms, len(asked) - 1) if asked else ()
        assert all(sum(some) < gap + 1e-12 for some in fewer)
    else:
        assert answer.score < target


def test_so_many_good_deals_in_a_row_reach_what_was_asked():
    history = History()
    for n in range(40):
        history.deal(f"a{n}", shop="a", sign=9 if n < 10 else 3)
        history.deal(f"b{n}", shop="b", sign=9 if n < 2 else 3)
        history.deal(f"c{n}", shop="c")
    scores = scoring.day_of(history.facts(), date(2026, 1, 20), BOOK)["shop"]
    parts = explaining.parts(scores, "a")
    answer = wishing.what_if(parts, "cat", scores.curves, float(scores.score[0]) + 0.05, BOOK)
    wish = next(wish for wish in answer.wishes if wish.deals)
    part, prior = next(p for p in parts if p.metric == wish.metric), scores.curves.prior(wish.metric, "cat")
    reached = prior.shrunk(np.array([part.n + wish.deals]), np.array([part.bad]), np.zeros(1))[0]
    fewer = prior.shrunk(np.array([part.n + wish.deals - 1]), np.array([part.bad]), np.zeros(1))[0]
    assert reached <= wish.wanted < fewer


# --- what changed


def test_the_four_causes_sum_to_the_difference(today):
    counted, scores = today
    older = replace(BOOK, version="old", map=replace(BOOK.map, y=(3.0, 4.3, 4.6, 5.0)))
    with engines.engine() as connection:
        before = market(connection, drawn(), day=DAY - timedelta(days=1))
        yesterday = scoring.scored(before, older)
        point = Standpoint(before, {kind: found.curves for kind, found in yesterday.items()}, older)
        now = Standpoint(counted, {kind: found.curves for kind, found in scores.items()}, BOOK)
        moved = changes(point, now, scores)
    for kind, found in moved.items():
        for row, entity in enumerate(found.entity):
            was = on_line(older.map, yesterday[kind].total[[explaining.row_of(yesterday[kind], str(entity))]])[0]
            parts = found.of(row)
            assert sum(parts.values()) == pytest.approx(
                on_line(BOOK.map, scores[kind].total[[row]])[0] - was, abs=1e-12
            )
            assert parts["rule"] != 0


def test_without_news_only_age_moves_a_score(today):
    counted, scores = today
    curves = {kind: found.curves for kind, found in scores.items()}
    later = replace(counted, day=DAY + timedelta(days=1), tallies=counted.later(1), cohort=None)
    found = changes(
        Standpoint(counted, curves, BOOK), Standpoint(later, curves, BOOK), scoring.scored(later, BOOK, curves)
    )
    assert all(not (each.new.any() or each.benchmark.any() or each.rule.any()) for each in found.values())
    assert any(each.aged.any() for each in found.values())


def test_the_registry_says_what_everything_counts():
    assert all(spec.counts and spec.sources and spec.better in {"lower", "higher"} for spec in REGISTRY.values())

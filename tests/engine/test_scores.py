"""Scores against known truths: hand-worked deals, planted rates, and the properties that the rulebook promises."""

from datetime import date, datetime, timedelta

import ibis
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laotie.engine.scores import counting, curves, deals, evidence, explaining, points, prior, rulebook, tally
from laotie.engine.scores.metrics import OF_DEALS
from laotie.engine.scores.prior import fit

BOOK = rulebook.published()
PAID = datetime(2026, 1, 1, 12)  # noqa: DTZ001 - the engine works on the market's wall clock
SCHEMAS = {
    "lines": {"line_id": "string", "order_id": "string", "shop_id": "string", "product_id": "string",
              "category_id": "string", "buyer": "string", "placed_at": "timestamp"},
    "paid": {"order_id": "string", "at": "timestamp", "promised_ship_at": "timestamp",
             "promised_arrival_at": "timestamp"},
    "shipped": {"order_id": "string", "at": "timestamp"},
    "signed": {"order_id": "string", "at": "timestamp"},
    "cancelled": {"order_id": "string", "at": "timestamp", "by": "string"},
    "complaints": {"line_id": "string", "at": "timestamp", "reason": "string"},
    "reviews": {"line_id": "string", "at": "timestamp", "stars": "int64"},
    "voids": {"line_id": "string"},
}  # fmt: skip


class History:
    """Builds the facts of a small market, a deal at a time."""

    def __init__(self):
        self.rows = {name: [] for name in SCHEMAS}

    def deal(self, key, *, shop="s", buyer=None, ship=1, sign=3, reason=None, stars=None, cancelled_by=None, paid=PAID):
        """A deal paid at `paid`, promised to ship in 2 days and to arrive in 5; `ship`, `sign`: days, None: never."""
        add = self.rows
        add["lines"].append((key, key, shop, f"{shop}-p", "cat", buyer or key, paid))
        add["paid"].append((key, paid, paid + timedelta(days=2), paid + timedelta(days=5)))
        if cancelled_by:
            add["cancelled"].append((key, paid + timedelta(days=1), cancelled_by))
            return self
        if ship is not None:
            add["shipped"].append((key, paid + timedelta(days=ship)))
        if sign is not None:
            add["signed"].append((key, paid + timedelta(days=sign)))
        for nth, word in enumerate([reason] if isinstance(reason, str) else reason or []):
            add["complaints"].append((key, paid + timedelta(days=6 + nth), word))
        if stars is not None:
            add["reviews"].append((key, paid + timedelta(days=4), stars))
        return self

    def facts(self, engine=None, **options):
        engine = engine or ibis.duckdb.connect()
        return deals.Facts(**{name: _table(engine, name, rows) for name, rows in self.rows.items()}, **options)

    def deals(self, **options):
        return deals.deals(self.facts(**options), BOOK.cohort)

    def outcomes(self):
        return {row["line_id"]: row for row in self.deals().to_pyarrow().to_pylist()}


def _table(engine, name, rows):
    schema = ibis.schema(SCHEMAS[name]).to_pyarrow()
    rows = [dict(zip(SCHEMAS[name], row, strict=True)) for row in rows]
    engine.con.register(name, pa.Table.from_pylist(rows, schema=schema))
    return engine.table(name)


def scored(history, day=date(2026, 1, 20), kind="shop", **options):
    cohort = counting.cohort(history.deals(**options), day, BOOK.cohort)
    return points.score(
        evidence.weigh(tally.counted(cohort, kind, BOOK.cohort, OF_DEALS, counting.number(day)), BOOK.cohort)[0],
        kind,
        BOOK,
    ), cohort


@pytest.mark.parametrize(
    ("deal", "outcome", "matured"),
    [
        ({}, "good", date(2026, 1, 16)),  # paid + 15 is later than signed + 8
        ({"sign": 12}, "late", date(2026, 1, 21)),  # signed + 8
        ({"sign": None}, "late", date(2026, 1, 21)),  # promised arrival + 15
        ({"ship": None, "sign": None}, "late", date(2026, 1, 21)),
        ({"reason": "damaged"}, "damaged", date(2026, 1, 16)),
        ({"reason": ["damaged", "changed_mind"]}, "damaged", date(2026, 1, 16)),  # the first reason stays
        ({"sign": 12, "reason": "quality"}, "quality", date(2026, 1, 21)),  # a reason outranks the process
        ({"cancelled_by": "seller"}, "seller_cancelled", date(2026, 1, 16)),
        ({"stars": 1}, "good", date(2026, 1, 16)),  # a bad review is a metric of its own
    ],
)
def test_outcome_and_day_of_maturing(deal, outcome, matured):
    row = History().deal("a", **deal).outcomes()["a"]
    assert (row["outcome"], row["matured"]) == (outcome, matured)


def test_what_a_buyer_cancelled_or_a_rule_voids_is_no_deal():
    history = History().deal("a", cancelled_by="buyer").deal("b").deal("c")
    history.rows["voids"].append(("b",))
    assert set(history.outcomes()) == {"c"}


def test_unreviewed_deals_enter_process_rates_only():
    row = History().deal("a").outcomes()["a"]
    assert row["bad_review"] is None
    assert (row["quality"], row["ships_late"], row["arrives_late"], row["seller_cancels"]) == (0, 0, 0, 0)


def test_immature_deals_count_nowhere():
    scores, _ = scored(History().deal("a").deal("b", sign=12), day=date(2026, 1, 16))
    assert scores.evidence.deals.tolist() == [1]


def test_a_regular_is_loved_once():
    history = History()
    for n in range(4):
        history.deal(f"d{n}", buyer="same", paid=PAID + timedelta(minutes=n))
    scores, _ = scored(history, day=date(2026, 1, 16))
    assert scores.evidence.deals.tolist() == [4]
    assert scores.evidence.n["quality"][0] == pytest.approx(1 + 1 / 2 + 1 / 3 + 1 / 4, abs=1e-8)


def regulars(count: int, days: int) -> History:
    """So many buyers who came to one shop on each of the days, and all was well."""
    history = History()
    for n in range(days):
        for buyer in range(count):
            history.deal(f"r{n}-{buyer}", shop="regulars", buyer=f"regular {buyer}", paid=PAID - timedelta(days=n))
    return history


def test_a_regular_weighs_as_one_in_the_window_that_counts_however_long_they_came_before():
    scores, _ = scored(regulars(2, 100), day=date(2026, 1, 16))
    assert scores.evidence.window.tolist() == [30]
    assert scores.evidence.deals.tolist() == [60]
    once_a_day = sum(2 ** (-age / 30) / 30 for age in range(30))
    assert scores.evidence.n["quality"][0] == pytest.approx(2 * once_a_day, abs=1e-6)


def test_a_regulars_second_deal_after_a_month_is_a_first_one_where_a_month_counts():
    history = History()
    for n in range(31):
        history.deal(f"once {n}")
    history.deal("again", buyer="once 0", paid=PAID + timedelta(days=30))
    scores, _ = scored(history, day=date(2026, 2, 15))
    assert (scores.evidence.window.tolist(), scores.evidence.deals.tolist()) == ([60], [32])
    assert scores.evidence.n["quality"][0] == pytest.approx(31 / 2 + 1 / 2, abs=1e-6)


def test_a_shop_of_content_regulars_stands_above_the_middle():
    history = regulars(10, 100)
    for shop in range(20):
        for n in range(40):
            history.deal(f"{shop}-{n}", shop=f"{shop:02}", sign=9 if n < shop else 3)
    scores, _ = scored(history)
    own = scores.evidence.entity.tolist().index("regulars")
    print(scores.total[own], sorted(scores.total))
    assert scores.total[own] > np.median(scores.total)


def test_evidence_halves_in_thirty_days():
    scores, _ = scored(History().deal("a"), day=date(2026, 2, 15))
    assert scores.evidence.n["quality"][0] == pytest.approx(0.5, abs=2**-30)


def test_the_window_widens_until_there_is_enough():
    history = History()
    for n in range(30):
        history.deal(f"old{n}", shop="old", paid=PAID - timedelta(days=40))
        history.deal(f"new{n}", shop="new")
    scores, _ = scored(history)
    assert dict(zip(scores.evidence.entity, scores.evidence.window, strict=True)) == {"new": 30, "old": 60}
    assert scores.status.tolist() == ["official", "official"]


def market(rates, deals_each=60):
    """A shop for each planted share of late parcels."""
    history = History()
    for shop, rate in enumerate(rates):
        for n in range(deals_each):
            late = n < rate * deals_each
            history.deal(f"{shop:02}-{n:03}", shop=f"{shop:02}", sign=9 if late else 3, stars=4)
    return history


def test_scores_fall_as_the_planted_rate_rises():
    scores, _ = scored(market([n / 40 for n in range(20)]))
    assert (np.diff(scores.score) < 0).all()


def test_contributions_sum_to_the_score():
    scores, _ = scored(market([n / 40 for n in range(20)]), absent=("quality", "poor_service"))
    assert {"quality", "poor_service"} < set(scores.absent)
    for row, shop in enumerate(scores.evidence.entity):
        parts = explaining.parts(scores, str(shop))
        assert sum(part.contribution for part in parts) == pytest.approx(scores.total[row], abs=1e-12)
        assert 3 + sum(part.stars for part in parts) == pytest.approx(scores.score[row], abs=1e-9)
        assert sum(part.weight for part in parts) == pytest.approx(1, abs=1e-12)


def test_the_deals_that_cost_are_the_bad_ones_and_mending_one_gives_its_cost():
    rates = [n / 40 for n in range(20)]
    scores, cohort = scored(market(rates))
    bad = explaining.bad_deals(cohort, "shop", [metric.name for metric in scores.metrics])
    costs = explaining.costs(scores, bad["10"], "10", BOOK)
    assert {cost.line_id for cost in costs} == {f"10-{n:03}" for n in range(15)}
    assert all(cost.cost > 0 and cost.metrics == ("arrives_late",) for cost in costs)


def test_the_same_facts_give_the_same_digits():
    history = market([n / 40 for n in range(20)])
    first, _ = scored(history)
    history.rows["lines"].reverse()
    again, _ = scored(history)
    assert first.score.tobytes() == again.score.tobytes()


def test_a_new_shop_is_judged_by_the_prior():
    history = market([n / 40 for n in range(20)])
    scores, _ = scored(history.deal("x", shop="new", sign=9))
    row = explaining.row_of(scores, "new")
    arrives = next(m for m in scores.metrics if m.name == "arrives_late")
    assert scores.status[row] == "provisional"
    assert abs(arrives.rate[row] - arrives.benchmark[row]) < 0.2  # one late parcel is not 100 %


@given(st.floats(0.02, 0.4), st.floats(5, 80))
def test_a_planted_prior_is_found(mean, strength):
    random = np.random.default_rng(7)
    n = random.integers(20, 200, 4000).astype(float)
    bad = random.binomial(n.astype(int), random.beta(mean * strength, (1 - mean) * strength, n.size)).astype(float)
    prior = fit(n, bad, BOOK.prior)
    assert prior.mean == pytest.approx(mean, rel=0.1)
    assert prior.strength == pytest.approx(strength, rel=0.25)


@pytest.mark.parametrize(
    ("before", "figures", "after"),
    [
        ("good", [4.73, 4.73, 4.73], "leading"),
        ("good", [4.71, 4.71, 4.71], "good"),  # beyond the line, not by the margin
        ("good", [4.75, 4.75, 4.69], "good"),
        ("leading", [4.69, 4.69, 4.69], "leading"),
        ("leading", [4.67, 4.67, 4.67], "good"),
        ("leading", [4.20, 4.20, 4.20], "weak"),
        ("weak", [4.80, 4.80, 4.80], "leading"),
        ("good", [4.80, 4.80], "good"),  # two days are not three
    ],
)
def test_a_band_changes_after_three_days_beyond_its_line(before, figures, after):
    assert points.settled_band(before, np.array(figures), BOOK) == after


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("weight = 40", "weight = 41", "must sum"),
        ("score = [3.00, 4.40", "score = [3.00, 2.40", "monotone"),
        ("windows = [30, 60, 90]", "windows = [60, 30]", "rising"),
        ("quality = 20, bad_review = 20", "quality = 20, charm = 20", "unknown metric"),
        ("enough = 30 ", "", "missing"),
    ],
)
def test_a_rulebook_that_contradicts_itself_is_refused(old, new, says):
    from importlib.resources import files

    text = (files("laotie.engine.scores") / "rulebooks" / "v1.toml").read_text()
    with pytest.raises(rulebook.BadRulebook, match=says):
        rulebook.read(text.replace(old, new).encode())


@given(
    st.lists(st.lists(st.floats(0, 1), min_size=4, max_size=4).map(sorted), min_size=1, max_size=5),
    st.lists(st.tuples(st.floats(-0.5, 1.5), st.integers(0, 4)), min_size=1, max_size=30),
)
def test_points_on_many_lines_are_those_on_each(corners, asked):
    own = [rulebook.Line(tuple(x), (1.0, 0.7, 0.2, 0.0)) for x in corners]
    values, place = np.array([v for v, _ in asked]), np.array([p % len(own) for _, p in asked])
    values = np.concatenate([values, *corners])  # corners themselves, those that meet too
    place = np.concatenate([place, np.repeat(np.arange(len(own)), 4)])
    alone = [curves.points_of(values[[row]], own[line])[0] for row, line in enumerate(place)]
    assert curves.points_of_each(values, own, place).tolist() == alone


WEIGHTS = st.sampled_from([0.0, 0.01, 0.5, 1.0, 3.7, 60.0, 900.0])


@given(st.lists(st.tuples(WEIGHTS, WEIGHTS, WEIGHTS, st.integers(0, 1)), min_size=1))
def test_a_prior_of_many_says_what_each_says(rows):
    n, a, b = (np.array([row[part] for row in rows]) for part in range(3))
    place = np.array([row[3] for row in rows])
    families = (
        [prior.Beta(2.0, 30.0), prior.Beta(0.4, 8.0)],
        [prior.LogNormal(5.0, 0.4, 1.1), prior.LogNormal(7.5, 0.05, 0.6)],
        [prior.Amount(6.0, 0.5, 1.4, 900.0, 40.0), prior.Amount(3.0, 0.2, 1.4, 100.0, 7.0)],
        [prior.Median(0.5), prior.Median(0.9)],
    )
    for priors in families:
        alone = [priors[p].shrunk(n[[k]], a[[k]], b[[k]])[0] for k, p in enumerate(place)]
        np.testing.assert_array_max_ulp(prior.of_each(priors, place).shrunk(n, a, b), np.array(alone), maxulp=2)

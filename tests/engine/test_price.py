"""The price index: same items, prices that count, points; against planted truths, whatever is missing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laotie.engine.price import clusters, hedonic, index, listings, shown, tokens

GTIN, OTHER = "04006381333931", "00036000291452"


def table(*rows):
    return listings.table(rows)


def listing(title, seller="s", **rest):
    return {"listing": f"{title}-{seller}", "title": title, "seller": seller, "category": "printers", **rest}


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"EAN": "4006381333931"}, GTIN),
        ({"条码": "4006-3813-33931"}, GTIN),
        ({"upc": "036000291452"}, OTHER),
        ({"EAN": "4006381333932"}, None),  # the last digit does not check
        ({"weight": "4006381333931"}, None),
        ({"ean": "0000000000000"}, None),
        ({}, None),
    ],
)
def test_an_identifier_must_check(facts, found):
    assert listings.identifier_in(facts) == found


def test_words_of_two_scripts():
    assert tokens.words("Xerox 006R-90321 碳粉盒 ５００g") == [
        "xerox",
        "006r-90321",
        "006r90321",
        "碳粉",
        "粉盒",
        "500g",
    ]
    assert tokens.words(None) == []


def sample():
    """Three sellers of one cartridge in their words, its sister of another number, and a mug; and forty others."""
    facts = [("type", "Original"), ("yield", "23000 pages")]
    ours = [
        listing("Xerox 006R90321 toner cartridge original black", "a", brand="Xerox", facts=facts, price=50.0),
        listing("toner black 006R90321 original for Xerox", "b", brand="Xerox", facts=facts, price=52.0),
        listing("Original black toner cartridge, 006R90321", "c", brand="XEROX", facts=facts, price=48.0),
        listing("Xerox 006R90322 toner cartridge original cyan", "d", brand="Xerox",
                facts=[("type", "Original"), ("yield", "9000 pages")], price=70.0),
        listing("Enamel mug 350ml", "e", brand=None, facts=None, price=None),
    ]  # fmt: skip
    return ours + [listing(f"thing number {n}x{n} of series {n % 7}", f"o{n}", brand="Other") for n in range(40)]


def test_same_items_are_found_and_sisters_stay_apart():
    found = clusters.clusters(table(*sample()))
    assert found[0] == found[1] == found[2]
    assert len({found[0], found[3], found[4]}) == 3


def test_identifiers_join_whatever_the_words_say_and_never_two_of_them():
    rows = sample()
    rows[0]["identifier"], rows[4]["identifier"], rows[1]["identifier"] = GTIN, GTIN, OTHER
    found = clusters.clusters(table(*rows))
    assert found[0] == found[4]
    assert found[0] != found[1]


def test_nothing_gives_nothing():
    made = index.index(table())
    assert len(made.index) == len(made.points) == 0


def test_listings_that_say_nothing_are_compared_with_nothing():
    made = index.index(listings.table([{} for _ in range(5)]))
    assert set(made.basis) == {index.NONE}
    assert np.isnan(made.points).all()
    assert len(set(made.cluster)) == 5


def same(*prices, sellers=None, **rest):
    names = sellers or [f"s{n}" for n in range(len(prices))]
    rows = [listing("one", name, price=price, **rest) for name, price in zip(names, prices, strict=True)]
    return index.index(listings.table(rows), np.zeros(len(prices), dtype=np.int64))


def test_the_index_is_landed_price_over_the_median_of_sellers():
    made = same(100.0, 110.0, 90.0, 121.0)
    assert made.index.tolist() == pytest.approx([100 / 105, 110 / 105, 90 / 105, 121 / 105])
    assert made.sellers.tolist() == [4] * 4
    assert made.points.tolist() == pytest.approx([1, (1.3 - 110 / 105) / 0.3, 1, (1.3 - 121 / 105) / 0.3])


def test_two_sellers_are_no_comparison_however_many_listings_they_have():
    assert set(same(100.0, 110.0, 90.0, sellers=["a", "b", "a"]).basis) == {index.NONE}


def test_freight_counts_and_public_discounts_do():
    rows = [listing("one", f"s{n}", price=100.0, freight=10.0 * n, discount=5.0) for n in range(3)]
    made = index.index(listings.table(rows), np.zeros(3, dtype=np.int64))
    assert made.landed.tolist() == [95, 105, 115]
    assert made.index.tolist() == pytest.approx([95 / 105, 1, 115 / 105])


def test_a_slip_of_the_pen_moves_no_median():
    assert same(100.0, 100.0, 100.0, 1.0).index[:3].tolist() == [1, 1, 1]


def test_raising_together_before_a_festival_earns_nothing():
    rows = [listing("one", f"s{n}", price=150.0 if n else 100.0, usual=100.0) for n in range(4)]
    made = index.index(listings.table(rows), np.zeros(4, dtype=np.int64))
    assert made.index.tolist() == [1, 1.5, 1.5, 1.5]


@given(st.lists(st.one_of(st.none(), st.floats(0.01, 1e6)), min_size=3, max_size=12), st.floats(0.1, 50))
def test_points_never_rise_with_the_price_and_know_no_currency(prices, rate):
    made, other = same(*prices), same(*[None if price is None else price * rate for price in prices])
    assert np.allclose(made.points, other.points, equal_nan=True, atol=1e-6)
    order = np.argsort(made.landed)
    compared = [row for row in order if made.basis[row] == index.ITEM]
    assert (np.diff(made.points[compared]) <= 1e-12).all()
    assert np.nan_to_num(made.points).min() >= 0
    assert np.nan_to_num(made.points).max() <= 1


def test_cheaper_than_the_others_earns_no_more():
    assert same(100.0, 100.0, 100.0, 100.0, 40.0).points.tolist() == [1] * 5


def test_what_cannot_be_compared_gets_the_median_of_its_category():
    rows = [listing("one", f"s{n}", price=price) for n, price in enumerate([100.0, 100.0, 130.0, 115.0])]
    rows += [listing("alone", "x", price=5.0), listing("far", "y", price=5.0) | {"category": "tea"}]
    made = index.index(listings.table(rows), np.array([0, 0, 0, 0, 1, 2]))
    assert made.basis.tolist() == [index.ITEM] * 4 + [index.NONE] * 2
    assert made.points[4] == made.points[5] == np.median(made.points[:4])


def test_a_planted_premium_of_a_kind_is_found():
    random = np.random.default_rng(1)
    size = 600
    weight, gold = random.integers(1, 5, size), random.random(size) < 0.5
    usual = np.exp(2 + 0.7 * np.log(weight) + 1.0 * gold)
    premium = np.where(np.arange(size) < 30, 1.5, 1.0)
    rows = [
        listing(f"ring {'gold' if gold[n] else 'silver'} item{n}", f"s{n}", facts=[("weight", f"{weight[n]} g")],
                price=float(usual[n] * premium[n] * np.exp(random.normal(0, 0.05))))
        for n in range(size)
    ]  # fmt: skip
    made = index.index(listings.table(rows), np.arange(size))
    assert set(made.basis) == {index.KIND}
    assert np.median(made.index[:30]) == pytest.approx(1.5, abs=0.12)
    assert np.median(made.index[30:]) == pytest.approx(1.0, abs=0.03)
    few = listings.table(rows[: hedonic.LEAST - 1])
    assert set(index.index(few, np.arange(hedonic.LEAST - 1)).basis) == {index.NONE}


def seen(*changes, now=100.0):
    """What counts at day `now` of an offer with `changes` (day, price)."""
    at, price = (np.array(column, dtype=float) for column in zip(*changes, strict=True))
    found = shown.shown(np.zeros(len(at), dtype=np.int64), at, price, now, 1)
    return float(found.now[0]), float(found.usual[0]), float(found.cut[0])


def test_a_price_of_less_than_a_day_does_not_count():
    assert seen((0, 10.0), (99.5, 5.0))[0] == 10
    assert seen((0, 10.0), (99.0, 5.0))[0] == 5
    assert np.isnan(seen((99.5, 5.0))[0])


def test_a_cut_counts_against_the_usual_price():
    assert seen((0, 10.0), (95, 8.0)) == (8, 10, pytest.approx(0.2))


def test_raising_before_cutting_earns_nothing():
    assert seen((0, 10.0), (85, 15.0), (95, 10.0)) == (10, 10, 0)


def test_what_is_off_sale_has_no_price():
    assert np.isnan(seen((0, 10.0), (90, np.nan))[0])
    assert seen((0, 10.0), (50, np.nan), (80, 12.0))[:2] == (12, 12)  # 20 days ago it came back, dearer


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0, 100), st.one_of(st.just(np.nan), st.floats(1, 100))), min_size=1, max_size=15))
def test_prices_that_count_were_shown_and_order_does_not_matter(changes):
    now, usual, cut = seen(*changes)
    known = {price for _, price in changes}
    assert np.isnan(now) or now in known
    assert np.isnan(usual) or usual in known
    assert 0 <= cut <= 1
    distinct = dict(changes)
    again = seen(*sorted(distinct.items(), reverse=True))
    assert again == pytest.approx(seen(*distinct.items()), nan_ok=True)

"""Closing a shop and opening another washes nothing: evidence follows the owner."""

from datetime import timedelta

from laotie.people.merchants.contracts import MerchantApplied, MerchantClosed
from laotie.trust.scores.gathering import gather
from tests.trust.market_days import START, History, key

NIGHT = START + timedelta(days=30)


def shops_of(history, folder):
    facts = gather(history.lake(folder), NIGHT.date(), "Asia/Shanghai", NIGHT)
    return sorted(facts.lines.select("line_id", "shop_id").to_pyarrow().to_pylist(), key=lambda row: row["line_id"])


def market():
    """One owner with an old shop and a new one, and a neighbour; a deal of each."""
    history = History()
    for n, (shop, owner) in enumerate([("old", "Wang"), ("new", "Wang"), ("next door", "Li")]):
        history.add(MerchantApplied(key(shop), key(owner)), START - timedelta(days=9 - n))
        history.deal(shop, shop)
    return history


def test_while_both_are_open_each_answers_for_itself(tmp_path):
    rows = shops_of(market(), tmp_path)
    assert {row["shop_id"] for row in rows} == {str(key(shop)) for shop in ("old", "new", "next door")}


def test_a_closed_shops_deals_count_for_the_owners_next(tmp_path):
    history = market()
    history.add(MerchantClosed(key("old")), START + timedelta(days=5))
    found = {row["line_id"]: row["shop_id"] for row in shops_of(history, tmp_path)}
    assert found == {
        str(key("line old")): str(key("new")),
        str(key("line new")): str(key("new")),
        str(key("line next door")): str(key("next door")),
    }

"""Offers: price history, freight, what the market is told of them."""

from uuid import uuid4

import pytest

from laotie.goods.offers import actions, queries
from laotie.goods.offers.contracts import FreightLine
from laotie.goods.offers.errors import BadDays, BadHours, BadPlan, BadPrice, NoSuchOffer, NoSuchPlan, NotServed
from laotie.goods.stock import actions as stock
from laotie.kit.money import Money
from laotie.stream.outbox.models import OutboxRow
from tests.makers import make_account, make_offer, make_product, make_shop

pytestmark = pytest.mark.django_db


def cny(minor: int) -> Money:
    return Money(minor, "CNY")


@pytest.fixture
def offer():
    return make_offer(make_shop(make_account()), price_minor=1000, stock=2)


def told(offer):
    rows = OutboxRow.objects.filter(kind="offer.changed", body__offer_id=str(offer.id)).order_by("pk")
    return [(row.body["price_minor"], row.body["on_sale"], row.body["sold_out"]) for row in rows]


def test_a_price_change_keeps_history_and_is_told_once(offer):
    actions.set_price(offer.id, 900)
    actions.set_price(offer.id, 900)
    assert [at.price for at in queries.price_history(offer.id)] == [cny(900), cny(1000)]
    assert told(offer) == [(1000, True, False), (900, True, False)]


def test_selling_out_and_coming_back_are_told_once_each(offer):
    actions.tell_stock_states()
    stock.take(offer.id, 2)
    assert (actions.tell_stock_states(), actions.tell_stock_states()) == (1, 0)
    stock.give_back(offer.id, 1)
    assert (actions.tell_stock_states(), actions.tell_stock_states()) == (1, 0)
    assert told(offer)[1:] == [(1000, True, True), (1000, True, False)]


def test_off_and_on_again(offer):
    assert actions.take_off_sale(offer.id).status == "off"
    assert queries.cards([offer.product_id]) == {}
    assert actions.put_on_sale(offer.id).status == "on_sale"
    assert [on for _, on, _ in told(offer)] == [True, False, True]


def test_nonsense_is_refused(offer):
    other = actions.make_freight_plan(make_shop(make_account("Other"), "Other").id, "Theirs")
    refused = [
        (BadPrice, {"price_minor": 0}), (BadPrice, {"price_minor": 10**12 + 1}), (BadHours, {"ships_within_hours": 0}),
        (BadHours, {"ships_within_hours": 1081}), (NoSuchPlan, {"freight_plan_id": other.id}),
    ]  # fmt: skip
    for error, changes in refused:
        with pytest.raises(error):
            actions.change_offer(offer.id, **changes)
    with pytest.raises(NoSuchOffer):
        actions.set_price(uuid4(), 5)
    with pytest.raises(BadPlan):
        actions.make_freight_plan(offer.merchant_id, "Dear", base_minor=-1)
    assert queries.offer(offer.id) == offer


def test_a_card_shows_the_lowest_price_and_sells_out_with_its_last_variant(django_assert_num_queries):
    product = make_product(make_shop(make_account()), "Squid", skus=2, price_minor=1000, stock=1)
    first, second = queries.offers_of_product(product.id)
    actions.set_price(second.id, 800)
    stock.take(second.id, 1)
    with django_assert_num_queries(1):
        card = queries.cards([product.id, uuid4()])[product.id]
    assert (card.title, card.price, card.list_price, card.sold_out) == ("Squid", cny(800), None, False)
    stock.take(first.id, 1)
    assert queries.cards([product.id])[product.id].sold_out is True


@pytest.mark.parametrize("days", [0, 91, -1])
def test_days_until_arrival_are_days(days):
    merchant = make_shop(make_account()).id
    with pytest.raises(BadDays):
        actions.make_freight_plan(merchant, "Cold chain", arrives_within_days=days)
    plan = actions.make_freight_plan(merchant, "Cold chain", arrives_within_days=90)
    figures = {"base_minor": 0, "each_more_minor": 0, "free_from_minor": None, "regions": {}}
    assert actions.change_freight_plan(plan.id, "Cold chain", **figures).arrives_within_days is None


def test_freight_is_per_merchant_and_plan():
    merchant, other = make_shop(make_account()).id, uuid4()
    plan = actions.make_freight_plan(
        merchant, "Cold chain", base_minor=1200, each_more_minor=300, free_from_minor=19900,
        regions={"XJ": 2000, "TW": None},
    )  # fmt: skip
    line = FreightLine(merchant, plan, 3, cny(9000))
    assert queries.freight([line], "ZJ", "CNY") == {merchant: cny(1800)}
    assert queries.freight([line], "XJ", "CNY") == {merchant: cny(3800)}
    assert queries.freight([FreightLine(merchant, plan, 3, cny(19900))], "XJ", "CNY") == {merchant: cny(2000)}
    assert queries.freight([line, line, FreightLine(other, None, 1, cny(1))], "ZJ", "CNY") == {
        merchant: cny(2700),
        other: cny(0),
    }
    with pytest.raises(NotServed):
        queries.freight([line], "TW", "CNY")

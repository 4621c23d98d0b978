"""The thin whole of goods: list, see a card, take, return, terms, freight."""

from uuid import uuid4

import pytest

from laotie.goods.offers import actions as offer_actions
from laotie.goods.offers import queries as offers
from laotie.goods.offers.contracts import FreightLine
from laotie.goods.offers.errors import NotServed
from laotie.goods.stock import actions as stock_actions
from laotie.goods.stock import queries as stock
from laotie.goods.terms import actions as terms_actions
from laotie.goods.terms import queries as terms
from laotie.goods.terms.contracts import Terms, Wanted
from laotie.goods.terms.errors import SoldOut
from laotie.kit import clock
from laotie.kit.money import Money
from tests.makers import make_account, make_offer, make_product, make_shop

pytestmark = pytest.mark.django_db


def cny(minor: int) -> Money:
    return Money(minor, "CNY")


def test_a_listed_product_has_a_card(django_assert_num_queries):
    product = make_product(make_shop(make_account()), "Dried scallops", price_minor=6990, stock=3)
    with django_assert_num_queries(1):
        card = offers.cards([product.id])[product.id]
    assert (card.title, card.price, card.list_price, card.sold_out) == ("Dried scallops", cny(6990), None, False)


def test_stock_is_taken_and_given_back():
    offer = make_offer(make_shop(make_account()), stock=5)
    assert stock_actions.take(offer.id, 3) is True
    assert stock_actions.take(offer.id, 3) is False
    assert stock.available([offer.id]) == {offer.id: 2}
    stock_actions.give_back(offer.id, 3)
    assert stock.available([offer.id]) == {offer.id: 5}


def test_a_quantity_spread_over_buckets_is_taken_whole_or_not_at_all():
    offer = make_offer(make_shop(make_account()))
    stock_actions.set_stock(offer.id, 10, buckets=4)
    assert stock_actions.take(offer.id, 9) is True
    assert stock_actions.take(offer.id, 2) is False
    assert stock.available([offer.id]) == {offer.id: 1}


def test_an_order_takes_all_or_nothing():
    shop, buyer = make_shop(make_account()), make_account()
    first, second = make_offer(shop, stock=5), make_offer(shop, stock=1)
    with pytest.raises(SoldOut) as refused:
        terms_actions.take(buyer.id, [Wanted(first.id, 2), Wanted(second.id, 2)], clock.now())
    assert refused.value.data["offer_id"] == str(second.id)
    assert stock.available([first.id, second.id]) == {first.id: 5, second.id: 1}
    terms_actions.take(buyer.id, [Wanted(second.id, 1), Wanted(first.id, 2)], clock.now())
    assert stock.available([first.id, second.id]) == {first.id: 3, second.id: 0}


def test_terms_without_more_are_the_standing_price():
    offer = make_offer(make_shop(make_account()), price_minor=1234)
    assert terms.terms([offer.id], None, clock.now()) == {offer.id: Terms(offer.id, 1234, 1234)}


def test_a_price_change_keeps_history():
    offer = make_offer(make_shop(make_account()), price_minor=1000)
    offer_actions.set_price(offer.id, 900)
    assert [at.price for at in offers.price_history(offer.id)] == [cny(900), cny(1000)]


def test_freight_is_per_merchant_and_plan():
    merchant = make_shop(make_account()).id
    plan = offer_actions.make_freight_plan(
        merchant,
        "Cold chain",
        base_minor=1200,
        each_more_minor=300,
        free_from_minor=19900,
        regions={"XJ": 2000, "TW": None},
    )
    line = FreightLine(merchant, plan, 3, cny(9000))
    assert offers.freight([line], "ZJ", "CNY") == {merchant: cny(1800)}
    assert offers.freight([line], "XJ", "CNY") == {merchant: cny(3800)}
    assert offers.freight([FreightLine(merchant, plan, 3, cny(19900))], "XJ", "CNY") == {merchant: cny(2000)}
    with pytest.raises(NotServed):
        offers.freight([line], "TW", "CNY")
    assert offers.freight([FreightLine(uuid4(), None, 1, cny(1))], "ZJ", "CNY") != {merchant: cny(0)}

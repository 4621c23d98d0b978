"""Carts: of accounts and of visitors, against what is offered now."""

from datetime import timedelta
from uuid import uuid4

import pytest

from laotie.goods.offers import actions as offers
from laotie.goods.stock import actions as stock
from laotie.kit import clock
from laotie.kit.money import Money
from laotie.kit.origin import Origin
from laotie.trade.carts import actions, queries
from laotie.trade.carts.contracts import Snag
from laotie.trade.carts.errors import BadCount, CartFull, NoSuchOffer, NotInCart
from laotie.trade.carts.models import CartLineRow
from tests.makers import make_account, make_offer, make_shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer():
    return make_offer(make_shop(make_account("Chen")), price_minor=6990, stock=5)


def counts(cart) -> dict:
    return {line.terms.title: line.quantity for line in queries.cart(cart).lines}


def test_lines_by_shop_with_totals(offer, django_assert_num_queries):
    buyer = make_account()
    tea = make_offer(make_shop(make_account(), "Tea House"), "Tea", price_minor=1000, stock=5)
    actions.put(buyer.id, offer.id, 2)
    actions.put(buyer.id, tea.id, 1)
    with django_assert_num_queries(2):
        cart = queries.cart(buyer.id, buyer.id, "Zhejiang")
    assert [shop.shop for shop in cart.shops] == ["Tea House", "Harbour Seafood"]
    assert (cart.total, cart.freight) == (Money(14980, "CNY"), Money(0, "CNY"))


def test_putting_again_adds_and_setting_sets(offer):
    cart = uuid4()
    actions.put(cart, offer.id, 2, guest=True)
    actions.put(cart, offer.id, 1, guest=True)
    assert counts(cart) == {"Dried scallops": 3}
    actions.set_quantity(cart, offer.id, 1)
    assert counts(cart) == {"Dried scallops": 1}


def test_what_changed_is_marked_until_it_was_seen(offer):
    buyer = make_account()
    actions.put(buyer.id, offer.id, 1)
    offers.set_price(offer.id, 7990)
    [line] = queries.cart(buyer.id, buyer.id).lines
    assert (line.dearer, line.seen.minor, line.terms.price.minor) == (True, 6990, 7990)
    actions.confirm_prices(buyer.id, buyer.id)
    assert queries.cart(buyer.id, buyer.id).lines[0].dearer is False


@pytest.mark.parametrize(("left", "snag"), [(0, Snag.SOLD_OUT), (1, Snag.SHORT), (2, Snag.NONE)])
def test_what_cannot_be_had_is_marked_and_not_counted(offer, left, snag):
    cart = uuid4()
    actions.put(cart, offer.id, 2, guest=True)
    stock.set_stock(offer.id, left)
    found = queries.cart(cart)
    assert (found.lines[0].snag, found.total.minor) == (snag, 13980 if snag is Snag.NONE else 0)


def test_kept_for_later_and_taken_up(offer):
    cart = uuid4()
    actions.put(cart, offer.id, guest=True)
    actions.save_for_later(cart, offer.id)
    found = queries.cart(cart)
    assert (found.lines, len(found.saved), queries.count([cart])) == ((), 1, 0)
    actions.take_up(cart, offer.id)
    assert counts(cart) == {"Dried scallops": 1}


def test_a_visitors_cart_joins_the_accounts(offer):
    guest, buyer = uuid4(), make_account()
    tea = make_offer(make_shop(make_account(), "Tea House"), "Tea")
    origin = Origin("search", creator=uuid4())
    actions.put(guest, offer.id, 1, origin, guest=True)
    actions.put(guest, tea.id, 3, guest=True)
    actions.put(buyer.id, tea.id, 2)
    assert actions.merge(guest, buyer.id) == 2
    assert actions.merge(guest, buyer.id) == 0
    assert counts(buyer.id) == {"Dried scallops": 1, "Tea": 3}
    assert {line.origin for line in queries.cart(buyer.id).lines} == {origin, Origin()}


def test_limits(offer):
    cart = uuid4()
    for count in (0, -1, 1000):
        with pytest.raises(BadCount):
            actions.put(cart, offer.id, count, guest=True)
    with pytest.raises(NoSuchOffer):
        actions.put(cart, uuid4(), guest=True)
    with pytest.raises(NotInCart):
        actions.set_quantity(cart, offer.id, 1)
    actions.remove(cart, offer.id)


def test_a_full_cart_says_so(offer, monkeypatch):
    monkeypatch.setattr(actions, "MOST_LINES", 1)
    cart = uuid4()
    actions.put(cart, offer.id, guest=True)
    with pytest.raises(CartFull):
        actions.put(cart, make_offer(make_shop(make_account(), "Tea House"), "Tea").id, guest=True)


def test_visitors_carts_are_forgotten(offer):
    buyer = make_account()
    actions.put(uuid4(), offer.id, guest=True)
    actions.put(buyer.id, offer.id)
    with clock.travel(clock.now() + timedelta(days=61)):
        assert actions.purge_guests() == 1
    assert CartLineRow.objects.get().cart == buyer.id

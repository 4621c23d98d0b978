"""A buyer takes the deal's data along, and is forgotten: where parcels went goes, what was paid stays."""

import json
from datetime import timedelta
from typing import Any

import pytest

from laotie.kit import clock
from laotie.people.accounts import actions as accounts
from laotie.people.accounts.contracts import AccountView
from laotie.trade.carts import actions as carts
from laotie.trade.carts.models import CartLineRow
from laotie.trade.orders import actions as orders
from laotie.trade.orders import queries
from laotie.trade.orders.contracts import Order, State
from laotie.trade.orders.models import CheckoutRow
from laotie.trade.refunds import actions as refunds
from laotie.trade.refunds import queries as refund_queries
from tests.makers import PASSWORD, make_account, make_offer, make_paid, make_placed, make_shop, wanted

pytestmark = pytest.mark.django_db
ADDRESS = {
    "name": "Marigold", "phone": "13800000000", "region": "Zhejiang", "city": "Hangzhou",
    "street": "1 West Lake Road", "postcode": "",
}  # fmt: skip
BLANK = dict.fromkeys(ADDRESS, "") | {"region": "Zhejiang"}


@pytest.fixture
def buyer() -> AccountView:
    return make_account("Marigold", password=PASSWORD)


@pytest.fixture
def owner() -> AccountView:
    return make_account("Owner")


def recipient(order: Order) -> dict[str, Any]:
    return dict(CheckoutRow.objects.get(pk=order.checkout_id).recipient)


def seen(order: Order) -> Order:
    return queries.orders([order.id])[order.id]


def test_the_export_holds_orders_money_refunds_and_cart(buyer: AccountView, owner: AccountView) -> None:
    offer = make_offer(make_shop(owner), price_minor=6990)
    order = make_paid(buyer, wanted(offer, 2))
    refund = refunds.ask(buyer.id, order.id, {order.lines[0].id: 1}, "changed_mind", "Bought one too many")
    carts.put(buyer.id, offer.id, 3)
    data = accounts.export(buyer.id)
    assert json.loads(json.dumps(data)) == data
    [kept] = data["orders"]
    assert (kept["number"], kept["state"], kept["recipient"]) == (order.number, "paid", ADDRESS)
    assert (kept["total"], kept["paid"], kept["repaid"]) == ("¥139.80", "¥139.80", "¥69.90")
    assert [(line["title"], line["quantity"], line["unit_price"]) for line in kept["lines"]] == [
        ("Dried scallops", 2, "¥69.90")
    ]
    assert [(back["amount"], back["outside"]) for back in data["payments"]["repayments"]] == [("¥69.90", False)]
    assert [(each["id"], each["words"]) for each in data["refunds"]] == [(str(refund.id), "Bought one too many")]
    assert [(line["title"], line["quantity"]) for line in data["cart"]] == [("Dried scallops", 3)]


def test_closed_orders_lose_the_person_and_keep_the_money(buyer: AccountView, owner: AccountView) -> None:
    offer = make_offer(make_shop(owner), price_minor=6990)
    order = make_paid(buyer, wanted(offer))
    refund = refunds.ask(buyer.id, order.id, {order.lines[0].id: 1}, "changed_mind", "Aunt Li has one")
    carts.put(buyer.id, offer.id)
    assert recipient(order) == ADDRESS
    accounts.erase(buyer.id, PASSWORD)
    kept = seen(order)
    assert (recipient(order), kept.note) == (BLANK, "")
    assert (kept.state, kept.paid.minor, kept.repaid.minor, len(kept.lines)) == (State.REFUNDED, 6990, 6990, 1)
    [said] = refund_queries.refunds_of(order.id)
    assert (said.id, said.reason, said.words, said.amount.minor) == (refund.id, "changed_mind", "", 6990)
    assert not CartLineRow.objects.filter(cart=buyer.id).exists()


def test_an_order_under_way_keeps_its_address_until_it_closes(buyer: AccountView, owner: AccountView) -> None:
    order = make_paid(buyer, wanted(make_offer(make_shop(owner))))
    accounts.erase(buyer.id, PASSWORD)
    assert recipient(order) == ADDRESS
    orders.ship(owner.id, order.id, "sf", "SF1234567")
    for state, days in ((State.SIGNED, 15), (State.DONE, 23)):
        assert recipient(order) == ADDRESS
        with clock.travel(clock.now() + timedelta(days=days)):
            orders.run_due()
        assert seen(order).state == state
    assert (recipient(order), seen(order).paid) == (BLANK, order.paid)


def test_a_checkout_of_two_shops_is_blanked_with_its_last_order(buyer: AccountView, owner: AccountView) -> None:
    tea, salt = (make_offer(make_shop(owner, name), name, price_minor=1000) for name in ("Tea", "Salt"))
    placed = make_placed(buyer, wanted(tea), wanted(salt))
    orders.pay(placed.checkout_id, placed.total)
    accounts.erase(buyer.id, PASSWORD)
    first, second = (queries.orders(placed.order_ids)[order_id] for order_id in placed.order_ids)
    orders.cancel(owner.id, first.id, "out_of_stock")
    assert recipient(first) == ADDRESS
    orders.cancel(owner.id, second.id, "out_of_stock")
    assert recipient(second) == BLANK

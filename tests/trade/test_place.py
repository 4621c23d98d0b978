"""Placing: what is written, what is refused, and that one key means one thing for ever."""

from datetime import datetime, timedelta

import pytest

from laotie.goods.offers import actions as offer_actions
from laotie.goods.stock import actions as stock_actions
from laotie.goods.stock import queries as stock
from laotie.goods.terms.models import OfferCap
from laotie.kit import clock
from laotie.kit.money import Money
from laotie.kit.origin import Origin
from laotie.people.addresses.errors import NoSuchAddress
from laotie.stream.outbox.models import OutboxRow
from laotie.trade.orders import actions, queries
from laotie.trade.orders.contracts import State, Wanted
from laotie.trade.orders.errors import (
    BadKey,
    BadQuantity,
    EmptyOrder,
    KeyReused,
    NotOnSale,
    NotServed,
    OverCap,
    PriceChanged,
    SoldOut,
)
from laotie.trade.orders.models import CheckoutRow
from tests.makers import make_account, make_address, make_offer, make_paid, make_placed, make_shop, wanted

pytestmark = pytest.mark.django_db


def cny(minor: int) -> Money:
    return Money(minor, "CNY")


@pytest.fixture
def buyer():
    return make_account("Mei")


@pytest.fixture
def offer():
    return make_offer(make_shop(make_account("Chen")), price_minor=6990, stock=10)


def test_a_checkout_over_two_shops_is_an_order_a_shop(buyer, offer):
    other = make_offer(make_shop(make_account(), "Tea House"), "Green tea", price_minor=1500, stock=5)
    placed = make_placed(buyer, wanted(offer, 2), wanted(other, 3))
    assert placed.total == cny(2 * 6990 + 3 * 1500)
    found = [queries.order_for(buyer.id, order_id) for order_id in placed.order_ids]
    assert {order.merchant_id: order.total.minor for order in found} == {
        offer.merchant_id: 13980,
        other.merchant_id: 4500,
    }
    assert {order.state for order in found} == {State.PLACED}
    assert stock.available([offer.id, other.id]) == {offer.id: 8, other.id: 2}
    assert placed.pay_by - found[0].placed_at == timedelta(minutes=15)


def test_a_line_copies_the_terms(buyer, offer):
    placed = make_placed(buyer, wanted(offer, 2))
    line = queries.order_for(buyer.id, placed.order_ids[0]).lines[0]
    assert (line.title, line.quantity, line.unit_price, line.list_price) == ("Dried scallops", 2, cny(6990), cny(6990))
    assert (line.offer_id, line.product_id, line.ships_within_hours) == (offer.id, offer.product_id, 48)


def test_placing_is_three_statements(buyer, offer, django_assert_num_queries):
    address = make_address(buyer)
    lines = [wanted(offer)]
    # Inside the test's transaction the write stands in a savepoint: two statements more, which a page does not send.
    with django_assert_num_queries(5) as seen:
        actions.place(buyer.id, lines, address.id, "k")
    assert sum("SAVEPOINT" not in query["sql"] for query in seen.captured_queries) == 3


def test_facts_and_history_go_with_the_order(buyer, offer):
    placed = make_placed(buyer, wanted(offer, 2))
    rows = OutboxRow.objects.filter(kind__in=["order.placed", "line.placed"]).order_by("position")
    assert [row.kind for row in rows] == ["order.placed", "line.placed"]
    assert rows[0].body["buyer"] == str(buyer.pseudonym)
    assert (rows[1].body["quantity"], rows[1].body["unit_price_minor"]) == (2, 6990)
    assert [step.event for step in queries.history(placed.order_ids[0])] == ["place"]


def test_an_origin_is_carried(buyer, offer):
    creator = make_account("Da")
    line = Wanted(offer.id, 1, offer.price, Origin("session", creator=creator.id))
    placed = actions.place(buyer.id, [line], make_address(buyer).id, "k")
    kept = queries.order_for(buyer.id, placed.order_ids[0]).lines[0]
    assert kept.origin == {"entry": "session", "creator": str(creator.id)}
    assert kept.creator_id == creator.id


def test_freight_is_shared_over_the_lines(buyer):
    shop = make_shop(make_account())
    plan = offer_actions.make_freight_plan(
        shop.id, name="Parcel", base_minor=1000, regions={"Xinjiang": 500, "Taiwan": None}
    )
    offers = [make_offer(shop, "A", price_minor=100), make_offer(shop, "B", price_minor=200)]
    for offer in offers:
        _carry(offer, plan)
    placed = actions.place(buyer.id, [wanted(o) for o in offers], make_address(buyer, "Xinjiang").id, "k")
    order = queries.order_for(buyer.id, placed.order_ids[0])
    assert (order.freight, placed.total) == (cny(1500), cny(1800))
    assert [line.freight.minor for line in order.lines] == [500, 1000]
    with pytest.raises(NotServed):
        actions.place(buyer.id, [wanted(offers[0])], make_address(buyer, "Taiwan").id, "k2")


def test_an_arrival_is_promised_where_all_lines_promise_one(buyer):
    shop = make_shop(make_account())
    offers = [make_offer(shop, "A", price_minor=100), make_offer(shop, "B", price_minor=200)]
    for offer, days in zip(offers, (3, 5), strict=True):
        _carry(offer, offer_actions.make_freight_plan(shop.id, f"In {days}", arrives_within_days=days))
    order = make_paid(buyer, *map(wanted, offers))
    assert order.arrive_by == order.ship_by + timedelta(days=5)
    fact = OutboxRow.objects.filter(kind="order.paid").order_by("position").last()
    assert datetime.fromisoformat(fact.body["promised_arrival_at"]) == order.arrive_by
    silent = make_offer(shop, "C", price_minor=300)
    assert make_paid(buyer, wanted(offers[0]), wanted(silent)).arrive_by is None


def _carry(offer, plan):
    from laotie.goods.offers.models import Offer

    Offer.objects.filter(pk=offer.id).update(freight_plan_id=plan.id)


def test_the_same_key_gives_the_same_answer(buyer, offer):
    address = make_address(buyer)
    first = actions.place(buyer.id, [wanted(offer, 10)], address.id, "one")
    assert actions.place(buyer.id, [wanted(offer, 10)], address.id, "one") == first
    offer_actions.set_price(offer.id, 100)
    assert actions.place(buyer.id, [wanted(offer, 10)], address.id, "one") == first
    assert CheckoutRow.objects.count() == 1


def test_a_key_never_means_two_things(buyer, offer):
    address = make_address(buyer)
    actions.place(buyer.id, [wanted(offer, 1)], address.id, "one")
    with pytest.raises(KeyReused):
        actions.place(buyer.id, [wanted(offer, 2)], address.id, "one")
    other = make_account()
    assert actions.place(other.id, [wanted(offer, 2)], make_address(other).id, "one").total == cny(13980)


def test_sold_out_names_each_line_and_writes_nothing(buyer, offer):
    shop = make_shop(make_account(), "Tea House")
    short, gone = make_offer(shop, "Green tea", stock=2), make_offer(shop, "Black tea", stock=0)
    with pytest.raises(SoldOut) as refused:
        make_placed(buyer, wanted(offer), wanted(short, 3), wanted(gone))
    named = {row["title"]: (row["wanted"], row["left"]) for row in refused.value.data["lines"]}
    assert named == {"Green tea": (3, 2), "Black tea": (1, 0)}
    assert CheckoutRow.objects.count() == 0
    assert stock.available([offer.id, short.id]) == {offer.id: 10, short.id: 2}


def test_what_sells_out_while_we_write_is_refused_whole(buyer, offer, monkeypatch):
    other = make_offer(make_shop(make_account(), "Tea House"), "Green tea", stock=5)
    real = actions.place.__globals__["writing"].deal

    def sells_meanwhile(*arguments):
        stock_actions.take(other.id, 5)
        return real(*arguments)

    monkeypatch.setattr("laotie.trade.orders.actions.writing.deal", sells_meanwhile)
    with pytest.raises(SoldOut) as refused:
        make_placed(buyer, wanted(offer, 2), wanted(other, 1))
    assert [row["title"] for row in refused.value.data["lines"]] == ["Green tea"]
    assert stock.available([offer.id]) == {offer.id: 10}
    assert CheckoutRow.objects.count() == 0


def test_a_changed_price_is_confirmed_by_the_buyer(buyer, offer):
    line = wanted(offer, 2)
    offer_actions.set_price(offer.id, 7990)
    with pytest.raises(PriceChanged) as refused:
        make_placed(buyer, line)
    assert refused.value.data["lines"][0] | {"offer_id": None} == {
        "offer_id": None, "title": "Dried scallops", "agreed_minor": 6990, "price_minor": 7990,
    }  # fmt: skip
    assert refused.value.data["total_minor"] == 15980
    assert make_placed(buyer, Wanted(offer.id, 2, cny(7990))).total == cny(15980)


def test_a_changed_total_is_confirmed_by_the_buyer(buyer, offer):
    with pytest.raises(PriceChanged):
        actions.place(buyer.id, [wanted(offer)], make_address(buyer).id, "k", agreed_total=cny(6000))


def test_a_cap_holds_over_orders(buyer, offer):
    OfferCap.objects.create(offer_id=offer.id, cap=3)
    make_placed(buyer, wanted(offer, 2))
    with pytest.raises(OverCap):
        make_placed(buyer, wanted(offer, 2))
    make_placed(buyer, wanted(offer, 1))


def test_bad_orders_say_what_is_wrong(buyer, offer):
    address = make_address(buyer)
    for lines, key, error in [
        ([], "k", EmptyOrder),
        ([wanted(offer, 0)], "k", BadQuantity),
        ([wanted(offer, 600), wanted(offer, 600)], "k", BadQuantity),
        ([wanted(offer)], "", BadKey),
        ([wanted(offer)], "a\x00b", BadKey),
        ([wanted(offer)], "x" * 81, BadKey),
    ]:
        with pytest.raises(error):
            actions.place(buyer.id, lines, address.id, key)
    with pytest.raises(NoSuchAddress):
        actions.place(buyer.id, [wanted(offer)], make_address(make_account()).id, "k")
    with pytest.raises(NotOnSale):
        actions.place(buyer.id, [Wanted(make_address(buyer).id, 1, cny(1))], address.id, "k")
    assert CheckoutRow.objects.count() == 0


def test_clock_is_the_markets(buyer, offer):
    with clock.travel(clock.now() + timedelta(days=30)):
        placed = make_placed(buyer, wanted(offer))
        assert queries.order_for(buyer.id, placed.order_ids[0]).placed_at == clock.now()

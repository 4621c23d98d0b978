"""How an order moves: every transition, who may, what the clock does, and that repeating changes nothing."""

from datetime import timedelta

import pytest

from laotie.goods.stock import queries as stock
from laotie.kit import clock
from laotie.kit.errors import Forbidden
from laotie.kit.money import Money
from laotie.people.notices import queries as notices
from laotie.people.standing import actions as standing
from laotie.people.standing.contracts import Standing
from laotie.stream.outbox.models import OutboxRow
from laotie.trade.orders import actions, queries
from laotie.trade.orders.contracts import Filter, Party, State
from laotie.trade.orders.errors import BadCarrier, BadTracking, NotYours, OrderNotFound, WrongState
from laotie.trade.orders.models import OrderRow
from laotie.trade.orders.transitions import TABLE, events_for
from tests.html import validate
from tests.makers import make_account, make_offer, make_operator, make_paid, make_placed, make_shop, make_staff, wanted

pytestmark = pytest.mark.django_db


def cny(minor: int) -> Money:
    return Money(minor, "CNY")


@pytest.fixture
def seller():
    return make_account("Chen")


@pytest.fixture
def shop(seller):
    return make_shop(seller)


@pytest.fixture
def offer(shop):
    return make_offer(shop, price_minor=6990, stock=10)


@pytest.fixture
def buyer():
    return make_account("Mei")


def state(order_id) -> State:
    return queries.orders([order_id])[order_id].state


def kinds() -> list[str]:
    return list(OutboxRow.objects.order_by("position").values_list("kind", flat=True))


def test_the_whole_road(buyer, seller, offer):
    order = make_paid(buyer, wanted(offer))
    assert (order.state, order.paid) == (State.PAID, cny(6990))
    assert order.ship_by - order.paid_at == timedelta(hours=48)
    parcel = actions.ship(seller.id, order.id, "sf", "SF 1234 5678")
    assert (parcel.tracking, state(order.id)) == ("SF12345678", State.SHIPPED)
    actions.sign(buyer.id, order.id)
    with clock.travel(clock.now() + timedelta(days=7)):
        assert actions.run_due() == 1
        assert actions.run_due() == 0
    assert state(order.id) == State.DONE
    assert [step.event for step in queries.history(order.id)] == ["place", "pay", "ship", "sign", "finish"]
    assert kinds()[-6:] == [
        "line.placed",
        "order.paid",
        "parcel.shipped",
        "parcel.signed",
        "settlement.dated",
        "order.done",
    ]


def test_the_other_side_is_told(buyer, seller, offer):
    order = make_paid(buyer, wanted(offer))
    assert notices.notices(seller.id)[0].sentence.startswith("Order {number} was paid.")
    actions.ship(seller.id, order.id, "sf", "SF12345678")
    assert [notice.sentence for notice in notices.notices(buyer.id)] == ["Order {number} is on its way."]


def test_unpaid_ends_after_fifteen_minutes_and_gives_stock_back_once(buyer, offer):
    placed = make_placed(buyer, wanted(offer, 4))
    assert actions.run_due() == 0
    with clock.travel(placed.pay_by):
        assert (actions.run_due(), actions.run_due()) == (1, 0)
    assert stock.available([offer.id]) == {offer.id: 10}
    order = queries.orders(placed.order_ids)[placed.order_ids[0]]
    assert (order.state, order.close_reason) == (State.CANCELLED, "unpaid")


def test_money_that_comes_too_late_is_not_needed(buyer, offer):
    placed = make_placed(buyer, wanted(offer))
    with clock.travel(clock.now() + timedelta(hours=1)):
        actions.run_due()
        assert actions.pay(placed.checkout_id, placed.total) == placed.total
    assert state(placed.order_ids[0]) == State.CANCELLED


def test_money_that_comes_twice_is_not_needed(buyer, offer):
    placed = make_placed(buyer, wanted(offer))
    assert actions.pay(placed.checkout_id, placed.total) == cny(0)
    assert actions.pay(placed.checkout_id, placed.total) == placed.total


def test_cancelling_one_of_two_orders_leaves_the_other_to_pay(buyer, offer):
    tea = make_offer(make_shop(make_account(), "Tea"), "Tea", price_minor=1000)
    placed = make_placed(buyer, wanted(offer), wanted(tea))
    first, second = placed.order_ids
    actions.cancel(buyer.id, first)
    due = queries.checkout_for(buyer.id, placed.checkout_id).due
    assert due == queries.orders([second])[second].total
    assert actions.pay(placed.checkout_id, placed.total) == placed.total - due
    assert (state(first), state(second)) == (State.CANCELLED, State.PAID)


@pytest.mark.parametrize("who", ["buyer", "seller", "operator"])
def test_a_paid_order_that_is_cancelled_owes_its_money(who, buyer, seller, offer):
    order = make_paid(buyer, wanted(offer, 2))
    account = {"buyer": buyer, "seller": seller, "operator": make_operator()}[who]
    actions.cancel(account.id, order.id, "changed my mind")
    actions.cancel(account.id, order.id, "changed my mind")
    owed = queries.repayments_open()
    assert [(row.order_id, row.amount, row.cause) for row in owed] == [(order.id, cny(13980), "cancel")]
    assert stock.available([offer.id]) == {offer.id: 10}
    body = OutboxRow.objects.get(kind="order.cancelled").body
    assert (body["by"], body["paid"], body["reason"]) == (who, True, "changed my mind")


def test_nobody_else_cancels(buyer, offer, seller, shop):
    order = make_paid(buyer, wanted(offer))
    other_seller = make_account()
    make_shop(other_seller, "Other")
    for stranger in (make_account(), other_seller, make_staff(seller, shop, "goods"), make_staff(seller, shop, "care")):
        with pytest.raises(NotYours):
            actions.cancel(stranger.id, order.id)
        with pytest.raises(Forbidden):
            actions.ship(stranger.id, order.id, "sf", "SF12345678")
        with pytest.raises(NotYours):
            actions.sign(stranger.id, order.id)
    assert state(order.id) == State.PAID
    actions.ship(make_staff(seller, shop, "orders").id, order.id, "sf", "SF12345678")
    assert state(order.id) == State.SHIPPED


def test_what_was_shipped_is_not_cancelled(buyer, seller, offer):
    order = make_paid(buyer, wanted(offer))
    actions.ship(seller.id, order.id, "sf", "SF12345678")
    with pytest.raises(WrongState):
        actions.cancel(buyer.id, order.id)


def test_unpaid_is_not_shipped(buyer, seller, offer):
    placed = make_placed(buyer, wanted(offer))
    with pytest.raises(WrongState):
        actions.ship(seller.id, placed.order_ids[0], "sf", "SF12345678")
    with pytest.raises(WrongState):
        actions.sign(buyer.id, placed.order_ids[0])


def test_the_same_parcel_twice_is_one_and_a_second_may_follow(buyer, seller, offer):
    order = make_paid(buyer, wanted(offer, 2))
    first = actions.ship(seller.id, order.id, "sf", "SF12345678")
    assert actions.ship(seller.id, order.id, "sf", "sf12345678") == first
    actions.ship(seller.id, order.id, "sf", "SF12345679")
    assert len(queries.parcels([order.id])[order.id]) == 2
    assert kinds().count("parcel.shipped") == 2


@pytest.mark.parametrize(
    ("carrier", "tracking", "error"),
    [("pigeon", "SF12345678", BadCarrier), ("sf", "12", BadTracking), ("sf", "no-number", BadTracking)],
)
def test_a_parcel_needs_a_carrier_and_a_number(buyer, seller, offer, carrier, tracking, error):
    order = make_paid(buyer, wanted(offer))
    with pytest.raises(error):
        actions.ship(seller.id, order.id, carrier, tracking)


def test_late_is_a_fact_once(buyer, seller, offer):
    order = make_paid(buyer, wanted(offer))
    with clock.travel(order.ship_by + timedelta(minutes=1)):
        assert (actions.run_due(), actions.run_due()) == (1, 0)
        assert kinds().count("order.late") == 1
        assert queries.orders_of_shop(seller.id, order.merchant_id, Filter(late=True)).count == 1
        actions.ship(seller.id, order.id, "sf", "SF12345678")
    assert queries.orders([order.id])[order.id].late is True


def test_an_order_that_fails_keeps_no_other_waiting(buyer, offer):
    broken, other = make_paid(buyer, wanted(offer)), make_placed(buyer, wanted(offer), key="other")
    OrderRow.objects.filter(pk=broken.id).update(due_at=broken.placed_at, ship_by=None)
    with clock.travel(other.pay_by), pytest.raises(ExceptionGroup) as told:
        actions.run_due()
    assert told.value.exceptions[0].__notes__ == [f"The clock of order {broken.id}"]
    assert (state(broken.id), state(other.order_ids[0])) == (State.PAID, State.CANCELLED)


def test_a_parcel_signs_itself_after_two_weeks(buyer, seller, offer):
    order = make_paid(buyer, wanted(offer))
    actions.ship(seller.id, order.id, "sf", "SF12345678")
    with clock.travel(clock.now() + timedelta(days=14)):
        assert actions.run_due() == 1
    assert state(order.id) == State.SIGNED
    assert OutboxRow.objects.get(kind="parcel.signed").body["by"] == "clock"


def test_the_carrier_signs_when_all_parcels_arrived(buyer, seller, offer):
    order = make_paid(buyer, wanted(offer, 2))
    actions.ship(seller.id, order.id, "sf", "SF12345678")
    actions.ship(seller.id, order.id, "sf", "SF12345679")
    at = clock.now()
    for _ in range(2):
        actions.carrier_says("sf", "SF12345678", "delivered", at, words="At the door")
    assert state(order.id) == State.SHIPPED
    actions.carrier_says("sf", "SF12345679", "delivered", at)
    assert state(order.id) == State.SIGNED
    assert len(queries.parcels([order.id])[order.id][0].events) == 1


def test_only_those_concerned_see_an_order(buyer, seller, shop, offer):
    order = make_paid(buyer, wanted(offer))
    for account in (
        buyer,
        seller,
        make_staff(seller, shop, "orders"),
        make_staff(seller, shop, "care"),
        make_operator(),
    ):
        assert queries.order_for(account.id, order.id).id == order.id
    for account in (make_account(), make_staff(seller, shop, "goods")):
        with pytest.raises(NotYours):
            queries.order_for(account.id, order.id)
    with pytest.raises(OrderNotFound):
        queries.order_for(buyer.id, order.checkout_id)
    with pytest.raises(NotYours):
        queries.checkout_for(seller.id, order.checkout_id)


def test_lists_count_and_find(buyer, seller, offer, django_assert_num_queries):
    for _ in range(3):
        make_placed(buyer, wanted(offer))
    order = make_paid(buyer, wanted(offer))
    with django_assert_num_queries(3):
        page = queries.orders_of_buyer(buyer.id, size=2)
    assert (page.count, next(found.id for found in page.orders)) == (4, order.id)
    assert queries.orders_of_buyer(buyer.id, Filter(states=(State.PAID,))).count == 1
    assert queries.orders_of_buyer(buyer.id, Filter(words="scallop")).count == 4
    assert queries.orders_of_buyer(buyer.id, Filter(words=order.number)).count == 1
    assert queries.orders_of_buyer(seller.id).count == 0
    assert queries.counts_of_shop(seller.id, order.merchant_id) == {State.PLACED: 3, State.PAID: 1}


def test_the_table_lets_each_party_do_its_part():
    assert events_for(State.PLACED, Party.BUYER) == {"cancel"}
    assert events_for(State.PAID, Party.SELLER) == {"cancel", "ship", "refund"}
    assert events_for(State.DONE, Party.BUYER) == frozenset()
    assert {row.target for row in TABLE.values() if row.event == "resume"} == {None}


def test_a_signed_order_keeps_the_settlement_days_of_its_moment(client, django_user_model, buyer, seller, shop, offer):
    order = make_paid(buyer, wanted(offer))
    actions.ship(seller.id, order.id, "sf", "SF 1234 5678")
    now = clock.now()
    standing.write([Standing(shop.id, now, "leading", 12_000, settlement_days=3, decided_by="v1-abc/1")])
    actions.sign(buyer.id, order.id)
    standing.write([Standing(shop.id, clock.now(), "weak", 6_000, settlement_days=14)])
    signed = queries.orders([order.id])[order.id]
    assert (signed.settlement_days, signed.settles_at) == (3, signed.signed_at + timedelta(days=3))
    fact = OutboxRow.objects.get(kind="settlement.dated").body
    assert (fact["days"], fact["settles_at"], fact["decided_by"]) == (3, signed.settles_at.isoformat(), "v1-abc/1")
    client.force_login(django_user_model.objects.get(pk=seller.id))
    page = client.get(f"/seller/{shop.slug}/orders/{order.id}").content.decode()
    validate(page)
    assert "3 days after signing" in page
    client.force_login(django_user_model.objects.get(pk=buyer.id))
    assert "days after signing" not in client.get(f"/orders/{order.id}").content.decode()

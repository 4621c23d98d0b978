"""Money back: at once before shipping, by an answer after it, by the clock without one, by the market in a dispute."""

from datetime import timedelta

import pytest

from laotie.goods.stock import queries as stock
from laotie.kit import clock
from laotie.kit.errors import Forbidden
from laotie.kit.money import Money
from laotie.people.accounts.errors import OperatorsOnly
from laotie.stream.outbox.models import OutboxRow
from laotie.trade.orders import actions as orders
from laotie.trade.orders import queries as order_queries
from laotie.trade.orders.contracts import Party, State
from laotie.trade.orders.errors import NotYours, WrongState
from laotie.trade.refunds import actions, queries
from laotie.trade.refunds.contracts import Reason, RefundState
from laotie.trade.refunds.errors import (
    AlreadyAsked,
    Answered,
    BadReason,
    NothingChosen,
    NotNow,
    NotYourRefund,
    TooMuch,
    WordsNeeded,
)
from tests.makers import make_account, make_offer, make_operator, make_paid, make_placed, make_shop, make_staff, wanted

pytestmark = pytest.mark.django_db


def cny(minor: int) -> Money:
    return Money(minor, "CNY")


@pytest.fixture
def buyer():
    return make_account("Mei")


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
def shipped(buyer, seller, offer):
    order = make_paid(buyer, wanted(offer, 3))
    orders.ship(seller.id, order.id, "sf", "SF12345678")
    return order_queries.order_for(buyer.id, order.id)


def now(order):
    return order_queries.orders([order.id])[order.id]


def whole(order) -> dict:
    return {line.id: line.quantity for line in order.lines}


def owed(order) -> list[int]:
    return [row.amount.minor for row in order_queries.repayments_of(order.id)]


def test_before_shipping_it_is_given_at_once(buyer, offer):
    order = make_paid(buyer, wanted(offer, 3))
    refund = actions.ask(buyer.id, order.id, whole(order), "changed_mind")
    assert refund.state == RefundState.SETTLED
    assert (now(order).state, owed(order)) == (State.REFUNDED, [20970])
    assert stock.available([offer.id]) == {offer.id: 10}


def test_a_part_before_shipping_leaves_the_rest_to_ship(buyer, seller, offer):
    order = make_paid(buyer, wanted(offer, 3))
    actions.ask(buyer.id, order.id, {order.lines[0].id: 1}, "changed_mind")
    assert (now(order).state, owed(order), now(order).lines[0].left) == (State.PAID, [6990], 2)
    assert stock.available([offer.id]) == {offer.id: 8}
    orders.cancel(buyer.id, order.id)
    assert owed(order) == [6990, 13980]
    assert stock.available([offer.id]) == {offer.id: 10}


def test_after_shipping_the_seller_answers(buyer, seller, shipped):
    refund = actions.ask(buyer.id, shipped.id, whole(shipped), "quality", "It smells.")
    assert (refund.state, now(shipped).state, owed(shipped)) == (RefundState.ASKED, State.REFUNDING, [])
    actions.accept(seller.id, refund.id)
    actions.accept(seller.id, refund.id)
    assert (now(shipped).state, owed(shipped)) == (State.REFUNDED, [20970])


def test_a_part_after_shipping_puts_the_order_back_on_its_road(buyer, seller, shipped):
    refund = actions.ask(buyer.id, shipped.id, {shipped.lines[0].id: 1}, "damaged")
    actions.accept(seller.id, refund.id)
    assert (now(shipped).state, owed(shipped)) == (State.SHIPPED, [6990])
    assert now(shipped).due_at == shipped.due_at
    orders.sign(buyer.id, shipped.id)
    again = actions.ask(buyer.id, shipped.id, {shipped.lines[0].id: 2}, "late")
    actions.accept(seller.id, again.id)
    assert (now(shipped).state, owed(shipped)) == (State.REFUNDED, [6990, 13980])


def test_no_answer_in_two_days_is_the_buyers(buyer, shipped):
    actions.ask(buyer.id, shipped.id, whole(shipped), "quality")
    with clock.travel(clock.now() + timedelta(hours=47)):
        assert actions.run_due() == 0
    with clock.travel(clock.now() + timedelta(hours=48)):
        assert (actions.run_due(), actions.run_due()) == (1, 0)
    assert (now(shipped).state, owed(shipped)) == (State.REFUNDED, [20970])
    assert OutboxRow.objects.get(kind="refund.settled").body["by"] == "clock"


def test_a_dispute_is_judged_by_the_market(buyer, seller, shipped):
    refund = actions.ask(buyer.id, shipped.id, whole(shipped), "quality")
    actions.decline(seller.id, refund.id, "It left us in good order.")
    actions.dispute(buyer.id, refund.id)
    assert now(shipped).state == State.DISPUTED
    operator = make_operator()
    assert [row.id for row in queries.to_judge(operator.id)] == [refund.id]
    actions.judge_for_buyer(operator.id, refund.id, "The pictures show it clearly.")
    assert (now(shipped).state, owed(shipped)) == (State.REFUNDED, [20970])


def test_a_dispute_lost_puts_the_order_back(buyer, seller, shipped):
    refund = actions.ask(buyer.id, shipped.id, whole(shipped), "quality")
    actions.decline(seller.id, refund.id, "It left us in good order.")
    actions.dispute(buyer.id, refund.id)
    actions.judge_for_seller(make_operator().id, refund.id, "No evidence of a fault.")
    assert (now(shipped).state, owed(shipped)) == (State.SHIPPED, [])


def test_a_no_that_rests_a_week_is_over(buyer, seller, shipped):
    refund = actions.ask(buyer.id, shipped.id, whole(shipped), "quality")
    actions.decline(seller.id, refund.id, "It left us in good order.")
    with clock.travel(clock.now() + timedelta(days=7)):
        assert actions.run_due() == 1
    assert now(shipped).state == State.SHIPPED


def test_the_first_reason_is_kept(buyer, seller, shipped):
    line = shipped.lines[0].id
    first = actions.ask(buyer.id, shipped.id, {line: 1}, "not_as_claimed")
    actions.withdraw(buyer.id, first.id)
    second = actions.ask(buyer.id, shipped.id, {line: 1}, "changed_mind")
    actions.accept(seller.id, second.id)
    assert queries.first_reasons([line]) == {line: Reason.NOT_AS_CLAIMED}
    facts = OutboxRow.objects.filter(kind="refund.asked").order_by("position")
    assert [(row.body["reason"], row.body["first"]) for row in facts] == [
        ("not_as_claimed", True), ("changed_mind", False),
    ]  # fmt: skip


def test_asking_twice_is_one_asking(buyer, shipped):
    line = shipped.lines[0].id
    first = actions.ask(buyer.id, shipped.id, {line: 1}, "late")
    assert actions.ask(buyer.id, shipped.id, {line: 1}, "late") == first
    with pytest.raises(AlreadyAsked):
        actions.ask(buyer.id, shipped.id, {line: 2}, "late")


def test_bad_askings_say_what_is_wrong(buyer, offer, shipped):
    line = shipped.lines[0].id
    for chosen, reason, error in [
        ({}, "late", NothingChosen),
        ({offer.id: 1}, "late", NothingChosen),
        ({line: 4}, "late", TooMuch),
        ({line: -1}, "late", TooMuch),
        ({line: 1}, "because", BadReason),
    ]:
        with pytest.raises(error):
            actions.ask(buyer.id, shipped.id, chosen, reason)
    unpaid = make_placed(buyer, wanted(offer))
    order = order_queries.order_for(buyer.id, unpaid.order_ids[0])
    with pytest.raises(NotNow):
        actions.ask(buyer.id, order.id, whole(order), "late")
    with pytest.raises(WrongState):
        orders.resume(shipped.id, Party.BUYER, buyer.id, {})


def test_each_may_only_do_his_part(buyer, seller, shop, shipped):
    refund = actions.ask(buyer.id, shipped.id, whole(shipped), "quality")
    stranger = make_account()
    for account in (stranger, buyer, make_staff(seller, shop, "orders"), make_operator()):
        with pytest.raises(Forbidden):
            actions.accept(account.id, refund.id)
        with pytest.raises(Forbidden):
            actions.decline(account.id, refund.id, "No, not at all.")
    for account in (stranger, seller):
        with pytest.raises(NotYourRefund):
            actions.withdraw(account.id, refund.id)
        with pytest.raises(NotYourRefund):
            actions.dispute(account.id, refund.id)
        with pytest.raises(NotYours):
            actions.ask(account.id, shipped.id, whole(shipped), "quality")
        with pytest.raises(OperatorsOnly):
            actions.judge_for_buyer(account.id, refund.id, "I say so myself.")
    with pytest.raises(WordsNeeded):
        actions.decline(seller.id, refund.id, " no ")
    with pytest.raises(Answered):
        actions.dispute(buyer.id, refund.id)
    actions.decline(make_staff(seller, shop, "care").id, refund.id, "It left us in good order.")
    assert owed(shipped) == []

"""Every lock, by two at once: whichever comes first, the other finds it done, and nothing is lost or doubled.

Each race holds one side still at the lock that both need, lets the other run into it, and then lets go.
"""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction
from procrastinate.contrib.django import app

from laotie.goods.catalogue import actions as catalogue
from laotie.goods.offers import actions as offers
from laotie.goods.stock import actions as goods_stock
from laotie.goods.stock import queries as stock
from laotie.kit import clock
from laotie.kit.errors import MarketError
from laotie.trade.orders import actions, queries
from laotie.trade.orders.actions import writing
from laotie.trade.orders.contracts import State
from laotie.trade.orders.errors import NotOnSale, SoldOut, WrongState
from laotie.trade.orders.models import CheckoutRow, RepaymentRow
from laotie.trade.payments import actions as payments
from laotie.trade.payments.models import GivenBackRow
from laotie.trade.payments.providers import sandbox
from laotie.trade.refunds import actions as refunds
from tests.goods.interleaving import connect
from tests.makers import make_account, make_address, make_offer, make_paid, make_placed, make_shop, wanted

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def buyer():
    return make_account("Mei")


@pytest.fixture
def seller():
    return make_account("Chen")


@pytest.fixture
def offer(seller):
    return make_offer(make_shop(seller), price_minor=6990, stock=10)


def state(order_id) -> State:
    return queries.orders([order_id])[order_id].state


def apart(act):
    """Run in a thread with a connection of its own; errors of the market are answers."""
    try:
        return act()
    except MarketError as error:
        return error
    finally:
        connections.close_all()


def while_held(order_id, *acts):
    """Start every act while the order is locked, let them all wait for it, then let go; their answers."""
    with ThreadPoolExecutor(len(acts)) as pool:
        with transaction.atomic():
            actions.hold(order_id)
            running = [pool.submit(apart, act) for act in acts]
            _until_waiting(len(acts))
        return [future.result(timeout=20) for future in running]


def _until_waiting(count: int) -> None:
    """Until so many connections wait for a lock; asked of PostgreSQL, not of a clock."""
    pause = threading.Event()
    for _ in range(2000):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")  # else a transaction sees the first answer for ever
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0] >= count:
                return
        pause.wait(0.005)
    raise AssertionError("nobody waits for the lock")


def test_cancel_against_pay(buyer, offer):
    placed = make_placed(buyer, wanted(offer, 3))
    order_id = placed.order_ids[0]
    _, excess = while_held(
        order_id,
        lambda: actions.cancel(buyer.id, order_id),
        lambda: actions.pay(placed.checkout_id, placed.total),
    )
    order = queries.orders([order_id])[order_id]
    assert order.state == State.CANCELLED
    # Cancelled first: the money was not needed. Paid first: it is owed back. Never both, never neither.
    assert excess.minor + order.repaid.minor == placed.total.minor
    assert stock.available([offer.id]) == {offer.id: 10}


def test_pay_against_expire(buyer, offer):
    placed = make_placed(buyer, wanted(offer, 3))
    order_id = placed.order_ids[0]

    def expire():
        with clock.travel(placed.pay_by):
            return actions.run_due()

    excess, expired = while_held(order_id, lambda: actions.pay(placed.checkout_id, placed.total), expire)
    paid = state(order_id) == State.PAID
    assert (expired, excess.minor) == ((0, 0) if paid else (1, placed.total.minor))
    assert stock.available([offer.id]) == {offer.id: 7 if paid else 10}


def test_expire_by_two_workers_at_once(buyer, offer):
    placed = make_placed(buyer, wanted(offer, 3))

    def expire():
        with clock.travel(placed.pay_by + timedelta(seconds=1)):
            return actions.run_due()

    answers = while_held(placed.order_ids[0], expire, expire)
    assert sum(answers) == 1
    assert stock.available([offer.id]) == {offer.id: 10}


def test_ship_against_cancel(buyer, seller, offer):
    order = make_paid(buyer, wanted(offer, 3))
    shipped, cancelled = while_held(
        order.id,
        lambda: actions.ship(seller.id, order.id, "sf", "SF12345678"),
        lambda: actions.cancel(buyer.id, order.id),
    )
    after = queries.orders([order.id])[order.id]
    if after.state == State.SHIPPED:
        assert isinstance(cancelled, WrongState)
        assert (after.repaid.minor, stock.available([offer.id])) == (0, {offer.id: 7})
    else:
        assert isinstance(shipped, WrongState)
        assert (after.repaid, stock.available([offer.id])) == (after.total, {offer.id: 10})


def test_a_refund_asked_twice_at_once_is_given_once(buyer, offer):
    order = make_paid(buyer, wanted(offer, 3))
    whole = {order.lines[0].id: 3}
    while_held(order.id, *[lambda: refunds.ask(buyer.id, order.id, whole, "changed_mind")] * 3)
    assert [row.amount_minor for row in RepaymentRow.objects.all()] == [20970]
    assert stock.available([offer.id]) == {offer.id: 10}


def test_a_refund_against_a_cancel(buyer, offer):
    order = make_paid(buyer, wanted(offer, 3))
    while_held(
        order.id,
        lambda: refunds.ask(buyer.id, order.id, {order.lines[0].id: 2}, "changed_mind"),
        lambda: actions.cancel(buyer.id, order.id),
    )
    after = queries.orders([order.id])[order.id]
    assert after.repaid == after.paid
    assert sum(row.amount_minor for row in RepaymentRow.objects.all()) == 20970
    assert stock.available([offer.id]) == {offer.id: 10}


def test_accepting_against_the_clock(buyer, seller, offer):
    order = make_paid(buyer, wanted(offer, 3))
    actions.ship(seller.id, order.id, "sf", "SF12345678")
    refund = refunds.ask(buyer.id, order.id, {order.lines[0].id: 3}, "quality")

    def late():
        with clock.travel(refund.answer_by):
            return refunds.run_due()

    while_held(order.id, lambda: refunds.accept(seller.id, refund.id), late)
    assert [row.amount_minor for row in RepaymentRow.objects.all()] == [20970]
    assert state(order.id) == State.REFUNDED


def test_money_owed_is_given_back_once_by_many_workers(buyer, offer):
    placed = make_placed(buyer, wanted(offer))
    payment = payments.start(buyer.id, placed.checkout_id)
    [callback] = sandbox.choose(payment.page.rsplit("/", 1)[1], sandbox.Choice.SUCCEED)
    payments.receive("sandbox", callback.headers, callback.body)
    actions.cancel(buyer.id, placed.order_ids[0])
    [owed] = queries.repayments_open()
    while_held(placed.order_ids[0], *[lambda: payments.give_back(owed.id)] * 3)
    assert GivenBackRow.objects.count() == 1
    assert sandbox.SandboxRefundRow.objects.count() == 1


def test_the_same_webhook_many_times_at_once(buyer, offer):
    placed = make_placed(buyer, wanted(offer))
    payment = payments.start(buyer.id, placed.checkout_id)
    [callback] = sandbox.choose(payment.page.rsplit("/", 1)[1], sandbox.Choice.SUCCEED)
    receive = lambda: payments.receive("sandbox", callback.headers, callback.body)  # noqa: E731
    while_held(placed.order_ids[0], receive, receive, receive)
    assert queries.money_of(placed.checkout_id) == (6990, 0)
    assert [step.event for step in queries.history(placed.order_ids[0])] == ["place", "pay"]


def test_the_same_key_many_times_at_once_is_one_order(buyer, offer):
    address = make_address(buyer)
    place = lambda: actions.place(buyer.id, [wanted(offer, 10)], address.id, "one")  # noqa: E731
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: apart(place), range(8)))
    assert len(set(answers)) == 1
    assert CheckoutRow.objects.count() == 1
    assert stock.available([offer.id]) == {offer.id: 0}


def test_paying_from_two_windows_starts_one_payment(buyer, offer):
    placed = make_placed(buyer, wanted(offer))
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda _: apart(lambda: payments.start(buyer.id, placed.checkout_id)), range(6)))
    assert len({answer.id for answer in answers}) == 1


def test_never_one_too_many_and_never_one_too_few(offer):
    buyers = [make_account() for _ in range(8)]
    addresses = {buyer.id: make_address(buyer).id for buyer in buyers}

    def shop_on(buyer) -> int:
        had = 0
        for attempt in range(4):
            answer = apart(lambda: actions.place(buyer.id, [wanted(offer)], addresses[buyer.id], f"k{attempt}"))  # noqa: B023
            assert not isinstance(answer, MarketError) or isinstance(answer, SoldOut)
            had += not isinstance(answer, SoldOut)
        return had

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(shop_on, buyers)) == 10
    assert (stock.available([offer.id]), queries.sold([offer.id])) == ({offer.id: 0}, {offer.id: 10})


def test_crossed_carts_do_not_wait_for_each_other_for_ever(seller):
    shop = make_shop(seller, "Tea House")
    offers = [make_offer(shop, title, stock=50) for title in ("Green tea", "Black tea")]
    buyers = [make_account() for _ in range(4)]
    addresses = {buyer.id: make_address(buyer).id for buyer in buyers}

    def cross(buyer):
        for attempt in range(5):
            lines = [wanted(offer) for offer in (offers if attempt % 2 else reversed(offers))]
            placed = apart(lambda: actions.place(buyer.id, lines, addresses[buyer.id], f"k{attempt}"))  # noqa: B023
            apart(lambda: actions.cancel(buyer.id, placed.order_ids[0]))  # noqa: B023
        return True

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(cross, buyers))
    assert stock.available([offer.id for offer in offers]) == {offer.id: 50 for offer in offers}


def test_what_is_taken_off_sale_while_an_order_waits_for_stock_is_not_sold(buyer, offer):
    address = make_address(buyer)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            assert goods_stock.take(offer.id, 1)
            placing = pool.submit(apart, lambda: actions.place(buyer.id, [wanted(offer, 2)], address.id, "k"))
            _until_waiting(1)
            offers.take_off_sale(offer.id)
        answer = placing.result(timeout=20)
    assert isinstance(answer, NotOnSale)
    assert [row["title"] for row in answer.data["lines"]] == ["Dried scallops"]
    assert (CheckoutRow.objects.count(), stock.available([offer.id])) == (0, {offer.id: 9})


@pytest.mark.parametrize("closes", ["offer", "product"])
def test_what_is_closed_between_reading_and_writing_is_not_sold(buyer, offer, monkeypatch, closes):
    compose = writing.deal

    def close_meanwhile(*arguments):
        if closes == "offer":
            offers.take_off_sale(offer.id)
        else:
            catalogue.end_product(offer.product_id)
        return compose(*arguments)

    monkeypatch.setattr(writing, "deal", close_meanwhile)
    with pytest.raises(NotOnSale):
        make_placed(buyer, wanted(offer, 2))
    assert (CheckoutRow.objects.count(), stock.available([offer.id])) == (0, {offer.id: 10})


def test_orders_wake_no_worker(buyer, offer):
    with connect() as ear:
        ear.autocommit = True
        ear.execute('LISTEN "procrastinate_any_queue_v1"')
        make_placed(buyer, wanted(offer))
        due = app.configure_task("orders.sweep").defer(timestamp=0)
        [heard] = ear.notifies(timeout=20, stop_after=1)  # they come in the order of commits
        assert json.loads(heard.payload)["job_id"] == due

"""Paying: whatever callbacks come, in whatever order, an order is paid once and no money is lost or kept."""

from datetime import timedelta

import pytest

from laotie.kit import clock
from laotie.kit.ids import new_id
from laotie.kit.money import Money
from laotie.people.accounts.models import Account
from laotie.people.notices.queries import notices
from laotie.stream.outbox.models import OutboxRow
from laotie.trade.orders import actions as orders
from laotie.trade.orders import queries as order_queries
from laotie.trade.orders.contracts import State
from laotie.trade.orders.errors import NotYours
from laotie.trade.payments import actions, queries
from laotie.trade.payments.contracts import EventKind, PaymentState
from laotie.trade.payments.errors import NoSuchPayment, NoSuchProvider, NothingToPay
from laotie.trade.payments.models import EventRow, GivenBackRow, PaymentRow
from laotie.trade.payments.providers import sandbox
from laotie.trade.payments.providers.sandbox import Choice
from tests.makers import make_account, make_offer, make_placed, make_shop, wanted

pytestmark = pytest.mark.django_db


def cny(minor: int) -> Money:
    return Money(minor, "CNY")


@pytest.fixture
def buyer():
    return make_account("Mei")


@pytest.fixture
def placed(buyer):
    return make_placed(buyer, wanted(make_offer(make_shop(make_account()), price_minor=6990)))


def reference(payment) -> str:
    return payment.page.rsplit("/", 1)[1]


def deliver(callbacks) -> None:
    for callback in callbacks:
        actions.receive("sandbox", callback.headers, callback.body)


def pay(buyer, placed, choice=Choice.SUCCEED):
    payment = actions.start(buyer.id, placed.checkout_id)
    deliver(sandbox.choose(reference(payment), choice))
    return queries.payment_for(buyer.id, placed.checkout_id)


def state(placed) -> State:
    return order_queries.orders(placed.order_ids)[placed.order_ids[0]].state


def give_back_all() -> None:
    for owed in order_queries.repayments_open():
        actions.give_back(owed.id)
    for row in GivenBackRow.objects.filter(settled_at=None):
        actions.retry_given_back(row.pk)


@pytest.mark.parametrize("choice", [Choice.SUCCEED, Choice.DELAY, Choice.DUPLICATE, Choice.OUT_OF_ORDER])
def test_it_is_paid_once_however_we_are_told(buyer, placed, choice):
    payment = pay(buyer, placed, choice)
    assert (payment.state, state(placed)) == (PaymentState.SETTLED, State.PAID)
    assert queries.money_of(placed.checkout_id) == (6990, 0)
    assert OutboxRow.objects.filter(kind="payment.settled").count() == 1
    assert OutboxRow.objects.filter(kind="order.paid").count() == 1


def test_declined_may_be_tried_again(buyer, placed):
    assert pay(buyer, placed, Choice.DECLINE).state == PaymentState.DECLINED
    assert state(placed) == State.PLACED
    assert pay(buyer, placed).state == PaymentState.SETTLED
    assert len(queries.payments_of(placed.checkout_id)) == 2


def test_starting_again_gives_the_running_payment(buyer, placed):
    assert actions.start(buyer.id, placed.checkout_id) == actions.start(buyer.id, placed.checkout_id)


def test_a_webhook_again_changes_nothing(buyer, placed):
    payment = actions.start(buyer.id, placed.checkout_id)
    callbacks = sandbox.choose(reference(payment), Choice.SUCCEED)
    deliver(callbacks * 3)
    assert EventRow.objects.count() == 1


def test_money_that_arrives_after_expiry_goes_back(buyer, placed):
    payment = actions.start(buyer.id, placed.checkout_id)
    with clock.travel(clock.now() + timedelta(minutes=16)):
        orders.run_due()
        deliver(sandbox.choose(reference(payment), Choice.SUCCEED))
        give_back_all()
    assert state(placed) == State.CANCELLED
    assert queries.money_of(placed.checkout_id) == (6990, 6990)
    back = sandbox.Sandbox().state(reference(payment)).refunded
    assert [amount.minor for amount in back.values()] == [6990]
    assert OutboxRow.objects.get(kind="payment.given_back").body["order_id"] is None


def test_two_payments_of_one_checkout_settle_and_one_goes_back(buyer, placed):
    first = actions.start(buyer.id, placed.checkout_id)
    deliver(sandbox.choose(reference(first), Choice.DECLINE))
    second = actions.start(buyer.id, placed.checkout_id)
    deliver(sandbox.choose(reference(second), Choice.SUCCEED))
    late = sandbox.callback(sandbox.booked(reference(first)), EventKind.SETTLED)
    sandbox.SandboxPaymentRow.objects.filter(pk=reference(first)).update(collected=True)
    deliver([late])
    give_back_all()
    assert queries.money_of(placed.checkout_id) == (2 * 6990, 6990)
    assert order_queries.money_of(placed.checkout_id) == (6990, 0)


def test_a_dropped_payment_that_is_paid_nevertheless_counts(buyer):
    shop = make_shop(make_account())
    tea = make_offer(make_shop(make_account(), "Tea"), "Tea", price_minor=1000)
    placed = make_placed(buyer, wanted(make_offer(shop, price_minor=6990)), wanted(tea))
    whole = actions.start(buyer.id, placed.checkout_id)
    orders.cancel(
        buyer.id, next(o for o in order_queries.orders(placed.order_ids).values() if o.total.minor == 1000).id
    )
    part = actions.start(buyer.id, placed.checkout_id)
    assert (whole.amount, part.amount) == (cny(7990), cny(6990))
    deliver(sandbox.choose(reference(whole), Choice.SUCCEED))
    give_back_all()
    assert queries.money_of(placed.checkout_id) == (7990, 1000)
    assert order_queries.money_of(placed.checkout_id) == (6990, 0)


def test_a_cancelled_order_gets_its_money_back_once(buyer, placed):
    payment = pay(buyer, placed)
    orders.cancel(buyer.id, placed.order_ids[0])
    [owed] = order_queries.repayments_open()
    for _ in range(3):
        actions.give_back(owed.id)
    assert order_queries.repayments_open() == []
    assert queries.money_of(placed.checkout_id) == (6990, 6990) == (
        sum(order_queries.money_of(placed.checkout_id)) // 2, order_queries.money_of(placed.checkout_id)[1],
    )  # fmt: skip
    back = sandbox.Sandbox().state(reference(payment)).refunded
    assert [amount.minor for amount in back.values()] == [6990]


def test_nothing_to_pay(buyer, placed):
    pay(buyer, placed)
    with pytest.raises(NothingToPay):
        actions.start(buyer.id, placed.checkout_id)


def test_only_the_buyer_pays(placed):
    with pytest.raises(NotYours):
        actions.start(make_account().id, placed.checkout_id)
    with pytest.raises(NotYours):
        queries.payment_for(make_account().id, placed.checkout_id)


def test_unknown_things_are_named(buyer, placed):
    with pytest.raises(NoSuchProvider):
        actions.start(buyer.id, placed.checkout_id, "barter")
    with pytest.raises(NoSuchProvider):
        actions.receive("barter", {}, b"")
    payment = actions.start(buyer.id, placed.checkout_id)
    callbacks = sandbox.choose(reference(payment), Choice.SUCCEED)
    PaymentRow.objects.update(reference="other")
    with pytest.raises(NoSuchPayment):
        deliver(callbacks)


def test_reconciliation_finds_news_that_never_came(buyer, placed):
    payment = actions.start(buyer.id, placed.checkout_id)
    sandbox.choose(reference(payment), Choice.SUCCEED)
    assert state(placed) == State.PLACED
    done = actions.reconcile()
    assert (done.checked, done.mended, done.differing) == (1, (payment.id,), ())
    assert state(placed) == State.PAID
    assert actions.reconcile().mended == ()


def test_reconciliation_names_what_differs(buyer, placed):
    payment = pay(buyer, placed)
    sandbox.SandboxPaymentRow.objects.update(amount_minor=6000)
    assert actions.reconcile().differing == (payment.id,)


def imported(placed, *amounts: int):
    """The checkout as an imported history leaves it: paid somewhere else, in these parts."""
    orders.pay(placed.checkout_id, cny(sum(amounts)))
    at = clock.now()
    actions.admit_history(
        [actions.PastPayment(new_id(), placed.checkout_id, "card", minor, 0, at) for minor in amounts]
    )


def test_an_imported_order_that_is_cancelled_is_given_back_outside_this_market():
    buyer, owner = make_account("Mei"), make_account("Owner")
    placed = make_placed(buyer, wanted(make_offer(make_shop(owner), price_minor=6990)))
    imported(placed, 6000, 990)
    orders.cancel(buyer.id, placed.order_ids[0])
    [owed] = order_queries.repayments_of(placed.order_ids[0])
    for _twice in range(2):
        actions.give_back(owed.id)
    [done] = order_queries.repayments_of(placed.order_ids[0])
    assert (done.outside, done.settled_at is not None, done.amount) == (True, True, cny(6990))
    assert (order_queries.repayments_open(), GivenBackRow.objects.count()) == ([], 0)
    assert queries.money_of(placed.checkout_id) == order_queries.money_of(placed.checkout_id) == (6990, 6990)
    assert not OutboxRow.objects.filter(kind="payment.given_back").exists()
    said = "Order {number} was paid outside this market"
    assert [n.sentence.startswith(said) for n in (notices(buyer.id)[0], notices(owner.id)[0])] == [True, True]


def test_the_order_says_that_its_money_comes_back_from_outside(client):
    buyer = make_account("Mei")
    placed = make_placed(buyer, wanted(make_offer(make_shop(make_account()), price_minor=6990)))
    imported(placed, 6990)
    orders.cancel(buyer.id, placed.order_ids[0])
    actions.give_back(order_queries.repayments_of(placed.order_ids[0])[0].id)
    client.force_login(Account.objects.get(pk=buyer.id))
    page = client.get(f"/orders/{placed.order_ids[0]}", follow=True).content.decode()
    assert "Paid outside this market: the shop gives it back there" in page


def test_reconciling_leaves_imported_payments_alone(placed):
    imported(placed, 6990)
    assert actions.reconcile().checked == 0

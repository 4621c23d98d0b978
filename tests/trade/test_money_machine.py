"""Whatever people, clocks and providers do, in whatever order: the money adds up, and so does the stock."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from laotie.goods.stock import queries as stock
from laotie.kit import clock
from laotie.kit.errors import MarketError
from laotie.trade.orders import actions as orders
from laotie.trade.orders import queries as order_queries
from laotie.trade.orders.contracts import State
from laotie.trade.orders.models import LineRow, OrderRow
from laotie.trade.payments import actions as payments
from laotie.trade.payments import queries as payment_queries
from laotie.trade.payments.contracts import EventKind
from laotie.trade.payments.models import GivenBackRow
from laotie.trade.payments.providers import sandbox
from laotie.trade.refunds import actions as refunds
from laotie.trade.refunds import queries as refund_queries
from tests.makers import make_account, make_address, make_offer, make_operator, make_shop, wanted

STOCK = 20
OVER = {State.CANCELLED, State.REFUNDED}


class Market(RuleBasedStateMachine):
    """Two shops, one buyer, and everything that can happen to his orders."""

    checkouts = Bundle("checkouts")

    def __init__(self) -> None:
        super().__init__()
        self.buyer, self.seller, self.operator = make_account("Mei"), make_account("Chen"), make_operator()
        shops = [make_shop(self.seller), make_shop(self.seller, "Tea House")]
        self.offers = [make_offer(shop, stock=STOCK, price_minor=999) for shop in shops]
        self.address = make_address(self.buyer).id
        self.at = clock.now()
        self.keys = 0

    def market(self, act, *arguments):
        """Do it at the machine's own time; a refusal is an answer."""
        with clock.travel(self.at):
            try:
                return act(*arguments)
            except MarketError:
                return None

    def order(self, checkout, which):
        ids = order_queries.checkout(checkout).order_ids
        return order_queries.orders(ids)[ids[which % len(ids)]]

    @rule(target=checkouts, counts=st.lists(st.integers(1, 3), min_size=1, max_size=2))
    def place(self, counts):
        self.keys += 1
        lines = [wanted(offer, count) for offer, count in zip(self.offers, counts, strict=False)]
        placed = self.market(orders.place, self.buyer.id, lines, self.address, f"key {self.keys}")
        return placed.checkout_id if placed else None

    @rule(checkout=checkouts, choice=st.sampled_from(list(sandbox.Choice)), lost=st.booleans())
    def pay(self, checkout, choice, lost):
        payment = checkout and self.market(payments.start, self.buyer.id, checkout)
        for callback in (payment and self.market(sandbox.choose, payment.page.rsplit("/", 1)[1], choice)) or []:
            if not lost:
                self.market(payments.receive, "sandbox", callback.headers, callback.body)

    @rule(checkout=checkouts)
    def say_again(self, checkout):
        for payment in payment_queries.payments_of(checkout) if checkout else []:
            row = sandbox.booked(payment.page.rsplit("/", 1)[1])
            if row.collected:
                again = sandbox.callback(row, EventKind.SETTLED, self.at)
                self.market(payments.receive, "sandbox", again.headers, again.body)

    @rule(checkout=checkouts, which=st.integers(0, 1), act=st.sampled_from(["cancel", "stop", "ship", "sign"]))
    def move(self, checkout, which, act):
        if checkout:
            order = self.order(checkout, which).id
            buyer, seller = self.buyer.id, self.seller.id
            todo = {
                "cancel": (orders.cancel, buyer, order), "stop": (orders.cancel, seller, order),
                "ship": (orders.ship, seller, order, "sf", "SF12345678"), "sign": (orders.sign, buyer, order),
            }  # fmt: skip
            self.market(*todo[act])

    @rule(
        checkout=checkouts,
        which=st.integers(0, 1),
        count=st.integers(1, 3),
        why=st.sampled_from(["late", "changed_mind"]),
    )
    def ask(self, checkout, which, count, why):
        if checkout:
            order = self.order(checkout, which)
            self.market(refunds.ask, self.buyer.id, order.id, {order.lines[0].id: count}, why)

    @rule(
        checkout=checkouts,
        which=st.integers(0, 1),
        act=st.sampled_from(["accept", "decline", "dispute", "judge", "withdraw"]),
    )
    def answer(self, checkout, which, act):
        found = refund_queries.refunds_of(self.order(checkout, which).id) if checkout else []
        if found:
            refund, words = found[-1].id, "Because it is so."
            todo = {
                "accept": (refunds.accept, self.seller.id, refund),
                "decline": (refunds.decline, self.seller.id, refund, words),
                "dispute": (refunds.dispute, self.buyer.id, refund),
                "judge": (refunds.judge_for_buyer, self.operator.id, refund, words),
                "withdraw": (refunds.withdraw, self.buyer.id, refund),
            }
            self.market(*todo[act])

    @rule(hours=st.sampled_from([1, 24, 49, 24 * 8, 24 * 15]))
    def wait(self, hours):
        self.at += timedelta(hours=hours)
        self.market(orders.run_due)
        self.market(refunds.run_due)

    @rule()
    def give_back(self):
        for owed in order_queries.repayments_open():
            self.market(payments.give_back, owed.id)
        for row in GivenBackRow.objects.filter(settled_at=None):
            self.market(payments.retry_given_back, row.pk)

    @rule()
    def reconcile(self):
        self.market(payments.reconcile, timedelta(days=999))

    @invariant()
    def captured_less_given_back_is_what_orders_say(self):
        owed = sum(row.amount.minor for row in order_queries.repayments_open(999))
        begun = sum(
            GivenBackRow.objects.filter(repayment__settled_at=None)
            .exclude(repayment=None)
            .values_list("amount_minor", flat=True)
        )
        for_orders, arrived = 0, 0
        for checkout in set(OrderRow.objects.values_list("checkout_id", flat=True)):
            paid, back = order_queries.money_of(checkout)
            came, gone = payment_queries.money_of(checkout)
            for_orders, arrived = for_orders + paid - back, arrived + came - gone
        assert arrived - (owed - begun) == for_orders

    @invariant()
    def every_order_keeps_its_own_sum(self):
        for row in OrderRow.objects.all():
            lines = LineRow.objects.filter(order=row)
            assert row.total_minor == sum(line.quantity * line.unit_price_minor + line.freight_minor for line in lines)
            assert row.paid_minor in (0, row.total_minor)
            assert row.repaid_minor == (
                row.paid_minor if row.state in OVER else sum(line.refunded_minor for line in lines)
            )

    @invariant()
    def no_piece_is_lost_or_doubled(self):
        for offer in self.offers:
            lines = LineRow.objects.filter(offer_id=offer.id).select_related("order")
            held = sum(
                line.quantity - (line.refunded_quantity if line.order.shipped_at is None else 0)
                for line in lines
                if line.order.state != State.CANCELLED
            )
            assert stock.available([offer.id])[offer.id] == STOCK - held


@pytest.mark.django_db
def test_money_and_stock_add_up():
    from django.db import transaction

    class Undone(Market):
        """Every run begins with the same empty market."""

        def __init__(self) -> None:
            self.point = transaction.savepoint()
            super().__init__()

        def teardown(self) -> None:
            transaction.savepoint_rollback(self.point)

    checks = [HealthCheck.too_slow, HealthCheck.data_too_large]
    run_state_machine_as_test(
        Undone, settings=settings(max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=checks)
    )

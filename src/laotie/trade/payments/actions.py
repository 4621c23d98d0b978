"""Collecting money and giving it back. Providers are called outside of transactions, with ids that make it once.

Locks: orders first, then the payment (settling takes the payment's row only after its checkout's orders).
"""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from procrastinate.contrib.django import app

from laotie.kit import clock, market
from laotie.kit.ids import new_id
from laotie.kit.money import Money
from laotie.stream.outbox import actions as outbox
from laotie.trade.orders import actions as orders
from laotie.trade.orders import queries as order_queries
from laotie.trade.orders.contracts import Repayment
from laotie.trade.payments import queries
from laotie.trade.payments.contracts import (
    Ask,
    Event,
    EventKind,
    Payment,
    PaymentGivenBack,
    PaymentSettled,
    PaymentState,
    ProviderState,
    Reconciled,
    RefundAsk,
)
from laotie.trade.payments.errors import NoSuchPayment, NothingToPay
from laotie.trade.payments.history import OUTSIDE, PastPayment, admit_history
from laotie.trade.payments.models import EventRow, GivenBackRow, PaymentRow
from laotie.trade.payments.providers import offered, provider

__all__ = ["PastPayment", "admit_history", "give_back", "receive", "reconcile", "retry_given_back", "start"]


def start(account_id: UUID, checkout_id: UUID, name: str = "") -> Payment:
    """Begin, or go on, paying a buyer's own checkout. Starting again gives the running payment.

    Raises OrderNotFound, NotYours, NothingToPay, NoSuchProvider, ProviderDown.
    """
    checkout = order_queries.checkout_for(account_id, checkout_id)
    if checkout.due.minor == 0:
        raise NothingToPay
    name = name or offered()[0]
    row = _running(checkout_id, name, checkout.due)
    if not row.page:
        ask = Ask(row.pk, checkout.due, f"{market.current().name} {row.pk}", f"/checkout/{checkout_id}")
        begun = provider(name).start(ask)
        PaymentRow.objects.filter(pk=row.pk, page="").update(reference=begun.reference, page=begun.page)
        row.refresh_from_db()
    return queries.view(row)


def _running(checkout_id: UUID, name: str, due: Money) -> PaymentRow:
    """The running payment of this amount at this provider; another one is dropped for it."""
    provider(name)
    try:
        with transaction.atomic():
            running = PaymentRow.objects.select_for_update().filter(checkout_id=checkout_id, state="started").first()
            if running and (running.provider, running.amount_minor) == (name, due.minor):
                return running
            if running:
                running.state = PaymentState.DROPPED.value
                running.save(update_fields=["state"])
            return PaymentRow.objects.create(
                id=new_id(), checkout_id=checkout_id, provider=name, amount_minor=due.minor, started_at=clock.now()
            )
    except IntegrityError:
        # Someone, perhaps the same finger, started one at the same moment: that is the running one.
        return PaymentRow.objects.get(checkout_id=checkout_id, state="started")


def receive(name: str, headers: Mapping[str, str], body: bytes) -> None:
    """Take a provider's webhook. The same one again, or news that came too late, changes nothing.

    Raises BadWebhook, NoSuchPayment, NoSuchProvider.
    """
    event = provider(name).read_webhook(headers, body)
    _note(name, event)


@transaction.atomic
def _note(name: str, event: Event) -> None:
    known = PaymentRow.objects.filter(provider=name, reference=event.reference).first()
    if known is None:
        raise NoSuchPayment
    orders.hold_checkout(known.checkout_id)
    row = PaymentRow.objects.select_for_update().get(pk=known.pk)
    _event, new = EventRow.objects.get_or_create(
        provider=name, event=event.id,
        defaults={
            "payment": row, "kind": event.kind.value, "amount_minor": event.amount.minor, "at": event.at,
            "received_at": clock.now(),
        },
    )  # fmt: skip
    if not new:
        return
    if event.kind is EventKind.SETTLED and row.state != PaymentState.SETTLED:
        _settle(row, event.amount)
    elif event.kind is EventKind.DECLINED and row.state == PaymentState.STARTED:
        row.state = PaymentState.DECLINED.value
        row.save(update_fields=["state"])
    elif event.kind is EventKind.REFUNDED and event.refund_id:
        _settle_given_back(event.refund_id)


def _settle(row: PaymentRow, amount: Money) -> None:
    """Money arrived, whatever we thought of this payment before: it pays what can be paid, the rest goes back."""
    at = clock.now()
    row.state, row.settled_at, row.arrived_minor = PaymentState.SETTLED.value, at, amount.minor
    excess = orders.pay(row.checkout_id, amount)
    row.given_back_minor = excess.minor
    row.save(update_fields=["state", "settled_at", "arrived_minor", "given_back_minor"])
    outbox.emit(
        PaymentSettled(row.pk, row.checkout_id, row.provider, amount.minor, excess.minor, amount.currency),
        occurred_at=at,
    )
    if excess.minor:
        given = GivenBackRow.objects.create(payment=row, amount_minor=excess.minor, asked_at=at)
        app.configure_task("payments.give_back", queue="payments").defer(given_back_id=str(given.pk))


def give_back(repayment_id: UUID) -> None:
    """Carry out what an order owes its buyer, through the provider that took the money. Once, however often called.

    Money of an imported history was never here: the repayment is settled as one outside this market.
    Raises ProviderDown; the caller tries again.
    """
    given = _promise(repayment_id)
    if given is not None:
        retry_given_back(given)


@transaction.atomic
def _promise(repayment_id: UUID) -> UUID | None:
    owed = order_queries.repayment(repayment_id)
    if owed is None or owed.settled_at is not None:
        return None
    orders.hold_checkout(owed.checkout_id)
    before = GivenBackRow.objects.filter(repayment_id=repayment_id).values_list("pk", flat=True).first()
    if before:
        return before
    settled = list(PaymentRow.objects.select_for_update().filter(checkout_id=owed.checkout_id, state="settled"))
    if settled and all(row.provider == OUTSIDE for row in settled):
        _promise_outside(owed, settled)
        return None
    row = next(row for row in settled if row.provider != OUTSIDE and row.left_minor >= owed.amount.minor)
    row.given_back_minor += owed.amount.minor
    row.save(update_fields=["given_back_minor"])
    given = GivenBackRow.objects.create(
        payment=row, repayment_id=repayment_id, amount_minor=owed.amount.minor, asked_at=clock.now()
    )
    return given.pk


def _promise_outside(owed: Repayment, settled: list[PaymentRow]) -> None:
    """Book it against the payments, which may share it, in the locks of `_promise`; there is no provider to ask."""
    current = order_queries.repayment(owed.id)
    if current is None or current.settled_at is not None:
        return  # another worker was first, while this one waited for the locks
    left = owed.amount.minor
    for row in settled:
        share = min(left, row.left_minor)
        row.given_back_minor += share
        row.save(update_fields=["given_back_minor"])
        left -= share
    orders.settle_outside(owed.id)


def retry_given_back(given_back_id: UUID) -> None:
    """Ask the provider (again) to give this money back. Raises ProviderDown."""
    row = GivenBackRow.objects.select_related("payment").get(pk=given_back_id)
    if row.settled_at is not None:
        return
    ask = RefundAsk(row.pk, row.payment.reference, market.current().money(row.amount_minor))
    if provider(row.payment.provider).refund(ask):
        with transaction.atomic():
            _settle_given_back(row.pk)


def _settle_given_back(given_back_id: UUID) -> None:
    known = GivenBackRow.objects.select_related("payment", "repayment").filter(pk=given_back_id).first()
    if known is None:
        raise NoSuchPayment
    orders.hold_checkout(known.payment.checkout_id)
    row = GivenBackRow.objects.select_for_update(of=("self",)).get(pk=given_back_id)
    if row.settled_at is not None:
        return
    row.settled_at = clock.now()
    row.save(update_fields=["settled_at"])
    order_id = known.repayment.order_id if known.repayment else None
    if row.repayment_id:
        orders.settle_repayment(row.repayment_id)
    payment = known.payment
    currency = market.current().currency
    outbox.emit(PaymentGivenBack(payment.pk, payment.checkout_id, order_id, row.amount_minor, currency))


def reconcile(since: timedelta = timedelta(days=2)) -> Reconciled:
    """Ask providers about every payment of late, believe them where we missed news, and name what differs.

    Money that a provider holds and we do not know of is settled; money we believe in and it does not is named.
    """
    mended: list[UUID] = []
    differing: list[UUID] = []
    rows = (
        PaymentRow.objects.filter(started_at__gte=clock.now() - since).exclude(reference="").exclude(provider=OUTSIDE)
    )
    for row in rows:
        theirs = provider(row.provider).state(row.reference)
        if _mend(row, theirs):
            mended.append(row.pk)
        elif _differs(row, theirs):
            differing.append(row.pk)
    return Reconciled(len(rows), tuple(mended), tuple(differing))


def _mend(row: PaymentRow, theirs: ProviderState) -> bool:
    at, mended = clock.now(), False
    if theirs.settled is not None and row.state != PaymentState.SETTLED:
        _note(row.provider, Event(f"reconciled {row.pk}", EventKind.SETTLED, row.reference, theirs.settled, at))
        mended = True
    elif theirs.declined and row.state == PaymentState.STARTED:
        nothing = market.current().money(0)
        _note(row.provider, Event(f"reconciled {row.pk}", EventKind.DECLINED, row.reference, nothing, at))
        mended = True
    for given in GivenBackRow.objects.filter(payment=row, settled_at=None):
        if given.pk in theirs.refunded:
            with transaction.atomic():
                _settle_given_back(given.pk)
            mended = True
    return mended


def _differs(row: PaymentRow, theirs: ProviderState) -> bool:
    if row.state == PaymentState.SETTLED and (theirs.settled is None or theirs.settled.minor != row.arrived_minor):
        return True
    ours = dict(GivenBackRow.objects.filter(payment=row).exclude(settled_at=None).values_list("pk", "amount_minor"))
    return ours != {refund: amount.minor for refund, amount in theirs.refunded.items()}

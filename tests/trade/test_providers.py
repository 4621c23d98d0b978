"""The suite that every payment provider's adapter passes."""

from datetime import timedelta
from uuid import uuid4

import pytest

from laotie.kit import clock
from laotie.kit.money import Money
from laotie.trade.payments.contracts import Ask, EventKind, RefundAsk
from laotie.trade.payments.errors import BadWebhook, NoSuchPayment
from laotie.trade.payments.providers import KNOWN, provider, sandbox
from laotie.trade.payments.providers.sandbox import Choice

pytestmark = pytest.mark.django_db


@pytest.fixture(params=sorted(KNOWN))
def adapter(request):
    return provider(request.param)


@pytest.fixture
def ask():
    return Ask(uuid4(), Money(6990, "CNY"), "Laotie 1", "/checkout/1")


def test_starting_twice_is_one_payment(adapter, ask):
    assert adapter.start(ask) == adapter.start(ask)
    assert adapter.start(ask).page


def test_a_new_payment_is_neither_settled_nor_declined(adapter, ask):
    known = adapter.state(adapter.start(ask).reference)
    assert (known.settled, known.declined, dict(known.refunded)) == (None, False, {})


def test_an_unknown_payment_is_named(adapter):
    with pytest.raises(NoSuchPayment):
        adapter.state("nothing")


def collected(ask) -> tuple[str, list[sandbox.Callback]]:
    reference = provider("sandbox").start(ask).reference
    return reference, sandbox.choose(reference, Choice.SUCCEED)


def test_a_webhook_says_what_was_collected(adapter, ask):
    reference, [callback] = collected(ask)
    event = adapter.read_webhook(callback.headers, callback.body)
    assert (event.kind, event.reference, event.amount) == (EventKind.SETTLED, reference, ask.amount)
    assert adapter.read_webhook(callback.headers, callback.body) == event
    assert adapter.state(reference).settled == ask.amount


@pytest.mark.parametrize("spoil", ["unsigned", "changed", "other", "stale", "early", "garbled", "not_json"])
def test_a_webhook_that_is_not_the_providers_is_refused(adapter, ask, spoil):
    _, [callback] = collected(ask)
    headers, body, now = dict(callback.headers), callback.body, clock.now()
    if spoil == "unsigned":
        headers = {}
    elif spoil == "changed":
        body = body.replace(b"6990", b"1")
    elif spoil == "other":
        headers = {name: value[:-1] + ("0" if value[-1] != "0" else "1") for name, value in headers.items()}
    elif spoil == "garbled":
        headers = dict.fromkeys(headers, "t=²,v1=é")
    elif spoil == "not_json":
        body = b"[1]"
        headers = {sandbox.HEADER: sandbox.signing.sign(sandbox.secret(), body, now)}
    shift = {"stale": timedelta(minutes=6), "early": -timedelta(minutes=6)}.get(spoil, timedelta())
    with clock.travel(now + shift), pytest.raises(BadWebhook):
        adapter.read_webhook(headers, body)


def test_a_refund_is_given_once(adapter, ask):
    reference, _ = collected(ask)
    refund = RefundAsk(uuid4(), reference, Money(1000, "CNY"))
    assert adapter.refund(refund) is True
    assert adapter.refund(refund) is True
    assert dict(adapter.state(reference).refunded) == {refund.id: Money(1000, "CNY")}


def test_what_was_not_collected_is_not_given_back(adapter, ask):
    reference = adapter.start(ask).reference
    with pytest.raises(NoSuchPayment):
        adapter.refund(RefundAsk(uuid4(), reference, Money(1, "CNY")))


def test_choosing_after_paying_changes_nothing(ask):
    reference, _ = collected(ask)
    assert sandbox.choose(reference, Choice.DECLINE) == []
    assert provider("sandbox").state(reference).settled == ask.amount

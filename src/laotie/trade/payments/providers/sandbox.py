"""The sandbox: a provider that takes no money. Its page lets one choose what happens, and when we hear of it.

It keeps its own book and speaks through signed webhooks only, so that nothing works here that would not elsewhere.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from laotie.kit import clock
from laotie.kit.ids import new_id
from laotie.kit.money import Money
from laotie.trade.payments.contracts import Ask, Event, EventKind, ProviderState, RefundAsk, Started
from laotie.trade.payments.errors import BadWebhook, NoSuchPayment
from laotie.trade.payments.models import SandboxPaymentRow, SandboxRefundRow
from laotie.trade.payments.providers import signing
from laotie.trade.payments.providers.port import Provider

HEADER = "Sandbox-Signature"
DELAY = timedelta(seconds=20)


class Choice(StrEnum):
    """What the buyer lets happen on the sandbox's page."""

    SUCCEED = "succeed"
    DECLINE = "decline"
    DELAY = "delay"
    DUPLICATE = "duplicate"
    OUT_OF_ORDER = "out_of_order"


LABELS = {
    Choice.SUCCEED: _("Pay"),
    Choice.DECLINE: _("Let the payment be declined"),
    Choice.DELAY: _("Pay, but tell the market 20 seconds later"),
    Choice.DUPLICATE: _("Pay, and tell the market three times"),
    Choice.OUT_OF_ORDER: _("Be declined, pay, and tell the market in the wrong order"),
}


@dataclass(frozen=True, slots=True)
class Callback:
    """A webhook to be sent: `after` from now."""

    headers: dict[str, str]
    body: bytes
    after: timedelta = timedelta()


class Sandbox(Provider):
    name = "sandbox"

    def start(self, ask: Ask) -> Started:
        row, _new = SandboxPaymentRow.objects.get_or_create(
            asked=ask.id,
            defaults={
                "reference": f"sbx_{secrets.token_hex(12)}", "amount_minor": ask.amount.minor,
                "currency": ask.amount.currency, "what": ask.what, "return_to": ask.return_to,
            },
        )  # fmt: skip
        return Started(row.reference, f"/sandbox/pay/{row.reference}")

    def read_webhook(self, headers: Mapping[str, str], body: bytes) -> Event:
        signing.check(secret(), headers, HEADER, body, clock.now())
        try:
            said = json.loads(body)
            refund = said.get("refund")
            return Event(
                id=said["id"], kind=EventKind(said["kind"]), reference=said["payment"],
                amount=Money(said["amount_minor"], said["currency"]), at=datetime.fromisoformat(said["at"]),
                refund_id=UUID(refund) if refund else None,
            )  # fmt: skip
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadWebhook from error

    @transaction.atomic
    def refund(self, ask: RefundAsk) -> bool:
        row = SandboxPaymentRow.objects.select_for_update().filter(reference=ask.reference, collected=True).first()
        if row is None:
            raise NoSuchPayment
        SandboxRefundRow.objects.get_or_create(
            asked=ask.id, defaults={"payment": row, "amount_minor": ask.amount.minor}
        )
        return True

    def state(self, reference: str) -> ProviderState:
        row = booked(reference)
        refunds = {refund.asked: Money(refund.amount_minor, row.currency) for refund in row.refunds.all()}
        settled = Money(row.amount_minor, row.currency) if row.collected else None
        return ProviderState(settled, not row.collected and row.choice == Choice.DECLINE, refunds)


def booked(reference: str) -> SandboxPaymentRow:
    """Raises NoSuchPayment."""
    row = SandboxPaymentRow.objects.filter(reference=reference).first()
    if row is None:
        raise NoSuchPayment
    return row


@transaction.atomic
def choose(reference: str, choice: Choice) -> list[Callback]:
    """Let it happen, once; the callbacks to send. Choosing after a payment was collected changes nothing."""
    row = SandboxPaymentRow.objects.select_for_update().filter(reference=reference).first()
    if row is None:
        raise NoSuchPayment
    if row.collected:
        return []
    row.choice, row.collected = choice.value, choice is not Choice.DECLINE
    row.save(update_fields=["choice", "collected"])
    settled, declined = callback(row, EventKind.SETTLED), callback(row, EventKind.DECLINED)
    return {
        Choice.SUCCEED: [settled],
        Choice.DECLINE: [declined],
        Choice.DELAY: [Callback(settled.headers, settled.body, DELAY)],
        # The same message, and then the same news under another id, as providers do after an outage of their own.
        Choice.DUPLICATE: [settled, settled, callback(row, EventKind.SETTLED)],
        Choice.OUT_OF_ORDER: [settled, declined],
    }[choice]


def callback(row: SandboxPaymentRow, kind: EventKind, at: datetime | None = None) -> Callback:
    """A signed webhook of this news."""
    moment = at or clock.now()
    said = {
        "id": f"evt_{new_id().hex}", "kind": kind.value, "payment": row.reference, "amount_minor": row.amount_minor,
        "currency": row.currency, "at": moment.isoformat(),
    }  # fmt: skip
    body = json.dumps(said).encode()
    return Callback({HEADER: signing.sign(secret(), body, moment)}, body)


def secret() -> bytes:
    """The key that the sandbox and this market share: derived, so that a demo needs no further setting."""
    return hashlib.sha256(f"sandbox webhooks {settings.SECRET_KEY}".encode()).digest()

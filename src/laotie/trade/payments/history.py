"""Payments of an imported history: settled, at their own time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from laotie.kit import market
from laotie.stream.outbox.actions import emit_past
from laotie.trade.payments.contracts import PaymentSettled, PaymentState
from laotie.trade.payments.models import PaymentRow, SandboxPaymentRow
from laotie.trade.payments.providers.sandbox import Sandbox

OUTSIDE = "history"  # took the money elsewhere: nothing can be given back through it


@dataclass(frozen=True, slots=True)
class PastPayment:
    """Money that came in for a checkout. `method` "sandbox" is booked there too, so that it can be given back."""

    id: UUID
    checkout_id: UUID
    method: str
    amount_minor: int
    given_back_minor: int
    at: datetime

    @property
    def provider(self) -> str:
        return Sandbox.name if self.method == Sandbox.name else OUTSIDE


@transaction.atomic
def admit_history(payments: Sequence[PastPayment]) -> int:
    """Write the payments that are not there yet; returns how many."""
    known = set(PaymentRow.objects.filter(pk__in=[past.id for past in payments]).values_list("pk", flat=True))
    fresh = [past for past in payments if past.id not in known]
    PaymentRow.objects.bulk_create([_row(past) for past in fresh])
    SandboxPaymentRow.objects.bulk_create([_booked(past) for past in fresh if past.provider == Sandbox.name])
    currency = market.current().currency
    emit_past(
        (past.at, PaymentSettled(past.id, past.checkout_id, past.provider, past.amount_minor, 0, currency))
        for past in fresh
    )
    return len(fresh)


def _row(past: PastPayment) -> PaymentRow:
    return PaymentRow(
        id=past.id, checkout_id=past.checkout_id, provider=past.provider, reference=f"past_{past.id.hex}",
        state=PaymentState.SETTLED.value, amount_minor=past.amount_minor, arrived_minor=past.amount_minor,
        given_back_minor=past.given_back_minor, started_at=past.at, settled_at=past.at,
    )  # fmt: skip


def _booked(past: PastPayment) -> SandboxPaymentRow:
    return SandboxPaymentRow(
        reference=f"past_{past.id.hex}", asked=past.id, amount_minor=past.amount_minor,
        currency=market.current().currency, what=f"{market.current().name} {past.id}", return_to="/",
        choice="succeed", collected=True,
    )  # fmt: skip

"""What leaves the payments slice, and the shapes that pass through the port to a provider."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from laotie.kit.money import Money
from laotie.stream.facts import Fact, fact


class PaymentState(StrEnum):
    """Where a payment is. `dropped`: replaced by another before it was paid."""

    STARTED = "started"
    SETTLED = "settled"
    DECLINED = "declined"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Payment:
    """One attempt to pay a checkout at a provider. `page` is where the buyer pays; `given_back` is promised back."""

    id: UUID
    checkout_id: UUID
    provider: str
    state: PaymentState
    amount: Money
    given_back: Money
    page: str
    started_at: datetime
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Ask:
    """What a provider is asked to collect. `id` is the idempotency key; the buyer comes back to `return_to`."""

    id: UUID
    amount: Money
    what: str
    return_to: str


@dataclass(frozen=True, slots=True)
class Started:
    """A provider's own name for a payment, and the page on which the buyer pays."""

    reference: str
    page: str


@dataclass(frozen=True, slots=True)
class RefundAsk:
    """What a provider is asked to give back. `id` is the idempotency key: asking twice gives back once."""

    id: UUID
    reference: str
    amount: Money


class EventKind(StrEnum):
    SETTLED = "settled"
    DECLINED = "declined"
    REFUNDED = "refunded"


@dataclass(frozen=True, slots=True)
class Event:
    """What a provider says in a webhook. `id` is the provider's own, the same when it says it again."""

    id: str
    kind: EventKind
    reference: str
    amount: Money
    at: datetime
    refund_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ProviderState:
    """A payment as its provider knows it: collected, or refused, or neither yet; what went back by refund id."""

    settled: Money | None
    declined: bool
    refunded: Mapping[UUID, Money]


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What a reconciliation looked at, what it mended, and what a person must look at."""

    checked: int
    mended: tuple[UUID, ...]
    differing: tuple[UUID, ...]


@fact("payment.settled", version=1)
@dataclass(frozen=True, slots=True)
class PaymentSettled(Fact):
    """Money for a checkout arrived; `excess_minor` of it was not needed and goes back."""

    payment_id: UUID
    checkout_id: UUID
    provider: str
    amount_minor: int
    excess_minor: int
    currency: str


@fact("payment.given_back", version=1)
@dataclass(frozen=True, slots=True)
class PaymentGivenBack(Fact):
    """A provider gave money back to a buyer; `order_id` is None for money that no order needed."""

    payment_id: UUID
    checkout_id: UUID
    order_id: UUID | None
    amount_minor: int
    currency: str

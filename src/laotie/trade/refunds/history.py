"""Refunds of an imported history. Their money is told of by the orders and payments of the same history."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from laotie.kit import market
from laotie.people.accounts import queries as accounts
from laotie.stream.facts import Fact
from laotie.stream.outbox.actions import emit_past
from laotie.trade.orders.contracts import Party
from laotie.trade.refunds import queries
from laotie.trade.refunds.contracts import Reason, RefundAsked, RefundSettled, RefundState
from laotie.trade.refunds.models import RefundLineRow, RefundRow

ANSWER_WITHIN = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class PastRefundLine:
    line_id: UUID
    quantity: int
    amount_minor: int


@dataclass(frozen=True, slots=True)
class PastRefund:
    """`state` is asked, settled or declined; `closed_at` is when it was settled or declined."""

    id: UUID
    order_id: UUID
    merchant_id: UUID
    buyer_id: UUID
    state: RefundState
    reason: Reason
    words: str
    lines: tuple[PastRefundLine, ...]
    shipped: bool
    asked_at: datetime
    closed_at: datetime | None

    @property
    def amount_minor(self) -> int:
        return sum(line.amount_minor for line in self.lines)


@transaction.atomic
def admit_history(refunds: Sequence[PastRefund]) -> int:
    """Write the refunds that are not there yet; returns how many."""
    known = set(RefundRow.objects.filter(pk__in=[past.id for past in refunds]).values_list("pk", flat=True))
    fresh = sorted((past for past in refunds if past.id not in known), key=lambda past: past.asked_at)
    had = set(queries.first_reasons(line.line_id for past in fresh for line in past.lines))
    RefundRow.objects.bulk_create([_row(past) for past in fresh])
    parts = [part for past in fresh for part in _parts(past, had)]
    RefundLineRow.objects.bulk_create(parts)
    names = {who: view.pseudonym for who, view in accounts.accounts({past.buyer_id for past in fresh}).items()}
    first = {(part.refund_id, part.line_id): part.first for part in parts}
    emit_past(fact for past in fresh for fact in _facts(past, names[past.buyer_id], first))
    return len(fresh)


def _row(past: PastRefund) -> RefundRow:
    return RefundRow(
        id=past.id, order_id=past.order_id, merchant_id=past.merchant_id, buyer_id=past.buyer_id,
        state=past.state.value, reason=past.reason.value, words=past.words, amount_minor=past.amount_minor,
        asked_at=past.asked_at, answer_by=past.asked_at + ANSWER_WITHIN,
        answered_at=past.closed_at, closed_at=past.closed_at,
    )  # fmt: skip


def _parts(past: PastRefund, had: set[UUID]) -> Iterator[RefundLineRow]:
    """Its lines; `had` grows by those that have had their first reason."""
    for line in past.lines:
        yield RefundLineRow(refund_id=past.id, line_id=line.line_id, quantity=line.quantity,
                            amount_minor=line.amount_minor, first=line.line_id not in had)  # fmt: skip
        had.add(line.line_id)


def _facts(past: PastRefund, buyer: UUID, first: dict[tuple[UUID, UUID], bool]) -> Iterator[tuple[datetime, Fact]]:
    currency = market.current().currency
    for line in past.lines:
        yield past.asked_at, RefundAsked(
            past.id, past.order_id, line.line_id, past.merchant_id, buyer, past.reason.value,
            first[past.id, line.line_id], line.quantity, line.amount_minor, currency, past.shipped,
        )  # fmt: skip
    if past.closed_at:
        hours = int((past.closed_at - past.asked_at) / timedelta(hours=1))
        yield past.closed_at, RefundSettled(
            past.id, past.order_id, past.merchant_id, buyer, past.state.value, Party.SELLER.value, past.amount_minor,
            currency, hours,
        )  # fmt: skip

"""Reading payments."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Sum

from laotie.kit import market
from laotie.trade.orders import queries as orders
from laotie.trade.payments.contracts import Payment, PaymentState
from laotie.trade.payments.models import PaymentRow
from laotie.trade.payments.providers import offered

__all__ = ["money_of", "offered", "payment_for", "payments_of", "payments_of_buyer", "settled"]


def payment_for(account_id: UUID, checkout_id: UUID) -> Payment | None:
    """The latest payment of a buyer's own checkout, if one was started. Raises OrderNotFound, NotYours."""
    orders.checkout_for(account_id, checkout_id)
    found = payments_of(checkout_id)
    return found[-1] if found else None


def payments_of(checkout_id: UUID) -> list[Payment]:
    """Every payment of a checkout, oldest first, for slices that already know who asks."""
    return [view(row) for row in PaymentRow.objects.filter(checkout_id=checkout_id).order_by("started_at", "pk")]


def payments_of_buyer(account_id: UUID) -> list[Payment]:
    """Every payment of a buyer's checkouts, oldest first."""
    own = PaymentRow.objects.filter(checkout__buyer_id=account_id)
    return [view(row) for row in own.order_by("started_at", "pk")]


def money_of(checkout_id: UUID) -> tuple[int, int]:
    """What arrived for a checkout and what was promised back of it, in minor units."""
    sums = PaymentRow.objects.filter(checkout_id=checkout_id).aggregate(
        arrived=Sum("arrived_minor"), back=Sum("given_back_minor")
    )
    return sums["arrived"] or 0, sums["back"] or 0


def settled(checkout_ids: Iterable[UUID]) -> int:
    """What arrived for these checkouts together, in minor units."""
    found = PaymentRow.objects.filter(checkout_id__in=list(checkout_ids))
    return found.aggregate(arrived=Sum("arrived_minor"))["arrived"] or 0


def view(row: PaymentRow) -> Payment:
    money = market.current().money
    return Payment(
        row.pk, row.checkout_id, row.provider, PaymentState(row.state), money(row.amount_minor),
        money(row.given_back_minor), row.page, row.started_at, row.settled_at,
    )  # fmt: skip

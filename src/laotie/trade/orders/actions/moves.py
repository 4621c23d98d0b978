"""What people do to an order: cancel it, ship it, say that it arrived."""

import re
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from laotie.kit import clock
from laotie.people.grants import queries as grants
from laotie.people.standing import queries as standing
from laotie.trade.orders import queries
from laotie.trade.orders.actions import telling
from laotie.trade.orders.actions.money import owe
from laotie.trade.orders.actions.step import alias, lock_one, return_coupons, return_stock, step
from laotie.trade.orders.contracts import (
    CARRIERS,
    OrderCancelled,
    Parcel,
    ParcelShipped,
    ParcelSigned,
    Party,
    SettlementDated,
    State,
)
from laotie.trade.orders.errors import BadCarrier, BadTracking, NotYours, WrongState
from laotie.trade.orders.models import OrderRow, ParcelRow
from laotie.trade.orders.views import parcel_view

TRACKING = re.compile(r"[A-Za-z0-9-]{6,40}")


@transaction.atomic
def cancel(account_id: UUID, order_id: UUID, reason: str = "") -> None:
    """End an order that was not shipped: its stock goes back on sale, and the money back to the buyer if it was paid.

    Cancelling what is cancelled changes nothing. Raises OrderNotFound, NotYours, WrongState.
    """
    row = lock_one(order_id)
    by = queries.party_of(account_id, row.buyer_id, row.merchant_id)
    if by is None or (by is Party.SELLER and not grants.may(account_id, "orders", row.merchant_id)):
        raise NotYours
    if row.state != State.CANCELLED:
        close(row, by, account_id, reason.strip()[:40])


def close(row: OrderRow, by: Party, account_id: UUID | None, reason: str) -> None:
    """Cancel a locked order in the name of `by`."""
    at = clock.now()
    paid = row.paid_minor > 0
    fact = OrderCancelled(row.pk, row.merchant_id, alias(row), by.value, reason, paid)
    row.close_reason = reason or by.value
    event = "expire" if by is Party.CLOCK else "cancel"
    step(row, event, by, account_id, at, facts=[fact], data={"reason": reason})
    return_stock([row])
    return_coupons([row])
    if paid:
        owe(row, row.paid_minor - row.repaid_minor, "cancel", at)
    telling.cancelled(row, by)


@transaction.atomic
def ship(account_id: UUID, order_id: UUID, carrier: str, tracking: str) -> Parcel:
    """Hand a parcel of a paid order to a carrier; a further parcel may follow while it is on its way.

    The same parcel twice is one parcel. Raises OrderNotFound, Forbidden, BadCarrier, BadTracking, WrongState.
    """
    carrier, tracking = check_parcel(carrier, tracking)
    row = lock_one(order_id)
    grants.require(account_id, "orders", row.merchant_id)
    known = ParcelRow.objects.filter(order=row, carrier=carrier, tracking=tracking).first()
    if known:
        return parcel_view(known)
    if row.state not in (State.PAID, State.SHIPPED):
        raise WrongState(state=row.state)
    at = clock.now()
    parcel = ParcelRow.objects.create(order=row, carrier=carrier, tracking=tracking, shipped_at=at)
    fact = ParcelShipped(row.pk, parcel.pk, row.merchant_id, alias(row), carrier, at, row.ship_by)
    if row.state == State.PAID:
        row.late = row.late or bool(row.ship_by and at > row.ship_by)
        step(row, "ship", Party.SELLER, account_id, at, facts=[fact], data={"carrier": carrier, "tracking": tracking})
        telling.shipped(row)
    else:
        telling.another_parcel(row, fact)
    return parcel_view(parcel)


def check_parcel(carrier: str, tracking: str) -> tuple[str, str]:
    """The carrier's code and the number without spaces, in capitals. Raises BadCarrier, BadTracking."""
    if carrier not in CARRIERS:
        raise BadCarrier(field="carrier")
    number = re.sub(r"\s+", "", tracking).upper()
    if not TRACKING.fullmatch(number) or not any(character.isdigit() for character in number):
        raise BadTracking(field="tracking", tracking=tracking[:60])
    return carrier, number


@transaction.atomic
def sign(account_id: UUID, order_id: UUID) -> None:
    """The buyer says the order arrived. Saying it twice changes nothing. Raises OrderNotFound, NotYours, WrongState."""
    row = lock_one(order_id)
    if row.buyer_id != account_id:
        raise NotYours
    if row.state not in (State.SIGNED, State.DONE):
        arrive(row, Party.BUYER, account_id)


def arrive(row: OrderRow, by: Party, account_id: UUID | None = None) -> None:
    """Sign a locked order in the name of `by`. The shop's standing of this moment says when it has its money."""
    at = clock.now()
    held = standing.of(row.merchant_id, at)
    row.settlement_days = held.settlement_days
    settles_at = at + timedelta(days=held.settlement_days)
    facts = [
        ParcelSigned(row.pk, row.merchant_id, alias(row), by.value),
        SettlementDated(row.pk, row.merchant_id, held.settlement_days, settles_at, held.decided_by),
    ]
    step(row, "sign", by, account_id, at, facts=facts)
    ParcelRow.objects.filter(order=row, signed_at=None).update(signed_at=at)
    telling.signed(row, by)

"""Forgetting a buyer: where parcels went is personal, what was paid is not.

Locks: orders first, then their checkouts. An erasure and an order that closes meanwhile therefore see one another.
"""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from laotie.people.accounts import queries as accounts
from laotie.trade.orders.contracts import CLOSED
from laotie.trade.orders.models import CheckoutRow, OrderRow

NOBODY = {"name": "", "phone": "", "city": "", "street": "", "postcode": ""}  # the region stays: freight hung on it


@transaction.atomic
def forget(account_id: UUID) -> None:
    """Blank names, phones, addresses and words on a person's orders (when the person is erased); amounts stay.

    An order still under way keeps what shipping and a refund need, with those of its checkout, until it closes: then
    it is blanked in the transaction that closes it, by `forget_closed`. Each order closes by its clock at the latest.
    """
    held = OrderRow.objects.select_for_update().filter(buyer_id=account_id).order_by("pk")
    under_way = {row.checkout_id for row in held if row.state not in CLOSED}
    done = CheckoutRow.objects.filter(buyer_id=account_id).exclude(pk__in=under_way)
    _blank(done.values_list("pk", flat=True))


def forget_closed(row: OrderRow) -> None:
    """Blank a locked order that has just closed, with its checkout, if its buyer was erased meanwhile."""
    if not accounts.account(row.buyer_id).is_erased:
        return
    CheckoutRow.objects.select_for_update().get(pk=row.checkout_id)  # two orders that close at once do so in turn
    if not OrderRow.objects.filter(checkout_id=row.checkout_id).exclude(state__in=CLOSED).exists():
        _blank([row.checkout_id])
        row.note = ""


def _blank(checkout_ids: Collection[UUID]) -> None:
    rows = list(CheckoutRow.objects.select_for_update().filter(pk__in=checkout_ids).order_by("pk"))
    for row in rows:
        row.recipient = {**row.recipient, **NOBODY}
    CheckoutRow.objects.bulk_update(rows, ["recipient"], batch_size=500)
    OrderRow.objects.filter(checkout__in=rows).exclude(note="").update(note="")

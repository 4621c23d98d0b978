"""Notices of an order's steps to the other side."""

from django.utils.translation import gettext_noop as _

from laotie.kit.money import Money
from laotie.people.merchants import queries as merchants
from laotie.people.notices import actions as notices
from laotie.stream.outbox import actions as outbox
from laotie.trade.orders import queries
from laotie.trade.orders.contracts import ParcelShipped, Party
from laotie.trade.orders.models import OrderRow


def paid(row: OrderRow) -> None:
    tell_seller(row, "order.paid", _("Order {number} was paid. Ship it in time."))


def cancelled(row: OrderRow, by: Party) -> None:
    if by is Party.CLOCK:
        tell_buyer(row, "order.expired", _("Order {number} was not paid in time and has ended."))
    elif by is Party.BUYER:
        if row.paid_minor:
            tell_seller(row, "order.cancelled", _("The buyer cancelled order {number}. Do not ship it."))
    else:
        tell_buyer(row, "order.cancelled", _("Order {number} was cancelled. What you paid is on its way back."))


def shipped(row: OrderRow) -> None:
    tell_buyer(row, "order.shipped", _("Order {number} is on its way."))


def another_parcel(row: OrderRow, fact: ParcelShipped) -> None:
    outbox.emit(fact)
    tell_buyer(row, "order.shipped", _("Another parcel of order {number} is on its way."))


def signed(row: OrderRow, by: Party) -> None:
    if by is not Party.BUYER:
        tell_buyer(row, "order.signed", _("Order {number} has arrived. Is all well?"))
    tell_seller(row, "order.signed", _("Order {number} has arrived at the buyer."))


def late(row: OrderRow) -> None:
    tell_seller(row, "order.late", _("Order {number} is late. Ship it now, or the buyer may leave."))
    tell_buyer(row, "order.late", _("The shop is late in shipping order {number}. You may cancel it at no cost."))


def repaid(row: OrderRow, amount: Money) -> None:
    tell_buyer(row, "order.repaid", _("{amount} of order {number} went back to you."), amount=str(amount))


def repaid_outside(row: OrderRow, amount: Money) -> None:
    said = str(amount)
    to_buyer = _("Order {number} was paid outside this market: the shop gives you {amount} back where you paid.")
    tell_buyer(row, "order.repaid", to_buyer, amount=said)
    to_seller = _("Order {number} was paid outside this market. Give the buyer {amount} back where it was paid.")
    tell_seller(row, "order.repaid", to_seller, amount=said)


def tell_buyer(row: OrderRow, kind: str, sentence: str, **data: str) -> None:
    notices.notify(row.buyer_id, kind, sentence, {"number": row.number, **data}, f"/orders/{row.pk}")


def tell_seller(row: OrderRow, kind: str, sentence: str, **data: str) -> None:
    """Everyone of the shop who looks after orders, its owners among them."""
    shop = merchants.shop(row.merchant_id)
    link = f"/seller/{shop.slug}/orders/{row.pk}"
    for account_id in queries.keepers(row.merchant_id, "orders"):
        notices.notify(account_id, kind, sentence, {"number": row.number, **data}, link)

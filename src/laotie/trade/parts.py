"""What the deal's slices hold of a person; `runtime.bindings` hands these to accounts."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from laotie.people.accounts.contracts import PersonalData
from laotie.trade.carts import actions as carts
from laotie.trade.carts import queries as cart_queries
from laotie.trade.orders import actions as orders
from laotie.trade.orders import queries as order_queries
from laotie.trade.orders.contracts import Line, Order
from laotie.trade.payments import queries as payment_queries
from laotie.trade.refunds import actions as refunds
from laotie.trade.refunds import queries as refund_queries
from laotie.trade.reviews import actions as reviews
from laotie.trade.reviews import queries as review_queries
from laotie.trade.talks import actions as talks
from laotie.trade.talks import queries as talk_queries

ALL = 1_000_000  # an export has no pages
TIMES = ("placed_at", "paid_at", "shipped_at", "signed_at", "done_at", "closed_at")


def _cart(account_id: UUID) -> list[dict[str, Any]]:
    cart = cart_queries.cart(account_id, account_id)
    return [
        {
            "offer": str(line.offer_id),
            "title": line.terms.title,
            "options": line.terms.options,
            "quantity": line.quantity,
        }
        for line in (*cart.lines, *cart.saved)
    ]


def _orders(account_id: UUID) -> list[dict[str, Any]]:
    return [_order(order) for order in order_queries.orders_of_buyer(account_id, size=ALL).orders]


def _order(order: Order) -> dict[str, Any]:
    whole = {
        "id": str(order.id),
        "number": order.number,
        "checkout": str(order.checkout_id),
        "shop": str(order.merchant_id),
        "state": order.state.value,
        "recipient": asdict(order.recipient),
        "note": order.note,
        "goods": str(order.goods),
        "freight": str(order.freight),
        "total": str(order.total),
        "paid": str(order.paid),
        "repaid": str(order.repaid),
        "close_reason": order.close_reason,
    }
    return whole | {name: _time(getattr(order, name)) for name in TIMES} | {"lines": [*map(_line, order.lines)]}


def _line(line: Line) -> dict[str, Any]:
    return {
        "id": str(line.id),
        "product": str(line.product_id),
        "title": line.title,
        "options": line.options,
        "quantity": line.quantity,
        "unit_price": str(line.unit_price),
        "discount": str(line.discount),
        "freight": str(line.freight),
        "refunded": str(line.refunded),
        "origin": line.origin,
    }


def _payments(account_id: UUID) -> dict[str, Any]:
    paid = payment_queries.payments_of_buyer(account_id)
    back = order_queries.repayments_of_buyer(account_id)
    return {
        "payments": [
            {
                "id": str(payment.id),
                "checkout": str(payment.checkout_id),
                "provider": payment.provider,
                "state": payment.state.value,
                "amount": str(payment.amount),
                "given_back": str(payment.given_back),
                "started_at": _time(payment.started_at),
                "settled_at": _time(payment.settled_at),
            }
            for payment in paid
        ],
        "repayments": [
            {
                "order": str(repayment.order_id),
                "amount": str(repayment.amount),
                "asked_at": _time(repayment.asked_at),
                "settled_at": _time(repayment.settled_at),
                "outside": repayment.outside,
            }
            for repayment in back
        ],
    }


def _money_stays(account_id: UUID) -> None:
    """Payments name a checkout and a provider's reference, nobody: books must still add up when a person is erased."""


def _refunds(account_id: UUID) -> list[dict[str, Any]]:
    return [
        {
            "id": str(refund.id),
            "order": str(refund.order_id),
            "state": refund.state.value,
            "reason": refund.reason.value,
            "words": refund.words,
            "amount": str(refund.amount),
            "asked_at": _time(refund.asked_at),
            "answer": refund.answer,
            "judgement": refund.judgement,
            "closed_at": _time(refund.closed_at),
        }
        for refund in refund_queries.refunds_of_buyer(account_id)
    ]


def _reviews(account_id: UUID) -> list[dict[str, Any]]:
    own = [review_queries.own(row) for row in review_queries.reviews_of_buyer(account_id)]
    return [
        {"title": r.title, "stars": r.stars, "words": r.words, "added": r.added_words, "at": r.written_at.isoformat()}
        for r in own
    ]


def _talks(account_id: UUID) -> list[dict[str, Any]]:
    said = talk_queries.said_by(account_id)
    return [{"talk": str(message.id), "words": message.words, "at": message.at.isoformat()} for message in said]


def _time(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


PARTS = (
    PersonalData("cart", _cart, carts.forget),
    PersonalData("orders", _orders, orders.forget),
    PersonalData("payments", _payments, _money_stays),
    PersonalData("refunds", _refunds, refunds.forget),
    PersonalData("reviews", _reviews, reviews.forget),
    PersonalData("talks", _talks, talks.forget),
)

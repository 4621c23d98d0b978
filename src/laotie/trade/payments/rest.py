"""Paying over REST. Starting is idempotent by the checkout: the running payment is given again."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from laotie.kit.pages import account_id as who
from laotie.kit.pages.keyed import DESCRIBED, keyed
from laotie.kit.pages.rates import count
from laotie.trade.orders import queries as orders
from laotie.trade.payments import actions, queries
from laotie.trade.payments.contracts import Payment

router = Router()


class StartIn(Schema):
    """`provider` "" is the market's usual one."""

    checkout_id: UUID
    provider: Annotated[str, Field(pattern="^[a-z_]{0,20}$")] = ""


class PaymentOut(Schema):
    id: UUID
    checkout_id: UUID
    provider: str
    state: str
    amount_minor: int
    given_back_minor: int
    currency: str
    page: str
    started_at: datetime
    settled_at: datetime | None


@router.get("/providers", response=list[str])
def providers(request: HttpRequest) -> Any:
    """The ways to pay, the usual one first."""
    return queries.offered()


@router.post("", response={201: PaymentOut}, openapi_extra=DESCRIBED)
@keyed
def start(request: HttpRequest, body: StartIn) -> Any:
    """Begin to pay one's own checkout; the buyer pays on `page`."""
    count("pay", str(who(request)), 20)
    return Status(201, _out(actions.start(who(request), body.checkout_id, body.provider)))


@router.get("/of/{uuid:checkout_id}", response=list[PaymentOut])
def of_checkout(request: HttpRequest, checkout_id: UUID) -> Any:
    """Every payment of one's own checkout, oldest first."""
    orders.checkout_for(who(request), checkout_id)
    return [_out(payment) for payment in queries.payments_of(checkout_id)]


def _out(payment: Payment) -> PaymentOut:
    return PaymentOut(
        id=payment.id, checkout_id=payment.checkout_id, provider=payment.provider, state=payment.state.value,
        amount_minor=payment.amount.minor, given_back_minor=payment.given_back.minor,
        currency=payment.amount.currency, page=payment.page, started_at=payment.started_at,
        settled_at=payment.settled_at,
    )  # fmt: skip

"""Refunds over REST. Asking for the same while it is open gives the open one, so that a repeated call asks once."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from laotie.kit.pages import account_id as who
from laotie.kit.pages.keyed import DESCRIBED, keyed
from laotie.kit.pages.rates import count
from laotie.trade.orders import queries as orders
from laotie.trade.refunds import actions, queries
from laotie.trade.refunds.contracts import Reason, Refund, RefundState

router = Router()
Text = Annotated[str, Field(max_length=500, pattern=r"^[^\x00]*$")]


class PartIn(Schema):
    line_id: UUID
    quantity: Annotated[int, Field(ge=1, le=999)]


class AskIn(Schema):
    order_id: UUID
    lines: Annotated[list[PartIn], Field(min_length=1, max_length=50)]
    reason: Reason
    words: Text = ""


class WordsIn(Schema):
    words: Text


class PartOut(Schema):
    line_id: UUID
    quantity: int
    amount_minor: int


class RefundOut(Schema):
    id: UUID
    order_id: UUID
    state: RefundState
    reason: Reason
    words: str
    amount_minor: int
    currency: str
    lines: list[PartOut]
    asked_at: datetime
    answer_by: datetime
    answer: str
    judgement: str
    closed_at: datetime | None


@router.post("", response={201: RefundOut}, openapi_extra=DESCRIBED)
@keyed
def ask(request: HttpRequest, body: AskIn) -> Any:
    """Ask for money back on lines of one's own order."""
    count("refund", str(who(request)), 20)
    chosen: dict[UUID, int] = {}
    for part in body.lines:
        chosen[part.line_id] = chosen.get(part.line_id, 0) + part.quantity
    return Status(201, _out(actions.ask(who(request), body.order_id, chosen, body.reason.value, body.words)))


@router.get("/of/{uuid:order_id}", response=list[RefundOut])
def of_order(request: HttpRequest, order_id: UUID) -> Any:
    """Every asking of an order, oldest first."""
    orders.order_for(who(request), order_id)
    return [_out(refund) for refund in queries.refunds_of(order_id)]


@router.get("/to_answer/{uuid:merchant_id}", response=list[RefundOut])
def to_answer(request: HttpRequest, merchant_id: UUID) -> Any:
    """What a shop must answer, the most pressing first."""
    return [_out(refund) for refund in queries.to_answer(who(request), merchant_id)]


@router.get("/to_judge", response=list[RefundOut])
def to_judge(request: HttpRequest) -> Any:
    """What buyers brought before the market. For operators."""
    return [_out(refund) for refund in queries.to_judge(who(request))]


@router.get("/{uuid:refund_id}", response=RefundOut)
def refund(request: HttpRequest, refund_id: UUID) -> Any:
    return _out(queries.refund_for(who(request), refund_id)[1])


@router.post("/{uuid:refund_id}/accept", response=RefundOut, openapi_extra=DESCRIBED)
@keyed
def accept(request: HttpRequest, refund_id: UUID) -> Any:
    """The shop gives the money back. Accepting it again changes nothing."""
    actions.accept(who(request), refund_id)
    return refund(request, refund_id)


@router.post("/{uuid:refund_id}/decline", response=RefundOut, openapi_extra=DESCRIBED)
@keyed
def decline(request: HttpRequest, refund_id: UUID, body: WordsIn) -> Any:
    actions.decline(who(request), refund_id, body.words)
    return refund(request, refund_id)


@router.post("/{uuid:refund_id}/dispute", response=RefundOut, openapi_extra=DESCRIBED)
@keyed
def dispute(request: HttpRequest, refund_id: UUID) -> Any:
    """The buyer takes a declined refund to the market."""
    actions.dispute(who(request), refund_id)
    return refund(request, refund_id)


@router.post("/{uuid:refund_id}/withdraw", response=RefundOut, openapi_extra=DESCRIBED)
@keyed
def withdraw(request: HttpRequest, refund_id: UUID) -> Any:
    actions.withdraw(who(request), refund_id)
    return refund(request, refund_id)


@router.post("/{uuid:refund_id}/judge_for_buyer", response=RefundOut, openapi_extra=DESCRIBED)
@keyed
def judge_for_buyer(request: HttpRequest, refund_id: UUID, body: WordsIn) -> Any:
    """The market decides that the money goes back. For operators."""
    actions.judge_for_buyer(who(request), refund_id, body.words)
    return refund(request, refund_id)


@router.post("/{uuid:refund_id}/judge_for_seller", response=RefundOut, openapi_extra=DESCRIBED)
@keyed
def judge_for_seller(request: HttpRequest, refund_id: UUID, body: WordsIn) -> Any:
    """The market decides that it does not. For operators."""
    actions.judge_for_seller(who(request), refund_id, body.words)
    return refund(request, refund_id)


def _out(found: Refund) -> RefundOut:
    return RefundOut(
        id=found.id, order_id=found.order_id, state=found.state, reason=found.reason, words=found.words,
        amount_minor=found.amount.minor, currency=found.amount.currency, asked_at=found.asked_at,
        answer_by=found.answer_by, answer=found.answer, judgement=found.judgement, closed_at=found.closed_at,
        lines=[
            PartOut(line_id=part.line_id, quantity=part.quantity, amount_minor=part.amount.minor)
            for part in found.lines
        ],
    )  # fmt: skip

"""Appeals over REST: making them for sellers, judging them for operators."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from laotie.kit.pages import account_id as who
from laotie.kit.pages.rates import count
from laotie.people.accounts.queries import require_operator
from laotie.trust.appeals import actions, queries
from laotie.trust.appeals.contracts import Ground

router = Router()
Kind = Literal["shop", "product", "creator"]
Words = Annotated[str, Field(max_length=2000)]
PER_MINUTE = 20


class AppealOut(Schema):
    id: UUID
    kind: str
    entity_id: UUID
    seller_id: UUID
    subject: str
    subject_id: UUID
    ground: str
    outcome: str
    cost: float
    words: str
    state: str
    made_at: datetime
    answer: str
    judged_at: datetime | None


class DealIn(Schema):
    kind: Kind
    entity_id: UUID
    line_id: UUID
    ground: Ground = Ground.WRONG
    words: Words


class ViolationIn(Schema):
    violation_id: UUID
    words: Words


class AnswerIn(Schema):
    answer: Words


@router.post("/deals", response={201: AppealOut})
def against_deal(request: HttpRequest, said: DealIn) -> Any:
    """Against what a deal, or only its malicious review, costs a score."""
    count("appeals.make", str(who(request)), PER_MINUTE)
    made = actions.appeal(who(request), said.kind, said.entity_id, said.line_id, said.words, ground=said.ground)
    return Status(201, made)


@router.post("/violations", response={201: AppealOut})
def against_violation(request: HttpRequest, said: ViolationIn) -> Any:
    """Against a judged violation."""
    count("appeals.make", str(who(request)), PER_MINUTE)
    return Status(201, actions.appeal_violation(who(request), said.violation_id, said.words))


@router.get("/mine/{kind}/{uuid:entity_id}", response=list[AppealOut])
def mine(request: HttpRequest, kind: Kind, entity_id: UUID) -> Any:
    """All appeals of the seller behind a score, newest first."""
    return queries.appeals_of(who(request), kind, entity_id)


@router.get("/waiting", response=list[AppealOut])
def waiting(request: HttpRequest) -> Any:
    """Those that wait for a judgement, the longest waiting first; operators only."""
    require_operator(who(request))
    return queries.waiting()


@router.post("/{uuid:appeal_id}/uphold", response=AppealOut)
def uphold(request: HttpRequest, appeal_id: UUID, said: AnswerIn) -> Any:
    """It counts no more, in no day; operators only."""
    return actions.uphold(who(request), appeal_id, said.answer)


@router.post("/{uuid:appeal_id}/reject", response=AppealOut)
def reject(request: HttpRequest, appeal_id: UUID, said: AnswerIn) -> Any:
    """It counts again; operators only."""
    return actions.reject(who(request), appeal_id, said.answer)

"""Findings of risk over REST: judged by operators, read and objected to by those whom they touch."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status

from laotie.kit.pages import account_id as who
from laotie.kit.pages.rates import count
from laotie.trust.risk import actions, queries
from laotie.trust.risk.contracts import State

router = Router()
Words = Annotated[str, Field(max_length=2000)]


class Asked(Schema):
    state: State | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50


class WordsIn(Schema):
    words: Words


class ObjectionIn(WordsIn):
    shop_id: UUID | None = None


class FindingOut(Schema):
    id: UUID
    rule: str
    day: date
    state: State
    confidence: float
    count: int
    buyers: int
    shops: int
    shares: dict[str, float]
    expected: float
    evidence: float
    found_at: datetime
    by_itself: bool
    answer: str
    judged_at: datetime | None
    objections: int


class DealOut(Schema):
    line_id: UUID
    order_id: UUID
    shop_id: UUID
    product_id: UUID
    placed_at: datetime
    marks: list[str]


class JudgedDealOut(DealOut):
    buyer: UUID


class ObjectionOut(Schema):
    id: UUID
    finding_id: UUID
    shop_id: UUID | None
    words: str
    made_at: datetime
    answer: str
    judged_at: datetime | None


class TouchedOut(Schema):
    rule: str
    state: State
    answer: str
    judged_at: datetime | None
    deals: list[DealOut]
    objection: ObjectionOut | None
    may_object: bool


@router.get("/findings", response=list[FindingOut])
def findings(request: HttpRequest, asked: Query[Asked]) -> Any:
    """Findings, what waits first; operators only."""
    return queries.findings(who(request), asked.state, asked.limit)


@router.get("/findings/{uuid:finding_id}", response=FindingOut)
def finding(request: HttpRequest, finding_id: UUID) -> Any:
    """One finding; operators only."""
    return queries.finding(who(request), finding_id)


@router.get("/findings/{uuid:finding_id}/deals", response=list[JudgedDealOut])
def deals(request: HttpRequest, finding_id: UUID) -> Any:
    """Its deals, buyers by their pseudonyms; operators only."""
    queries.finding(who(request), finding_id)
    return queries.deals(who(request), finding_id)


@router.post("/findings/{uuid:finding_id}/uphold", response=FindingOut)
def uphold(request: HttpRequest, finding_id: UUID, body: WordsIn) -> Any:
    """Void its deals, with the reasons as the sellers and buyers will read them."""
    return actions.uphold(who(request), finding_id, body.words)


@router.post("/findings/{uuid:finding_id}/release", response=FindingOut)
def release(request: HttpRequest, finding_id: UUID, body: WordsIn) -> Any:
    """Let its deals count."""
    return actions.release(who(request), finding_id, body.words)


@router.get("/shops/{slug:slug}/voids", response=list[FindingOut])
def of_shop(request: HttpRequest, slug: str) -> Any:
    """What was judged of a shop's deals; its people only."""
    return queries.voided_of(who(request), slug)


@router.get("/voids/{uuid:finding_id}", response=TouchedOut)
def touched(request: HttpRequest, finding_id: UUID, shop_id: UUID | None = None) -> Any:
    """A void with one's own deals of it: as a buyer, or with `shop_id` for a shop."""
    seen = queries.touched(who(request), finding_id, shop_id)
    found = seen.finding
    return {"rule": found.rule, "state": found.state, "answer": found.answer, "judged_at": found.judged_at,
            "deals": list(seen.deals), "objection": seen.objection, "may_object": seen.may_object}  # fmt: skip


@router.post("/voids/{uuid:finding_id}/objections", response={201: ObjectionOut})
def object_to(request: HttpRequest, finding_id: UUID, body: ObjectionIn) -> Any:
    """Object to a void, as a buyer or for a shop."""
    count("risk.object", str(who(request)), 20)
    return Status(201, actions.objection(who(request), finding_id, body.words, body.shop_id))

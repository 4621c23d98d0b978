"""Violations over REST: judging for operators, reading for the seller that was hit."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from laotie.kit.pages import account_id as who
from laotie.trust.scores import queries as scores
from laotie.trust.violations import actions, queries
from laotie.trust.violations.contracts import LEAST_BP, MOST_BP, Rule

router = Router()
Kind = Literal["shop", "product", "creator"]


class ViolationIn(Schema):
    kind: Kind
    entity_id: UUID
    rule: Rule
    points_bp: Annotated[int, Field(ge=LEAST_BP, le=MOST_BP)]
    note: Annotated[str, Field(max_length=2000)]


class ViolationOut(Schema):
    id: UUID
    kind: str
    entity_id: UUID
    rule: str
    points_bp: int
    note: str
    judged_at: datetime
    voided_at: datetime | None


@router.post("", response={201: ViolationOut})
def judge(request: HttpRequest, said: ViolationIn) -> Any:
    """Take points off a score; operators only."""
    judged = actions.judge(who(request), said.kind, said.entity_id, said.rule, points_bp=said.points_bp, note=said.note)
    return Status(201, judged)


@router.get("/{kind}/{uuid:entity_id}", response=list[ViolationOut])
def of(request: HttpRequest, kind: Kind, entity_id: UUID) -> Any:
    """What was judged against a score, newest first; for its seller."""
    scores.own(who(request), kind, entity_id)
    return queries.of(kind, entity_id)

"""Scores over REST: the parts for everybody, everything for the seller."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from laotie.kit.pages import account_id as who
from laotie.trust.scores import queries
from laotie.trust.scores.contracts import CORRECTED, PUBLISHED

router = Router()
Kind = Literal["shop", "product", "creator"]
Days = Annotated[int, Query(ge=1, le=400)]
Target = Annotated[float, Query(ge=3, le=5)]


class PartOut(Schema):
    """One metric. The contributions sum to `total`; `stars` to the score above 3. Rates and points are 0 … 1."""

    metric: str
    dimension: str
    kind: str
    weight: float
    rate: float
    benchmark: float
    better: str
    n: float
    points: float
    contribution: float
    stars: float
    absent: str


class ChangeOut(Schema):
    new: float
    aged: float
    benchmark: float
    rule: float


class ScoreOut(Schema):
    kind: str
    entity_id: UUID
    day: date
    series: str
    rulebook: str
    score: Annotated[float, Field(description="3.0000 … 5.0000")]
    total: float
    status: str
    band: str
    window: int
    deals: int
    parts: list[PartOut]
    absent: list[str]


class CostOut(Schema):
    line_id: UUID
    order_id: UUID
    product_id: UUID
    outcome: str
    metrics: list[str]
    age: int
    cost: float


class OwnOut(ScoreOut):
    costs: list[CostOut]
    change: ChangeOut | None
    gates: list[str]


class WishOut(Schema):
    metric: str
    dimension: str
    value: float
    wanted: float
    points: float
    points_wanted: float
    deals: int


class WhatIfOut(Schema):
    target: float
    score: float
    reached: bool
    wishes: list[WishOut]


class DayOut(Schema):
    day: date
    series: str
    score: float
    band: str
    status: str
    rulebook: str


@router.get("/{kind}/{uuid:entity_id}", response=ScoreOut, auth=None)
def public(request: HttpRequest, kind: Kind, entity_id: UUID) -> Any:
    """The newest score with its parts, for everybody."""
    return queries.required(kind, entity_id)


@router.get("/{kind}/{uuid:entity_id}/days", response=list[DayOut], auth=None)
def days(request: HttpRequest, kind: Kind, entity_id: UUID, most: Days = 90, *, corrected: bool = False) -> Any:
    """The score day by day, newest first: as published, or as corrected by later facts."""
    return queries.history(kind, entity_id, CORRECTED if corrected else PUBLISHED, most)


@router.get("/{kind}/{uuid:entity_id}/mine", response=OwnOut)
def mine(request: HttpRequest, kind: Kind, entity_id: UUID) -> Any:
    """The same with the deals that cost most and what changed since the day before; for the seller."""
    queries.own(who(request), kind, entity_id)
    return queries.required(kind, entity_id)


@router.get("/{kind}/{uuid:entity_id}/what-if", response=WhatIfOut)
def what_if(request: HttpRequest, kind: Kind, entity_id: UUID, target: Target) -> Any:
    """The fewest changes of metrics that lead to `target`; for the seller."""
    queries.own(who(request), kind, entity_id)
    return queries.what_if(queries.required(kind, entity_id), target)

"""Trials of rulebooks over REST, for operators; and what a coming one would make of a seller's score."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status

from laotie.kit.pages import account_id as who
from laotie.people.accounts.queries import require_operator
from laotie.trust.previews import actions, queries
from laotie.trust.rulebook import queries as rulebooks
from laotie.trust.scores import queries as scores

router = Router()
Kind = Literal["shop", "product", "creator"]


class MoverOut(Schema):
    entity_id: UUID
    before: float
    after: float
    band_before: str
    band_after: str
    share_before: float
    share_after: float


class KindOut(Schema):
    kind: str
    count: int
    bands: list[tuple[str, str, int]]
    rose: int
    fell: int
    traffic: float
    gini_before: float
    gini_after: float
    new_count: int
    new_before: float
    new_after: float
    plans_lost: int
    plans_won: int
    sooner: int
    later: int
    movers: list[MoverOut]


class PreviewOut(Schema):
    id: UUID
    name: str
    version: str
    base: str
    day: date
    state: str
    step: int
    asked_at: datetime
    ended_at: datetime | None
    results: list[KindOut]


class OutlookOut(Schema):
    score: float
    band: str
    multiplier: float
    may_offer_plans: bool
    settlement_days: int


class EffectOut(Schema):
    version: str
    name: str
    effective_from: date
    day: date
    before: OutlookOut
    after: OutlookOut


@router.post("", response={202: PreviewOut})
def ask(request: HttpRequest) -> Any:
    """Try the draft on the market's history, as a job; operators only."""
    return Status(202, actions.ask(who(request), rulebooks.draft().content))


@router.get("/{uuid:preview_id}", response=PreviewOut)
def one(request: HttpRequest, preview_id: UUID) -> Any:
    """How far it is, and what it found; operators only."""
    require_operator(who(request))
    return queries.preview(preview_id)


@router.get("/effects/{kind}/{uuid:entity_id}", response=list[EffectOut])
def effects(request: HttpRequest, kind: Kind, entity_id: UUID) -> Any:
    """What each coming rulebook would make of a score; for its seller."""
    scores.own(who(request), kind, entity_id)
    return queries.effects(kind, entity_id)

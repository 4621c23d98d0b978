"""Reports, and what operators do about them, over REST."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status

from laotie.kit.pages import account_id as who
from laotie.kit.pages.rates import count
from laotie.people.desk import actions, queries
from laotie.people.desk.contracts import WAITING, Reason, State

router = Router()
Words = Annotated[str, Field(max_length=1000)]
PER_MINUTE = 10


class Paged(Schema):
    limit: Annotated[int, Field(ge=1, le=100)] = 20
    offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0


class AskedReports(Paged):
    state: State | None = None
    kind: Annotated[str, Field(max_length=20)] = ""


class ReportIn(Schema):
    kind: Annotated[str, Field(max_length=20)]
    object_id: UUID
    reason: Reason
    words: Words = ""


class WordsIn(Schema):
    words: Words = ""


class FilingOut(Schema):
    account_id: UUID
    reason: str
    words: str
    filed_at: datetime


class ReportOut(Schema):
    id: UUID
    object_kind: str
    object_id: UUID
    title: str
    link: str
    excerpt: str
    state: str
    opened_at: datetime
    judged_at: datetime | None
    words: str
    objection: str
    objected_at: datetime | None
    filings: list[FilingOut]


class FiledOut(Schema):
    """What one who complained is told: not who else did, nor what the operators wrote to the owner."""

    id: UUID
    object_kind: str
    object_id: UUID
    title: str
    state: str


@router.post("/reports", response={201: FiledOut})
def report(request: HttpRequest, filed: ReportIn) -> Any:
    """Report a product, a shop, a review or a talk to the operators."""
    count("report", str(who(request)), PER_MINUTE)
    return Status(201, actions.report(who(request), filed.kind, filed.object_id, filed.reason, filed.words))


@router.get("/reports/mine", response=list[FiledOut])
def mine(request: HttpRequest) -> Any:
    """What one reported, newest first."""
    return queries.filed_by(who(request))


@router.get("/reports", response=list[ReportOut])
def reports(request: HttpRequest, asked: Query[AskedReports]) -> Any:
    """Reports, the longest waiting first; operators only."""
    states = (asked.state,) if asked.state else WAITING
    rows = queries.reports(who(request), states, asked.kind)
    return [queries.view(row) for row in rows[asked.offset : asked.offset + asked.limit]]


@router.get("/reports/{uuid:report_id}", response=ReportOut)
def one(request: HttpRequest, report_id: UUID) -> Any:
    """A report, for operators, and without its complainants for who answers for the thing."""
    return queries.report_for(who(request), report_id)


@router.post("/reports/{uuid:report_id}/dismiss", response=ReportOut)
def dismiss(request: HttpRequest, report_id: UUID, said: WordsIn) -> Any:
    """Nothing against the rules; operators only."""
    return actions.dismiss(who(request), report_id, said.words)


@router.post("/reports/{uuid:report_id}/warn", response=ReportOut)
def warn(request: HttpRequest, report_id: UUID, said: WordsIn) -> Any:
    """Leave the thing, warn its owner; operators only."""
    return actions.warn(who(request), report_id, said.words)


@router.post("/reports/{uuid:report_id}/take-down", response=ReportOut)
def take_down(request: HttpRequest, report_id: UUID, said: WordsIn) -> Any:
    """Take the thing away from everyone; operators only."""
    return actions.take_down(who(request), report_id, said.words)


@router.post("/reports/{uuid:report_id}/objection", response=ReportOut)
def object_to(request: HttpRequest, report_id: UUID, said: WordsIn) -> Any:
    """The owner of what was taken down says why that was wrong."""
    actions.object_to(who(request), report_id, said.words)
    return queries.report_for(who(request), report_id)


@router.post("/reports/{uuid:report_id}/uphold", response=ReportOut)
def uphold(request: HttpRequest, report_id: UUID, said: WordsIn) -> Any:
    """The objection does not convince; operators only."""
    return actions.uphold(who(request), report_id, said.words)


@router.post("/reports/{uuid:report_id}/restore", response=ReportOut)
def restore(request: HttpRequest, report_id: UUID, said: WordsIn) -> Any:
    """The objection is right: put the thing back; operators only."""
    return actions.restore(who(request), report_id, said.words)

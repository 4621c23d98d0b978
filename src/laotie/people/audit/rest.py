"""The record of acts over REST."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from laotie.kit.pages import account_id as who
from laotie.people.audit import queries
from laotie.people.audit.contracts import AuditFilter

router = Router()


class AskedActs(Schema):
    limit: Annotated[int, Field(ge=1, le=100)] = 20
    offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    act: Annotated[str, Field(max_length=60)] = ""
    object_id: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None


class ActOut(Schema):
    id: UUID
    at: datetime
    actor_id: UUID
    act: str
    object_kind: str
    object_id: UUID
    data: dict[str, Any]


@router.get("/acts", response=list[ActOut])
def acts(request: HttpRequest, asked: Query[AskedActs]) -> Any:
    """The record of privileged acts, newest first; operators only."""
    wanted = AuditFilter(asked.act, "", asked.object_id, asked.since, asked.until)
    rows = queries.acts(who(request), wanted)
    return [queries.entry(row) for row in rows[asked.offset : asked.offset + asked.limit]]

"""Rulebooks over REST: reading for everybody, the draft and publishing for operators."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from laotie.engine.scores.checking import faults
from laotie.kit.pages import account_id as who
from laotie.people.accounts.queries import require_operator
from laotie.trust.rulebook import actions, queries, words

router = Router()
Key = Annotated[str, Field(max_length=12)]
Note = Annotated[str, Field(max_length=2000)]


class VersionOut(Schema):
    version: str
    name: str
    effective_from: date
    note: str
    published_at: datetime | None
    withdrawn_at: datetime | None
    content: str


class ChangeOut(Schema):
    entry: str
    before: Any
    after: Any


class FaultOut(Schema):
    line: int
    entry: str
    sentence: str


class DraftOut(Schema):
    key: str
    base: str
    content: str
    faults: list[FaultOut]


class DraftIn(Schema):
    content: Annotated[str, Field(max_length=actions.MOST_BYTES)]
    seen: Key


class PublishIn(Schema):
    note: Note
    seen: Key


class WithdrawIn(Schema):
    note: Note


@router.get("", response=VersionOut, auth=None)
def in_force(request: HttpRequest) -> Any:
    """What holds today."""
    return queries.in_force(queries.today())


@router.get("/versions", response=list[VersionOut], auth=None)
def versions(request: HttpRequest) -> Any:
    """Every version, that which counts last first."""
    return queries.versions()


@router.get("/versions/{key}", response=VersionOut, auth=None)
def version(request: HttpRequest, key: str) -> Any:
    """One by its hash or name."""
    return queries.version(key)


@router.get("/versions/{key}/changes", response=list[ChangeOut], auth=None)
def changes(request: HttpRequest, key: str, since: str) -> Any:
    """The entries that differ from the version `since`."""
    before, after = queries.version(since), queries.version(key)
    found = queries.changes(words.parsed(before.content), words.parsed(after.content))
    return [{"entry": each.entry, "before": each.before, "after": each.after} for each in found]


@router.get("/draft", response=DraftOut)
def draft(request: HttpRequest) -> Any:
    """The draft and its faults; operators only."""
    require_operator(who(request))
    return _draft()


@router.put("/draft", response=DraftOut)
def write(request: HttpRequest, wanted: DraftIn) -> Any:
    """Keep a draft, faults and all; `seen` is the key of the one it was made from. Operators only."""
    actions.save_draft(who(request), wanted.content, wanted.seen)
    return _draft()


@router.delete("/draft", response={204: None})
def drop(request: HttpRequest) -> Any:
    """Begin anew from the rulebook in force; operators only."""
    actions.drop_draft(who(request))
    return Status(204, None)


@router.post("/versions", response={201: VersionOut})
def publish(request: HttpRequest, wanted: PublishIn) -> Any:
    """Publish the draft, with a week's notice at least; operators only."""
    return Status(201, actions.publish(who(request), wanted.note, wanted.seen))


@router.post("/versions/{key}/withdraw", response=VersionOut)
def withdraw(request: HttpRequest, key: str, wanted: WithdrawIn) -> Any:
    """Take back one that does not count yet; operators only."""
    return actions.withdraw(who(request), key, wanted.note)


def _draft() -> dict[str, Any]:
    found = queries.draft()
    said = [words.said(fault) for fault in faults(found.content)]
    rows = [{"line": each.line, "entry": each.entry, "sentence": each.sentence} for each in said]
    return {"key": found.key, "base": found.base, "content": found.content, "faults": rows}

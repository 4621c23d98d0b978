"""Writing the draft, publishing it with notice, taking a published one back before it counts. Operators only."""

import tomllib
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from laotie.engine.scores.checking import faults
from laotie.engine.scores.faults import Fault
from laotie.engine.scores.places import places, replaced
from laotie.kit import clock
from laotie.people.accounts.queries import require_operator
from laotie.people.audit.actions import audit
from laotie.stream.outbox.actions import emit
from laotie.trust.rulebook import queries, shipped
from laotie.trust.rulebook.contracts import (
    NOTICE_DAYS,
    Draft,
    RulebookPublished,
    RulebookWithdrawn,
    Version,
    record_key,
    version_of,
)
from laotie.trust.rulebook.errors import (
    BadDraft,
    CountsAlready,
    DayTaken,
    NameTaken,
    NoSuchVersion,
    NotAnEntry,
    NoteMissing,
    NothingNew,
    StaleDraft,
    TooSoon,
)
from laotie.trust.rulebook.locks import held
from laotie.trust.rulebook.models import DraftRow, VersionRow

LEAST_NOTE = 10
MOST_BYTES = 60_000


@transaction.atomic
def save_draft(operator_id: UUID, content: str, seen: str) -> Draft:
    """Keep the draft as it is written, faults and all. Raises OperatorsOnly, StaleDraft, BadDraft for no text."""
    require_operator(operator_id)
    held()
    before = queries.draft()
    if before.key != seen:
        raise StaleDraft
    content = content.replace("\r\n", "\n").replace("\0", "")
    if not content.strip() or len(content.encode()) > MOST_BYTES:
        raise BadDraft(field="content", count=1, line=0, entry="", faults=[])
    row = DraftRow.objects.first() or DraftRow(base=before.base)
    row.content, row.changed_at, row.changed_by_id = content, clock.now(), operator_id
    row.save()
    return queries.draft()


def set_entries(operator_id: UUID, values: dict[str, str], seen: str) -> Draft:
    """Write numbers of the draft anew, each by its dotted path, and leave comments and order as they are.

    Raises as `save_draft` does, and NotAnEntry.
    """
    content = queries.draft().content
    known = places(content)
    if unknown := [entry for entry in values if entry not in known]:
        raise NotAnEntry(field=unknown[0], entry=unknown[0])
    return save_draft(operator_id, replaced(content, values), seen)


@transaction.atomic
def drop_draft(operator_id: UUID) -> Draft:
    """Begin anew from the rulebook in force. Raises OperatorsOnly."""
    require_operator(operator_id)
    held()
    DraftRow.objects.all().delete()
    return queries.draft()


@transaction.atomic
def publish(operator_id: UUID, note: str, seen: str) -> Version:
    """Publish the draft: it counts from its `effective_from` on, at least NOTICE_DAYS whole days from today.

    Raises OperatorsOnly, StaleDraft, NoteMissing, BadDraft, TooSoon, NothingNew, NameTaken, DayTaken.
    """
    require_operator(operator_id)
    held()
    plant()
    draft = queries.draft()
    if draft.key != seen:
        raise StaleDraft
    note = note.replace("\0", "").strip()[:2000]
    if len(note) < LEAST_NOTE:
        raise NoteMissing(field="note")
    name, effective_from = check(draft.content)
    row = VersionRow.objects.create(
        version=draft.key, name=name, content=draft.content, effective_from=effective_from, note=note,
        published_at=clock.now(), published_by_id=operator_id,
    )  # fmt: skip
    DraftRow.objects.all().delete()
    emit(RulebookPublished(row.version, name, effective_from, note, row.content))
    data = {"version": row.version, "name": name, "effective_from": str(effective_from), "note": note}
    audit(operator_id, "rulebook.published", "rulebook", record_key(row.version), data)
    return queries.view(row)


def check(content: str) -> tuple[str, date]:
    """The name and first day of a file that may be published now. Raises as `publish` does."""
    if found := faults(content):
        raise bad(found)
    raw = tomllib.loads(content)
    name, day, earliest = raw["name"], raw["effective_from"], earliest_day()
    if day < earliest:
        raise TooSoon(field="effective_from", days=NOTICE_DAYS, earliest=str(earliest))
    standing = [each for each in queries.versions() if each.withdrawn_at is None]
    if any(each.version == version_of(content) for each in queries.versions()):
        raise NothingNew
    if any(each.name == name for each in queries.versions()):
        raise NameTaken(field="name", name=name)
    if same := next((each for each in standing if each.effective_from == day), None):
        raise DayTaken(field="effective_from", name=same.name, day=str(day))
    return name, day


def earliest_day() -> date:
    """The first day on which a rulebook that is published now may count."""
    return queries.today() + timedelta(days=NOTICE_DAYS)


def bad(found: list[Fault]) -> BadDraft:
    """The faults as an error: the first in the sentence, all in its data."""
    rows = [{"entry": f.entry, "line": f.line, "sentence": f.sentence, "data": f.data} for f in found]
    return BadDraft(field="content", count=len(found), line=found[0].line, entry=found[0].entry, faults=rows)


@transaction.atomic
def withdraw(operator_id: UUID, version: str, note: str) -> Version:
    """Take back a version that does not count yet. Raises OperatorsOnly, NoSuchVersion, CountsAlready, NoteMissing."""
    require_operator(operator_id)
    held()
    row = VersionRow.objects.filter(pk=version).first()
    if row is None:
        raise NoSuchVersion
    if row.withdrawn_at or row.effective_from <= queries.today():
        raise CountsAlready
    note = note.replace("\0", "").strip()[:2000]
    if len(note) < LEAST_NOTE:
        raise NoteMissing(field="note")
    row.withdrawn_at = clock.now()
    row.save(update_fields=["withdrawn_at"])
    emit(RulebookWithdrawn(row.version, row.name, note))
    data = {"version": row.version, "name": row.name, "note": note}
    audit(operator_id, "rulebook.withdrawn", "rulebook", record_key(row.version), data)
    return queries.view(row)


def plant() -> None:
    """Keep the rulebook that ships as version one, where there is none yet."""
    if not VersionRow.objects.exists():
        first = shipped.version()
        VersionRow.objects.bulk_create(
            [
                VersionRow(
                    version=first.version, name=first.name, content=first.content,
                    effective_from=first.effective_from, published_at=clock.now(),
                )
            ],
            ignore_conflicts=True,
        )  # fmt: skip

"""Telling the operators that something breaks the rules."""

from uuid import UUID

from django.db import IntegrityError, transaction

from laotie.kit import clock
from laotie.people import words as wording
from laotie.people.accounts.queries import pseudonym
from laotie.people.desk import contracts, queries, subjects
from laotie.people.desk.contracts import Reason, ReportFiled, State, Subject
from laotie.people.desk.errors import AlreadyReported, BadReason, OwnThing
from laotie.people.desk.models import FilingRow, ReportRow
from laotie.stream.outbox.actions import emit

open_to_reports = subjects.register


@transaction.atomic
def report(account_id: UUID, kind: str, object_id: UUID, reason: str, words: str = "") -> contracts.Report:
    """File a complaint; it joins the open report about the same thing where there is one.

    Raises NotReportable, BadReason, BadWords, OwnThing, AlreadyReported, and what the thing's room raises for one
    who may not see it.
    """
    if reason not in set(Reason):
        raise BadReason(field="reason")
    words = wording.paragraphs(words, "words", at_least=5 if reason == Reason.OTHER else 0, at_most=1000)
    subject = subjects.describe(account_id, kind, object_id)
    if account_id in subject.owners:
        raise OwnThing
    row = _open_report(kind, object_id, subject)
    _file(row, account_id, reason, words)
    emit(ReportFiled(row.pk, kind, object_id, reason, pseudonym(account_id)))
    return queries.view(row)


def _open_report(kind: str, object_id: UUID, subject: Subject) -> ReportRow:
    """The open case about the thing, made where there is none; two who file at once share it."""
    ReportRow.objects.bulk_create(
        [
            ReportRow(
                object_kind=kind,
                object_id=object_id,
                title=subject.title[:200],
                link=subject.link,
                excerpt=subject.excerpt[:2000],
                owners=[str(owner) for owner in subject.owners],
                state=State.OPEN,
                opened_at=clock.now(),
            )
        ],
        ignore_conflicts=True,
    )
    return ReportRow.objects.select_for_update().get(object_kind=kind, object_id=object_id, state=State.OPEN)


def _file(row: ReportRow, account_id: UUID, reason: str, words: str) -> None:
    try:
        with transaction.atomic():
            FilingRow.objects.create(
                report=row, account_id=account_id, reason=reason, words=words, filed_at=clock.now()
            )
    except IntegrityError as error:
        raise AlreadyReported from error

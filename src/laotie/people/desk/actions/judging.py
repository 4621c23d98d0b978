"""Deciding about reports. Every decision is audited, told to those who complained and to the thing's owners."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop as _

from laotie.kit import clock
from laotie.people import words as wording
from laotie.people.accounts.queries import require_operator
from laotie.people.audit.actions import audit
from laotie.people.desk import contracts, queries, subjects
from laotie.people.desk.contracts import OBJECTION_TIME, ReportJudged, State
from laotie.people.desk.errors import CannotTakeDown, NoSuchReport, NotItsOwner, TooLateToObject
from laotie.people.desk.models import ReportRow
from laotie.people.desk.transitions import after
from laotie.people.notices.actions import notify
from laotie.stream.outbox.actions import emit

TO_REPORTERS = {
    State.DISMISSED: _("We looked at “{title}”, which you reported, and found nothing against the rules."),
    State.WARNED: _("Thank you for reporting “{title}”. Its owner has been warned."),
    State.TAKEN_DOWN: _("Thank you for reporting “{title}”. It has been taken down."),
    State.RESTORED: _("“{title}”, which you reported, was put back after its owner objected."),
}
TO_OWNERS = {
    State.WARNED: _("A warning from the operators about “{title}”: {words}"),
    State.TAKEN_DOWN: _("“{title}” was taken down: {words} If you think this is wrong, object within {days} days."),
    State.UPHELD: _("“{title}” stays down after your objection: {words}"),
    State.RESTORED: _("Your objection was right: “{title}” is back. {words}"),
}


@transaction.atomic
def dismiss(operator_id: UUID, report_id: UUID, words: str = "") -> contracts.Report:
    """Nothing against the rules. Raises OperatorsOnly, NoSuchReport, AlreadyJudged, BadWords."""
    return _judge(operator_id, report_id, "dismiss", wording.paragraphs(words, "words", at_most=1000))


@transaction.atomic
def warn(operator_id: UUID, report_id: UUID, words: str) -> contracts.Report:
    """Leave the thing and warn its owner. Raises as `dismiss`; BadWords without a reason."""
    return _judge(operator_id, report_id, "warn", _reason(words))


@transaction.atomic
def take_down(operator_id: UUID, report_id: UUID, words: str) -> contracts.Report:
    """Take the thing away from everyone, with a reason. Raises as `warn`; CannotTakeDown."""
    report = _judge(operator_id, report_id, "take_down", _reason(words))
    act = subjects.of_kind(report.object_kind).take_down
    if act is None:
        raise CannotTakeDown
    act(operator_id, report.object_id, report.words)
    return report


@transaction.atomic
def object_to(account_id: UUID, report_id: UUID, words: str) -> contracts.Report:
    """The owner of what was taken down says why that was wrong; the report waits again.

    Raises NoSuchReport, NotItsOwner, AlreadyJudged, TooLateToObject, BadWords.
    """
    row = _locked(report_id)
    if str(account_id) not in row.owners:
        raise NotItsOwner
    state = after(row.state, "object")
    if row.judged_at is None or clock.now() > row.judged_at + OBJECTION_TIME:
        raise TooLateToObject(days=OBJECTION_TIME.days)
    row.state, row.objected_at = state, clock.now()
    row.objection = wording.paragraphs(words, "words", at_least=5, at_most=2000)
    row.save(update_fields=["state", "objected_at", "objection"])
    return queries.view(row)


@transaction.atomic
def uphold(operator_id: UUID, report_id: UUID, words: str) -> contracts.Report:
    """The objection does not convince. Raises as `warn`."""
    return _judge(operator_id, report_id, "uphold", _reason(words))


@transaction.atomic
def restore(operator_id: UUID, report_id: UUID, words: str) -> contracts.Report:
    """The objection is right: put the thing back. Raises as `warn`; CannotTakeDown where nothing can be put back."""
    report = _judge(operator_id, report_id, "restore", _reason(words))
    act = subjects.of_kind(report.object_kind).put_back
    if act is None:
        raise CannotTakeDown
    act(operator_id, report.object_id, report.words)
    return report


def _reason(words: str) -> str:
    return wording.paragraphs(words, "words", at_least=5, at_most=1000)


def _locked(report_id: UUID) -> ReportRow:
    row = ReportRow.objects.select_for_update().filter(pk=report_id).first()
    if row is None:
        raise NoSuchReport
    return row


def _judge(operator_id: UUID, report_id: UUID, act: str, words: str) -> contracts.Report:
    require_operator(operator_id)
    row = _locked(report_id)
    row.state, row.judged_at, row.judged_by_id, row.words = after(row.state, act), clock.now(), operator_id, words
    row.save(update_fields=["state", "judged_at", "judged_by", "words"])
    report = queries.view(row)
    audit(operator_id, f"report.{act}", "report", report.id, {"of": report.object_kind, "words": words})
    emit(ReportJudged(report.id, report.object_kind, report.object_id, report.state, len(report.filings)))
    _tell(report)
    return report


def _tell(report: contracts.Report) -> None:
    data = {"title": report.title, "words": report.words, "days": OBJECTION_TIME.days}
    if sentence := TO_REPORTERS.get(report.state):
        for filing in report.filings:
            notify(filing.account_id, "report.outcome", sentence, data)
    if sentence := TO_OWNERS.get(report.state):
        for owner in report.owners:
            notify(owner, "report.decision", sentence, data, f"/reports/{report.id}")

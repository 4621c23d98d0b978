"""Reading the desk: reports for operators and for the owners of what was reported."""

from uuid import UUID

from django.db.models import Count, QuerySet

from laotie.people.accounts.queries import account, require_operator
from laotie.people.desk import subjects
from laotie.people.desk.contracts import WAITING, Filing, Reason, Report, State, Subject
from laotie.people.desk.errors import NoSuchReport
from laotie.people.desk.models import FilingRow, ReportRow


def subject(account_id: UUID, kind: str, object_id: UUID) -> Subject:
    """What someone is about to report. Raises NotReportable, and the room's NotFound and Forbidden."""
    return subjects.describe(account_id, kind, object_id)


def report_for(account_id: UUID, report_id: UUID) -> Report:
    """A report for an operator, or for an owner of the thing, who does not learn who complained.

    Raises NoSuchReport, for everyone else too: that a report exists is nobody's business.
    """
    row = ReportRow.objects.filter(pk=report_id).first()
    if row is None:
        raise NoSuchReport
    if account(account_id).is_operator:
        return view(row)
    if str(account_id) not in row.owners or row.state in {State.OPEN, State.DISMISSED}:
        raise NoSuchReport
    return view(row, filings=False)


def reports(operator_id: UUID, states: tuple[State, ...] = WAITING, kind: str = "") -> QuerySet[ReportRow]:
    """Reports, the longest waiting first; `views` turns a slice of them into contracts. Raises OperatorsOnly."""
    require_operator(operator_id)
    found = ReportRow.objects.filter(state__in=states).annotate(complaints=Count("filings"))
    found = found.filter(object_kind=kind) if kind else found
    return found.prefetch_related("filings").order_by("opened_at", "pk")


def waiting_count(operator_id: UUID) -> int:
    """How many reports wait for a decision. Raises OperatorsOnly."""
    require_operator(operator_id)
    return ReportRow.objects.filter(state__in=WAITING).count()


def filed_by(account_id: UUID, limit: int = 50) -> list[Report]:
    """What an account reported, newest first; each with its own filing only."""
    rows = FilingRow.objects.filter(account_id=account_id).select_related("report").order_by("-filed_at")[:limit]
    return [_with(row.report, (_filing(row),)) for row in rows]


def view(row: ReportRow, *, filings: bool = True) -> Report:
    """The contract of a row, with or without those who complained."""
    told = tuple(_filing(each) for each in sorted(row.filings.all(), key=lambda each: each.filed_at)) if filings else ()
    return _with(row, told)


def _with(row: ReportRow, filings: tuple[Filing, ...]) -> Report:
    return Report(
        id=row.pk,
        object_kind=row.object_kind,
        object_id=row.object_id,
        title=row.title,
        link=row.link,
        excerpt=row.excerpt,
        owners=tuple(UUID(owner) for owner in row.owners),
        state=State(row.state),
        opened_at=row.opened_at,
        judged_at=row.judged_at,
        judged_by=row.judged_by_id,
        words=row.words,
        objection=row.objection,
        objected_at=row.objected_at,
        filings=filings,
        can_take_down=subjects.can_take_down(row.object_kind),
    )


def _filing(row: FilingRow) -> Filing:
    return Filing(row.account_id, Reason(row.reason), row.words, row.filed_at)

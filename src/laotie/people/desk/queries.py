"""Reading the desk: reports for operators and for the owners of what was reported, and the record of acts."""

from uuid import UUID

from django.db.models import Count, Q, QuerySet

from laotie.people.accounts.queries import account, require_operator
from laotie.people.desk import contracts, subjects
from laotie.people.desk.contracts import WAITING, AuditEntry, AuditFilter, Filing, Reason, Report, State, Subject
from laotie.people.desk.errors import NoSuchReport
from laotie.people.desk.models import Audit, FilingRow, ReportRow


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


def audits(operator_id: UUID, wanted: AuditFilter | None = None) -> QuerySet[Audit]:
    """Privileged acts, newest first; `entry` turns a row into its contract. Raises OperatorsOnly."""
    require_operator(operator_id)
    wanted = wanted or AuditFilter()
    found = Audit.objects.select_related("actor").order_by("-at", "-pk")
    if wanted.act:
        found = found.filter(act__startswith=wanted.act)
    if wanted.words:
        found = found.filter(Q(actor__name__icontains=wanted.words) | Q(actor__email__icontains=wanted.words))
    if wanted.object_id:
        found = found.filter(object_id=wanted.object_id)
    if wanted.since:
        found = found.filter(at__gte=wanted.since)
    if wanted.until:
        found = found.filter(at__lt=wanted.until)
    return found


def entry(row: Audit) -> AuditEntry:
    return AuditEntry(row.pk, row.at, row.actor_id, row.actor.name, row.act, row.object_kind, row.object_id, row.data)


def audit_of(kind: str, object_id: UUID) -> list[contracts.AuditEntry]:
    """What was done to one thing, newest first. For pages that already judged who reads."""
    rows = Audit.objects.filter(object_kind=kind, object_id=object_id).select_related("actor").order_by("-at", "-pk")
    return [entry(row) for row in rows]

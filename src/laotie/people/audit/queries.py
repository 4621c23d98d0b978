"""Reading the record of acts."""

from uuid import UUID

from django.db.models import Q, QuerySet

from laotie.people.accounts.queries import require_operator
from laotie.people.audit.contracts import AuditEntry, AuditFilter
from laotie.people.audit.models import Audit


def acts(operator_id: UUID, wanted: AuditFilter | None = None) -> QuerySet[Audit]:
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


def acts_on(kind: str, object_id: UUID) -> list[AuditEntry]:
    """What was done to one thing, newest first. For pages that already judged who reads."""
    rows = Audit.objects.filter(object_kind=kind, object_id=object_id).select_related("actor").order_by("-at", "-pk")
    return [entry(row) for row in rows]

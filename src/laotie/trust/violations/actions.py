"""Judging a violation, and voiding it when an appeal is upheld."""

from uuid import UUID

from django.db import transaction

from laotie.kit import clock
from laotie.people.accounts import queries as accounts
from laotie.people.audit.actions import audit
from laotie.people.notices.actions import notify
from laotie.stream.outbox.actions import emit
from laotie.trust.scores import queries as scores
from laotie.trust.scores.contracts import CREATOR
from laotie.trust.violations import queries
from laotie.trust.violations.contracts import (
    LEAST_BP,
    MOST_BP,
    Rule,
    Violation,
    ViolationJudged,
    ViolationVoided,
)
from laotie.trust.violations.errors import BadPoints, NoSuchViolation, NoteMissing
from laotie.trust.violations.models import ViolationRow

LEAST_NOTE = 10


@transaction.atomic
def judge(operator_id: UUID, kind: str, entity_id: UUID, rule: Rule, *, points_bp: int, note: str) -> Violation:
    """Take `points_bp` off a score from the next night on. The seller is told and may appeal.

    Raises OperatorsOnly, BadPoints, NoteMissing, and what a kind raises for whom it does not know.
    """
    accounts.require_operator(operator_id)
    if not LEAST_BP <= points_bp <= MOST_BP:
        raise BadPoints(field="points", least=f"{LEAST_BP / 100:g}", most=f"{MOST_BP / 100:g}")
    note = note.replace("\0", "").strip()[:2000]
    if len(note) < LEAST_NOTE:
        raise NoteMissing(field="note")
    readers = scores.readers(kind, entity_id)
    row = ViolationRow.objects.create(
        kind=kind, entity_id=entity_id, rule=rule, points_bp=points_bp, note=note, judged_at=clock.now(),
        judged_by_id=operator_id,
    )  # fmt: skip
    named = accounts.pseudonym(entity_id) if kind == CREATOR else entity_id
    emit(ViolationJudged(row.pk, kind, named, rule.value, points_bp))
    data = {"kind": kind, "entity": str(entity_id), "rule": rule.value, "points_bp": points_bp, "note": note}
    audit(operator_id, "violation.judged", "violation", row.pk, data)
    for account_id in readers:
        notify(
            account_id,
            "score",
            "A rule was broken, as an operator judged: {points} points come off your score. You can appeal for 7 days.",
            {"points": f"{points_bp / 100:g}"},
            f"/violations/{row.pk}",
        )
    return queries.view(row)


def void(violation_id: UUID, cause_id: UUID) -> None:
    """It counts no more, in the caller's transaction. Doing it twice changes nothing. Raises NoSuchViolation."""
    row = ViolationRow.objects.select_for_update().filter(pk=violation_id).first()
    if row is None:
        raise NoSuchViolation
    if row.voided_at is None:
        row.voided_at = clock.now()
        row.save(update_fields=["voided_at"])
        emit(ViolationVoided(row.pk, cause_id))

"""From an appeal to the scores: what is held leaves the newest day at once, what was upheld every day it was in."""

from uuid import UUID

from django.db import transaction

from laotie.kit import clock
from laotie.people.notices.actions import notify
from laotie.stream.lake.queries import Snapshot
from laotie.trust.appeals.contracts import State
from laotie.trust.appeals.models import AppealRow
from laotie.trust.scores import actions as scores
from laotie.trust.scores import queries as score_queries
from laotie.trust.scores.contracts import PUBLISHED


def carry(lake: Snapshot, appeal_id: UUID) -> bool:
    """Compute again what the appeal's newest fact touches. False while the lake has not yet heard of it.

    Made or rejected: the newest day only, since what was held or counts again changes no day that is past. Upheld:
    every published day that it was in. Doing it twice adds a corrected run of the same figures and tells nobody twice.
    """
    row = AppealRow.objects.get(pk=appeal_id)
    if not _heard(lake, "appeal.made" if row.state == State.OPEN else "appeal.judged", appeal_id):
        return False
    days = score_queries.days_since(row.first_day, PUBLISHED)
    for day in days if row.state == State.UPHELD else days[-1:]:
        scores.correct(lake, day)
    after = score_queries.score(row.kind, row.entity_id)
    if row.state == State.UPHELD and after:
        _tell(row, row.stood, after.score)
    return True


def _heard(lake: Snapshot, kind: str, appeal_id: UUID) -> bool:
    return kind in lake.kinds() and str(appeal_id) in lake.read(kind)["appeal_id"].to_pylist()


def _tell(row: AppealRow, before: float, after: float) -> None:
    with transaction.atomic():
        if AppealRow.objects.filter(pk=row.pk, corrected_at=None).update(corrected_at=clock.now()):
            notify(
                row.made_by_id,
                "score",
                "Your appeal was upheld: your score went from {before} to {after}.",
                {"before": f"{before:.4f}", "after": f"{after:.4f}"},
                f"/appeals/{row.pk}",
            )

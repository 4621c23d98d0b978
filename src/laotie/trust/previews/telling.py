"""Telling sellers of a coming rulebook, once, with what it would make of their score."""

from uuid import UUID

from laotie.kit import clock
from laotie.kit.errors import NotFound
from laotie.people.notices.actions import notify
from laotie.trust.previews.models import EffectRow, ToldRow
from laotie.trust.rulebook.contracts import Version
from laotie.trust.scores import queries as scores
from laotie.trust.scores.contracts import PRODUCT


def once(version: Version, preview_id: UUID) -> None:
    """Tell the teams of all shops that have a score, and creators; a second time changes nothing."""
    _row, first = ToldRow.objects.get_or_create(version=version.version, defaults={"at": clock.now()})
    if not first:
        return
    link = f"/rulebook/{version.version}"
    rows = EffectRow.objects.filter(preview_id=preview_id).exclude(kind=PRODUCT)
    for row in rows.iterator(chunk_size=500):
        data = {
            "name": version.name,
            "day": str(version.effective_from),
            "before": f"{row.before['score']:.4f}",
            "after": f"{row.after['score']:.4f}",
        }
        for account_id in _readers(row):
            notify(
                account_id,
                "score",
                "From {day} rulebook {name} counts. By it your score would be {after} instead of {before}.",
                data,
                link,
            )


def _readers(row: EffectRow) -> list[UUID]:
    """Who is told; nobody of a seller that is gone meanwhile."""
    try:
        return scores.readers(row.kind, row.entity_id)
    except NotFound:
        return []

"""What was said of a card, cut out of the recording, so that its product's page can show it."""

from datetime import timedelta
from uuid import UUID

from laotie.places.rooms import video
from laotie.places.rooms.models import ExplanationRow

SHORTEST = timedelta(seconds=5)  # less than that is a slip of the finger


def cut_replays(session_id: UUID) -> int:
    """Cut every stretch of a session that was not cut yet; returns how many. Doing it again changes nothing."""
    rows = ExplanationRow.objects.filter(session_id=session_id, clip=None).order_by("began_at")
    return sum(_cut(row) for row in rows if row.ended_at - row.began_at >= SHORTEST)


def _cut(row: ExplanationRow) -> bool:
    clip = video.cut(row.session_id, row.began_at, row.ended_at)
    return bool(clip and ExplanationRow.objects.filter(pk=row.pk, clip=None).update(clip=clip))

"""Who reserved, and who is to be reminded."""

from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from laotie.places.rooms.contracts import State
from laotie.places.rooms.models import ReservationRow


def has_reserved(account_id: UUID, session_id: UUID) -> bool:
    return ReservationRow.objects.filter(account_id=account_id, session_id=session_id).exists()


def reservations(session_id: UUID) -> tuple[int, int]:
    """How many reserved, and how many of them came."""
    counts = ReservationRow.objects.filter(session_id=session_id).aggregate(
        every=Count("pk"), came=Count("pk", filter=Q(came_at__isnull=False))
    )
    return counts["every"], counts["came"]


def next_due(before: datetime) -> list[UUID]:
    """Announced sessions that begin by `before` and of whose reservations some were not reminded."""
    rows = ReservationRow.objects.filter(
        reminded_at=None, session__state=State.ANNOUNCED, session__planned_at__lte=before
    )
    return list(rows.values_list("session_id", flat=True).distinct())

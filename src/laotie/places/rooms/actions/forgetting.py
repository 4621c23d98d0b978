"""Forgetting a person: what was said, reserved, helped. A creator's sessions stay, as their orders do."""

from uuid import UUID

from django.db import transaction

from laotie.places.rooms.models import (
    BallotRow,
    EntryRow,
    EventRow,
    HelperRow,
    LineRow,
    ReservationRow,
    SessionRow,
    ShutRow,
)

NOTHING = "…"


@transaction.atomic
def forget(account_id: UUID) -> None:
    """Take away a person's lines, reservations and offices; and what a creator wrote of sessions."""
    said = list(LineRow.objects.filter(author_id=account_id).values_list("pk", "session_id", "seq"))
    for _pk, session_id, seq in said:
        EventRow.objects.filter(session_id=session_id, seq=seq).update(kind="hidden", body={"line": ""})
    LineRow.objects.filter(author_id=account_id).delete()
    for mine in (ReservationRow, BallotRow):
        mine.objects.filter(account_id=account_id).delete()
    EntryRow.objects.filter(account_id=account_id).update(account=None)  # without it the published list would be false
    for rows in (HelperRow, ShutRow):
        rows.objects.filter(account_id=account_id).delete()
        rows.objects.filter(creator_id=account_id).delete()
    SessionRow.objects.filter(creator_id=account_id).update(title=NOTHING, intro="", cover=None)

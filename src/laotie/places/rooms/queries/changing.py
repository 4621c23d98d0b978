"""What beats and changes in a room."""

from uuid import UUID

from laotie.places.rooms import views
from laotie.places.rooms.contracts import Event, Pulse
from laotie.places.rooms.models import EventRow, PulseRow
from laotie.places.rooms.queries.sessions import session


def pulse(session_id: UUID) -> Pulse:
    """How many are there and how many hearts there were."""
    row = PulseRow.objects.filter(pk=session_id).first()
    return views.pulse(row) if row else Pulse()


def since(session_id: UUID, seq: int, most: int = 500) -> list[Event] | None:
    """What changed after `seq`, in order; None where that is too long ago: then the whole state is needed."""
    rows = list(EventRow.objects.filter(session_id=session_id, seq__gt=seq).order_by("seq")[: most + 1])
    known = session(session_id).seq
    if len(rows) > most or (rows and rows[0].seq != seq + 1) or (not rows and known > seq):
        return None
    return [Event(row.seq, row.kind, row.body) for row in rows]

"""The whole state of a room, as a browser that comes fresh is given it.

Kept by `static/rooms/state.js`: state at some number + the events after it = state now, whatever was lost, came twice
or in the wrong order on the way.
"""

from typing import Any
from uuid import UUID

from django.db import connection, transaction

from laotie.kit import clock
from laotie.places.rooms import queries, views


def state(session_id: UUID) -> dict[str, Any]:
    """Everything of one moment: read in one snapshot, so that `seq` is the number of exactly this state."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        session = queries.session(session_id)
        return {
            "id": str(session.id),
            "seq": session.seq,
            "now": clock.now().isoformat(),
            "room": views.session_told(session),
            "explaining": views.explaining_told(session),
            "cards": [views.card_told(shown) for shown in queries.shown_cards(session_id)],
            "coupons": queries.coupons_told(session_id),
            "draws": queries.draws_told(session_id),
            "votes": queries.votes_told(session_id),
            "lines": queries.window(session_id),
            "pulse": views.pulse_told(queries.pulse(session_id)),
        }

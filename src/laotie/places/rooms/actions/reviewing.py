"""The last step of a session: its host has looked at what became of it."""

from uuid import UUID

from django.db import transaction

from laotie.places.rooms import queries, views
from laotie.places.rooms.actions.numbering import hold
from laotie.places.rooms.contracts import Session, State
from laotie.places.rooms.errors import WrongState


@transaction.atomic
def review(account_id: UUID, session_id: UUID) -> Session:
    """Close a session that has ended. Doing it twice changes nothing. Raises NotYourRoom, WrongState."""
    queries.hosted(account_id, session_id)
    row = hold(session_id)
    if row.state == State.ENDED:
        row.state = State.REVIEWED.value
        row.save(update_fields=["state"])
    elif row.state != State.REVIEWED:
        raise WrongState(state=row.state)
    return views.session(row)

"""Reservations: who wants to be told, who was, who came."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop as _

from laotie.kit import clock
from laotie.people.accounts.queries import pseudonym
from laotie.people.notices.actions import notify, person
from laotie.places.rooms import queries
from laotie.places.rooms.contracts import SessionReserved, SessionShowedUp, State
from laotie.places.rooms.errors import WrongState
from laotie.places.rooms.models import ReservationRow, SessionRow
from laotie.stream.outbox.actions import emit

AHEAD = timedelta(minutes=15)  # how long before the beginning one is reminded


@transaction.atomic
def reserve(account_id: UUID, session_id: UUID) -> None:
    """Ask to be told when an announced session begins. Twice is once. Raises NoSuchSession, ShutOut, WrongState."""
    session = queries.session_for(account_id, session_id)
    if session.state is not State.ANNOUNCED:
        raise WrongState(state=session.state)
    _row, new = ReservationRow.objects.get_or_create(
        session_id=session_id, account_id=account_id, defaults={"at": clock.now()}
    )
    if new:
        emit(SessionReserved(session_id, pseudonym(account_id), kept=True))


@transaction.atomic
def give_up(account_id: UUID, session_id: UUID) -> None:
    """No longer. What was not reserved is no error."""
    if ReservationRow.objects.filter(session_id=session_id, account_id=account_id).delete()[0]:
        emit(SessionReserved(session_id, pseudonym(account_id), kept=False))


def remind_due() -> int:
    """Remind those whose session begins in a quarter of an hour, once; returns how many."""
    return sum(_remind(session_id) for session_id in queries.next_due(clock.now() + AHEAD))


@transaction.atomic
def _remind(session_id: UUID) -> int:
    row = SessionRow.objects.get(pk=session_id)
    waiting = ReservationRow.objects.select_for_update().filter(session=row, reminded_at=None).order_by("pk")
    sentence = _("“{title}” with {name} begins soon.")
    return _tell(row, list(waiting), "room.soon", sentence)


def call_in(row: SessionRow) -> None:
    """The session has begun: tell everyone who reserved."""
    waiting = ReservationRow.objects.select_for_update().filter(session=row).order_by("pk")
    _tell(row, list(waiting), "room.begun", _("“{title}” with {name} has begun. Come in."))


def _tell(row: SessionRow, waiting: list[ReservationRow], kind: str, sentence: str) -> int:
    for reservation in waiting:
        data = {"title": row.title, "name": person(row.creator_id)}
        notify(reservation.account_id, kind, sentence, data, f"/r/{row.pk}")
    ReservationRow.objects.filter(pk__in=[each.pk for each in waiting]).update(reminded_at=clock.now())
    return len(waiting)


@transaction.atomic
def came(account_id: UUID, session_id: UUID) -> None:
    """Count someone who had reserved and is here while it is on air, once."""
    mine = ReservationRow.objects.filter(session_id=session_id, account_id=account_id, came_at=None)
    if mine.filter(session__state=State.ON_AIR).update(came_at=clock.now()):
        emit(SessionShowedUp(session_id, pseudonym(account_id)))

"""On air and off it again."""

from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from procrastinate.contrib.django import app

from laotie.kit import clock
from laotie.people.accounts.queries import pseudonym, require_operator
from laotie.places.rooms import queries, video, views
from laotie.places.rooms.actions.carding import finish_explaining
from laotie.places.rooms.actions.drawing import draw_rest
from laotie.places.rooms.actions.numbering import hold, record
from laotie.places.rooms.actions.planning import BEFORE_AIR
from laotie.places.rooms.actions.reserving import call_in
from laotie.places.rooms.actions.voting import close_rest
from laotie.places.rooms.contracts import Session, SessionEnded, SessionOpened, State
from laotie.places.rooms.errors import OnAirAlready, WrongState
from laotie.places.rooms.models import SessionRow
from laotie.stream.outbox.actions import emit

FORGOTTEN = timedelta(minutes=15)  # without a picture: the host is not coming back
LONGEST = timedelta(hours=24)
SETTLED = 30  # seconds after which the studio has finished a recording


def open_room(account_id: UUID, session_id: UUID) -> Session:
    """Go on air: those who reserved are called in. Doing it twice changes nothing.

    Raises NotYourRoom, WrongState, OnAirAlready.
    """
    queries.hosted(account_id, session_id)
    try:
        opened = _open(session_id)
    except IntegrityError as error:
        raise OnAirAlready from error
    return opened


@transaction.atomic
def _open(session_id: UUID) -> Session:
    row = hold(session_id)
    if row.state == State.ON_AIR:
        return views.session(row)
    if row.state not in BEFORE_AIR:
        raise WrongState(state=row.state)
    row.state, row.opened_at = State.ON_AIR.value, clock.now()
    row.save(update_fields=["state", "opened_at"])
    video.begin(row.pk, row.creator_id)
    record(row, "room", views.session_told(views.session(row)))
    reserved, _came = queries.reservations(row.pk)
    emit(SessionOpened(row.pk, pseudonym(row.creator_id), row.cards.filter(removed_at=None).count(), reserved))
    call_in(row)
    return views.session(row)


@transaction.atomic
def end(account_id: UUID, session_id: UUID) -> Session:
    """The host has finished, or an operator ends it. Doing it twice changes nothing.

    Raises NotYourRoom, OperatorsOnly, WrongState.
    """
    found = queries.session(session_id)
    if account_id != found.creator_id:
        require_operator(account_id)
    row = hold(session_id)
    if row.state == State.ON_AIR:
        _end(row, "host" if account_id == row.creator_id else "operator")
    elif row.state not in (State.ENDED, State.REVIEWED):
        raise WrongState(state=row.state)
    return views.session(row)


def end_forgotten() -> int:
    """End sessions whose picture has been away for long, each in a transaction of its own; returns how many."""
    ids = SessionRow.objects.filter(state=State.ON_AIR).values_list("pk", flat=True)
    return sum(_end_if_forgotten(session_id) for session_id in list(ids))


@transaction.atomic
def _end_if_forgotten(session_id: UUID) -> bool:
    row, now = hold(session_id), clock.now()
    if row.state != State.ON_AIR or row.opened_at is None:
        return False
    last = max(row.opened_at, video.last_picture(row.pk) or row.opened_at)
    if now - last < FORGOTTEN and now - row.opened_at < LONGEST:
        return False
    _end(row, "clock")
    return True


def _end(row: SessionRow, by: str) -> None:
    """End a held session that is on air."""
    now = clock.now()
    finish_explaining(row, now)
    draw_rest(row)
    close_rest(row)
    row.state, row.ended_at = State.ENDED.value, now
    row.save(update_fields=["state", "ended_at"])
    video.finish(row.pk)
    record(row, "room", views.session_told(views.session(row)))
    beat = queries.pulse(row.pk)
    seconds = int((now - (row.opened_at or now)).total_seconds())
    app.configure_task("rooms.replays", schedule_in={"seconds": SETTLED}).defer(session_id=str(row.pk))
    emit(SessionEnded(row.pk, pseudonym(row.creator_id), by, seconds, beat.likes, beat.peak))

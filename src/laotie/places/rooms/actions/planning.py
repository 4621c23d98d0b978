"""A session before it is on air: planned, changed, announced, called off."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop as _

from laotie.kit import clock
from laotie.kit.text import line, text
from laotie.people.accounts.queries import pseudonym
from laotie.people.creators import queries as creators
from laotie.people.notices.actions import notify
from laotie.places.rooms import queries, views
from laotie.places.rooms.actions.numbering import hold, record
from laotie.places.rooms.contracts import Session, SessionPlanned, State
from laotie.places.rooms.errors import BadPlan, WrongState
from laotie.places.rooms.models import PulseRow, ReservationRow, SessionRow
from laotie.stream.outbox.actions import emit

FARTHEST = timedelta(days=90)
GRACE = timedelta(minutes=10)  # who fills in a form for "now" is a little late
BEFORE_AIR = frozenset({State.PLANNED, State.ANNOUNCED})


@transaction.atomic
def plan(account_id: UUID, title: str, planned_at: datetime, intro: str = "") -> Session:
    """A creator means to go on air. Nobody sees it until it is announced. Raises NoSuchCreator, BadText, BadPlan."""
    creators.creator(account_id)
    row = SessionRow.objects.create(
        creator_id=account_id, title=line(title, "title", 80, 2), intro=text(intro, "intro", 500),
        planned_at=_checked(planned_at),
    )  # fmt: skip
    PulseRow.objects.create(session=row)
    emit(SessionPlanned(row.pk, pseudonym(account_id), row.planned_at, announced=False))
    return views.session(row)


@transaction.atomic
def change(account_id: UUID, session_id: UUID, title: str, planned_at: datetime, intro: str = "") -> Session:
    """Say anew what a session is about and when it begins; who reserved is told of a new time.

    Raises NotYourRoom, WrongState, BadText, BadPlan.
    """
    queries.hosted(account_id, session_id)
    row = hold(session_id)
    _check(row)
    moved = row.planned_at != planned_at
    row.title, row.intro = line(title, "title", 80, 2), text(intro, "intro", 500)
    row.planned_at = _checked(planned_at) if moved else row.planned_at
    row.save(update_fields=["title", "intro", "planned_at"])
    record(row, "room", views.session_told(views.session(row)))
    if moved:
        _moved(row)
    return views.session(row)


def _moved(row: SessionRow) -> None:
    announced = row.state == State.ANNOUNCED
    emit(SessionPlanned(row.pk, pseudonym(row.creator_id), row.planned_at, announced=announced))
    ReservationRow.objects.filter(session=row).update(reminded_at=None)
    tell_reserved(row, "room.moved", _("“{title}” begins at another time."))


@transaction.atomic
def announce(account_id: UUID, session_id: UUID) -> Session:
    """Let people see it, reserve it and find it on the schedule. Raises NotYourRoom, WrongState."""
    queries.hosted(account_id, session_id)
    row = hold(session_id)
    if row.state == State.ANNOUNCED:
        return views.session(row)
    if row.state != State.PLANNED:
        raise WrongState(state=row.state)
    row.state = State.ANNOUNCED.value
    row.save(update_fields=["state"])
    record(row, "room", views.session_told(views.session(row)))
    emit(SessionPlanned(row.pk, pseudonym(account_id), row.planned_at, announced=True))
    return views.session(row)


@transaction.atomic
def call_off(account_id: UUID, session_id: UUID) -> None:
    """Take a session back that has not been on air; who reserved is told. Raises NotYourRoom, WrongState."""
    queries.hosted(account_id, session_id)
    row = hold(session_id)
    _check(row)
    tell_reserved(row, "room.called_off", _("“{title}” was called off."))
    row.delete()


def tell_reserved(row: SessionRow, kind: str, sentence: str) -> None:
    """A notice to everyone who reserved."""
    for account_id in ReservationRow.objects.filter(session=row).values_list("account_id", flat=True):
        notify(account_id, kind, sentence, {"title": row.title}, f"/r/{row.pk}")


def _check(row: SessionRow) -> None:
    if row.state not in BEFORE_AIR:
        raise WrongState(state=row.state)


def _checked(at: datetime) -> datetime:
    if not clock.now() - GRACE <= at <= clock.now() + FARTHEST:
        raise BadPlan(field="planned_at", days=FARTHEST.days)
    return at

"""Draws that can be checked: the secret is bound before the first entry and told after the last (`rooms.lots`).

Locks: the session's row, then the draw's. Who enters shares the draw's row, so that nobody enters behind the drawing.
"""

from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop as _
from procrastinate.contrib.django import app

from laotie.kit import clock
from laotie.kit.text import line
from laotie.people.accounts.queries import pseudonym
from laotie.people.notices.actions import notify
from laotie.places.rooms import lots, queries, telling
from laotie.places.rooms.actions.numbering import hold, record
from laotie.places.rooms.contracts import Role
from laotie.places.rooms.contracts.selling import Draw, DrawDrawn, DrawEntered, DrawOpened
from laotie.places.rooms.errors import BadDraw, DrawClosed, DrawRuns, NoSuchDraw, NotYourRoom
from laotie.places.rooms.models import DrawRow, EntryRow, SessionRow
from laotie.stream.outbox.actions import emit

MOST_WINNERS = 100
SHORTEST, LONGEST = 10, 3600  # seconds


def open_draw(account_id: UUID, session_id: UUID, prize: str, winners: int, seconds: int) -> Draw:
    """Let viewers enter for so many seconds; then it is drawn by itself.

    Raises NotYourRoom, WrongState, BadText, BadDraw, DrawRuns.
    """
    queries.aired(account_id, session_id)
    if not (1 <= winners <= MOST_WINNERS and SHORTEST <= seconds <= LONGEST):
        raise BadDraw(field="winners", most=MOST_WINNERS, longest=LONGEST // 60)
    try:
        return _open(session_id, account_id, line(prize, "prize", 80, 2), winners, seconds)
    except IntegrityError as error:
        raise DrawRuns from error


@transaction.atomic
def _open(session_id: UUID, account_id: UUID, prize: str, winners: int, seconds: int) -> Draw:
    session, now = hold(session_id), clock.now()
    row = DrawRow.objects.create(
        session=session, prize=prize, winners=winners, secret=lots.new_secret(), opened_at=now,
        ends_at=now + timedelta(seconds=seconds),
    )  # fmt: skip
    app.configure_task("rooms.draw", queue="timers", schedule_at=row.ends_at).defer(draw_id=str(row.pk))
    bound = lots.commitment(row.secret)
    emit(DrawOpened(session_id, row.pk, pseudonym(account_id), winners, row.ends_at, bound))
    record(session, "draw", {"draw": telling.draw(row)})
    return queries.draw(row.pk)


@transaction.atomic
def enter(account_id: UUID, session_id: UUID, draw_id: UUID) -> UUID:
    """Take part, once; the entry's own name. Twice gives the same. The host and helpers take no part.

    Raises ShutOut, NoSuchDraw, NotYourRoom, DrawClosed.
    """
    session = queries.session_for(account_id, session_id)
    if not DrawRow.objects.filter(pk=draw_id, session_id=session_id).exists():
        raise NoSuchDraw
    if queries.role_in(account_id, session) is not Role.VIEWER:
        raise NotYourRoom
    known = EntryRow.objects.filter(draw_id=draw_id, account_id=account_id).first()
    if known:
        return known.pk
    row = DrawRow.objects.raw("SELECT * FROM rooms_drawrow WHERE id = %s FOR SHARE", [draw_id])[0]
    if row.drawn_at or row.ends_at <= clock.now():
        raise DrawClosed
    entry, new = EntryRow.objects.get_or_create(draw=row, account_id=account_id, defaults={"at": clock.now()})
    if new:
        emit(DrawEntered(session_id, draw_id, entry.pk, pseudonym(account_id)))
    return entry.pk


@transaction.atomic
def draw(draw_id: UUID) -> bool:
    """Close the entries and draw, once; called by the clock. False where it was done, or is not due."""
    found = DrawRow.objects.filter(pk=draw_id).first()
    if found is None or found.ends_at > clock.now():
        return False
    return _draw(hold(found.session_id), draw_id)


def draw_rest(row: SessionRow) -> None:
    """On a held session that ends: what is open is drawn now."""
    for draw_id in DrawRow.objects.filter(session=row, drawn_at=None).values_list("pk", flat=True):
        _draw(row, draw_id)


def _draw(session: SessionRow, draw_id: UUID) -> bool:
    row = DrawRow.objects.select_for_update().get(pk=draw_id)
    if row.drawn_at:
        return False
    entries = list(EntryRow.objects.filter(draw=row))
    won = lots.drawn(row.secret, (str(entry.pk) for entry in entries), row.winners)
    for entry in entries:
        if str(entry.pk) in won:
            _win(session, row, entry, won.index(str(entry.pk)))
    row.drawn_at, row.entries = clock.now(), len(entries)
    row.save(update_fields=["drawn_at", "entries"])
    whole = lots.list_hash(str(entry.pk) for entry in entries)
    emit(DrawDrawn(session.pk, row.pk, len(entries), whole, row.secret, [UUID(each) for each in won]))
    record(session, "draw", {"draw": telling.draw(row)})
    return True


def _win(session: SessionRow, row: DrawRow, entry: EntryRow, place: int) -> None:
    EntryRow.objects.filter(pk=entry.pk).update(won=place)
    if entry.account_id:
        data, href = {"prize": row.prize, "title": session.title}, f"/r/{session.pk}/draws/{row.pk}"
        notify(entry.account_id, "room.won", _("You won “{prize}” in “{title}”. The host knows it."), data, href)

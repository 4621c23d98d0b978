"""What people say in a room, judged before anybody reads it: limits, blocked words, mutes."""

from uuid import UUID

from django.db import transaction

from laotie.kit import clock
from laotie.kit.errors import BadInput, TooMany
from laotie.kit.ids import new_id
from laotie.kit.pages.rates import count
from laotie.kit.text import line as one_line
from laotie.people.accounts.queries import account, pseudonym
from laotie.places.rooms import intent, queries, views
from laotie.places.rooms.actions.numbering import hold, next_number, record
from laotie.places.rooms.contracts import ChatHidden, ChatSaid, Line, Role, Session
from laotie.places.rooms.errors import Blocked, Muted, NothingSaid, NotYourRoom, TooFast, WrongState
from laotie.places.rooms.models import LineRow
from laotie.places.rooms.wordlist import names_blocked
from laotie.stream.outbox.actions import emit

MOST = 200  # characters: two breaths
PER_MINUTE = 20  # lines of one account
ROOM_PER_MINUTE = 1200  # lines of a whole room: what nobody can read any more


def say(account_id: UUID, session_id: UUID, words: str) -> Line:
    """Say a line in a room on air. Raises ShutOut, Muted, WrongState, NothingSaid, Blocked, TooFast."""
    session = queries.session_for(account_id, session_id)
    role = queries.role_in(account_id, session)
    words = judged(session, account_id, role, words)
    _count(session_id, account_id, role)
    return _said(session, account_id, role, words)


def judged(session: Session, account_id: UUID, role: Role, words: str) -> str:
    """The line as it may be said. Raises as `say`."""
    if not session.is_on_air:
        raise WrongState(state=session.state)
    try:
        clean = one_line(words, "words", MOST, 1)
    except BadInput as error:
        raise NothingSaid(field="words", most=MOST) from error
    if role is Role.VIEWER and queries.is_shut(session.creator_id, account_id, "mute"):
        raise Muted
    if role is not Role.HOST and names_blocked(clean, session.blocked):
        raise Blocked(field="words")
    return clean


def _count(session_id: UUID, account_id: UUID, role: Role) -> None:
    """Limits in the market's own table, shared by all web processes. The host is never out-shouted."""
    if role is Role.HOST:
        return
    try:
        count("room.line", str(account_id), PER_MINUTE)
        count("room.lines", str(session_id), ROOM_PER_MINUTE)
    except TooMany as error:
        raise TooFast(**error.data) from error


@transaction.atomic
def _said(session: Session, account_id: UUID, role: Role, words: str) -> Line:
    row = hold(session.id)
    wish = "" if role is Role.HOST else intent.read(words).value
    seq = next_number(row)
    kept = LineRow.objects.create(
        id=new_id(), session=row, seq=seq, author_id=account_id, role=role.value, words=words, at=clock.now(),
        intent=wish,
    )  # fmt: skip
    line = views.line(kept)
    record(row, "said", {"line": views.line_told(line)}, seq)
    emit(ChatSaid(row.pk, kept.pk, pseudonym(account_id), role.value, wish, len(words), row.explaining))
    return line


@transaction.atomic
def hide(account_id: UUID, session_id: UUID, line_id: UUID) -> None:
    """Take a line away: host and helpers any but the host's, everyone their own, operators all.

    Hiding what is hidden changes nothing. Raises NoSuchSession, NoSuchLine, NotYourRoom.
    """
    session = queries.session(session_id)
    row = hold(session_id)
    line = queries.line_in(session_id, line_id)
    by = _who_hides(account_id, session, line)
    LineRow.objects.filter(pk=line_id).update(hidden_at=clock.now())
    record(row, "hidden", {"line": str(line_id)})
    emit(ChatHidden(session_id, line_id, by))


def _who_hides(account_id: UUID, session: Session, line: Line) -> str:
    role = queries.role_in(account_id, session)
    if role is Role.HOST or line.author_id == account_id or (role is Role.HELPER and line.role is not Role.HOST):
        return role.value
    if account(account_id).is_operator:
        return "operator"
    raise NotYourRoom


@transaction.atomic
def answer(account_id: UUID, session_id: UUID, line_id: UUID) -> None:
    """Mark a question as answered, on camera or in words. Raises NotYourRoom, NoSuchLine."""
    queries.desk_for(account_id, session_id)
    queries.line_in(session_id, line_id)
    LineRow.objects.filter(pk=line_id, answered_at=None).update(answered_at=clock.now())

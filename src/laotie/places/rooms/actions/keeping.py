"""Keeping order in a creator's rooms: who may not speak, who may not enter, who helps, which words are not said."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from laotie.kit import clock
from laotie.kit.text import line
from laotie.people.accounts.queries import account, pseudonym
from laotie.places.rooms import queries
from laotie.places.rooms.actions.numbering import hold
from laotie.places.rooms.contracts import Role, RoomShut, Session
from laotie.places.rooms.errors import BadMute, NotYourRoom
from laotie.places.rooms.models import HelperRow, SessionRow, ShutRow
from laotie.stream.outbox.actions import emit

SHORTEST, LONGEST = timedelta(minutes=1), timedelta(days=30)
MOST_WORDS = 200


def mute(account_id: UUID, session_id: UUID, line_id: UUID, minutes: int = 10) -> None:
    """Who said the line is silent in this creator's rooms for so long. Raises NotYourRoom, NoSuchLine, BadMute."""
    if not SHORTEST <= timedelta(minutes=min(max(minutes, 0), 10**6)) <= LONGEST:
        raise BadMute(field="minutes")
    session, who = _meant(account_id, session_id, line_id)
    _shut(session, who, "mute", clock.now() + timedelta(minutes=minutes))


def ban(account_id: UUID, session_id: UUID, line_id: UUID) -> None:
    """Who said the line does not come into this creator's rooms any more. The host alone may. Raises as `mute`.

    One who is inside hears the room until the ticket ends; buying, speaking and coming back are refused at once.
    """
    queries.hosted(account_id, session_id)
    session, who = _meant(account_id, session_id, line_id)
    _shut(session, who, "ban", None)


def pardon(account_id: UUID, shut_account: UUID) -> None:
    """Let someone speak and enter again, in one's own rooms. Who was never shut out is no error."""
    ShutRow.objects.filter(creator_id=account_id, account_id=shut_account).delete()


def _meant(account_id: UUID, session_id: UUID, line_id: UUID) -> tuple[Session, UUID]:
    """The author of a line whom host or helper may shut: neither the host nor a helper."""
    session, _role = queries.desk_for(account_id, session_id)
    author = queries.line_in(session_id, line_id).author_id
    if queries.role_in(author, session) is not Role.VIEWER:
        raise NotYourRoom
    return session, author


@transaction.atomic
def _shut(session: Session, who: UUID, act: str, until: datetime | None) -> None:
    ShutRow.objects.update_or_create(
        creator_id=session.creator_id, account_id=who, act=act, defaults={"until": until, "at": clock.now()}
    )
    emit(RoomShut(session.id, pseudonym(session.creator_id), pseudonym(who), act, until))


def appoint(account_id: UUID, helper_id: UUID) -> None:
    """Let someone keep order in one's rooms. Raises NoSuchAccount, NotYourRoom for oneself."""
    if account_id == helper_id or account(helper_id).is_erased:
        raise NotYourRoom
    HelperRow.objects.get_or_create(creator_id=account_id, account_id=helper_id, defaults={"since": clock.now()})


def dismiss(account_id: UUID, helper_id: UUID) -> None:
    """End that. Who does not help is no error."""
    HelperRow.objects.filter(creator_id=account_id, account_id=helper_id).delete()


@transaction.atomic
def block_words(account_id: UUID, session_id: UUID, words: str) -> None:
    """Words, one a line, that are not said in this session beside the market's own. Raises NotYourRoom, BadText."""
    queries.hosted(account_id, session_id)
    asked = [line(word, "words", 40) for word in words.splitlines()[:MOST_WORDS]]
    hold(session_id)
    SessionRow.objects.filter(pk=session_id).update(blocked=list(dict.fromkeys(filter(None, asked))))

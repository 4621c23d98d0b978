"""Who may see a session, who works in it, and who is shut out."""

from uuid import UUID

from django.db.models import Q

from laotie.kit import clock
from laotie.places.rooms.contracts import Role, Session, State
from laotie.places.rooms.errors import NoSuchSession, NotYourRoom, ShutOut, WrongState
from laotie.places.rooms.models import HelperRow, ShutRow
from laotie.places.rooms.queries.sessions import session

HIDDEN = frozenset({State.PLANNED})


def session_for(account_id: UUID | None, session_id: UUID) -> Session:
    """A session that `account_id` (None: a visitor) may see. Raises NoSuchSession, ShutOut."""
    found = session(session_id)
    if found.state in HIDDEN and role_in(account_id, found) is Role.VIEWER:
        raise NoSuchSession
    if account_id and is_shut(found.creator_id, account_id, "ban"):
        raise ShutOut
    return found


def desk_for(account_id: UUID, session_id: UUID) -> tuple[Session, Role]:
    """A session with the role of someone who works in it. Raises NoSuchSession, NotYourRoom."""
    found = session(session_id)
    role = role_in(account_id, found)
    if role is Role.VIEWER:
        raise NotYourRoom
    return found, role


def hosted(account_id: UUID, session_id: UUID) -> Session:
    """A session of one's own. Raises NoSuchSession, NotYourRoom."""
    found, role = desk_for(account_id, session_id)
    if role is not Role.HOST:
        raise NotYourRoom
    return found


def aired(account_id: UUID, session_id: UUID) -> Session:
    """A session of one's own that is on air. Raises NoSuchSession, NotYourRoom, WrongState."""
    found = hosted(account_id, session_id)
    if not found.is_on_air:
        raise WrongState(state=found.state)
    return found


def role_in(account_id: UUID | None, of: Session) -> Role:
    """How someone stands to a session."""
    if account_id is None:
        return Role.VIEWER
    if account_id == of.creator_id:
        return Role.HOST
    helps = HelperRow.objects.filter(creator_id=of.creator_id, account_id=account_id).exists()
    return Role.HELPER if helps else Role.VIEWER


def is_shut(creator_id: UUID, account_id: UUID, act: str) -> bool:
    """Whether a mute or a ban of the account holds now in a creator's rooms."""
    rows = ShutRow.objects.filter(creator_id=creator_id, account_id=account_id, act=act)
    return rows.filter(Q(until=None) | Q(until__gt=clock.now())).exists()


def helpers(creator_id: UUID) -> list[UUID]:
    """Who keeps order in a creator's rooms, the longest first."""
    return list(HelperRow.objects.filter(creator_id=creator_id).order_by("since").values_list("account_id", flat=True))

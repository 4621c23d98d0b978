"""Lines of chat."""

from uuid import UUID

from laotie.places.rooms import views
from laotie.places.rooms.contracts import LINES, Line
from laotie.places.rooms.errors import NoSuchLine
from laotie.places.rooms.models import LineRow


def lines(session_id: UUID, most: int = LINES) -> list[Line]:
    """The newest lines of chat, the oldest of them first."""
    rows = LineRow.objects.filter(session_id=session_id, hidden_at=None).select_related("author").order_by("-seq")
    return [views.line(row) for row in reversed(rows[:most])]


def window(session_id: UUID) -> list[dict[str, object]]:
    """The last lines as browsers keep them: hidden ones hold their place, so that nothing older comes up for them."""
    rows = LineRow.objects.filter(session_id=session_id).select_related("author").order_by("-seq")[:LINES]
    return [views.line_told(views.line(row)) if row.hidden_at is None else views.gone(row.pk) for row in reversed(rows)]


def questions(session_id: UUID, most: int = 30) -> list[Line]:
    """Lines that ask for something and were not answered: who wants to buy first, then the longest waiting."""
    rows = LineRow.objects.filter(session_id=session_id, hidden_at=None, answered_at=None).exclude(intent="")
    waiting = [views.line(row) for row in rows.select_related("author").order_by("seq")[: 10 * most]]
    return sorted(waiting, key=lambda line: (not views.wants_to_buy(line), line.seq))[:most]


def line_in(session_id: UUID, line_id: UUID) -> Line:
    """Raises NoSuchLine."""
    row = LineRow.objects.filter(session_id=session_id, pk=line_id, hidden_at=None).select_related("author").first()
    if row is None:
        raise NoSuchLine
    return views.line(row)


def line(line_id: UUID) -> Line:
    """A line, hidden or not, for the operators' desk. Raises NoSuchLine."""
    row = LineRow.objects.filter(pk=line_id).select_related("author").first()
    if row is None:
        raise NoSuchLine
    return views.line(row)


def said_by(account_id: UUID) -> list[Line]:
    """Everything an account said in rooms, oldest first."""
    rows = LineRow.objects.filter(author_id=account_id).select_related("author").order_by("at")
    return [views.line(row) for row in rows]

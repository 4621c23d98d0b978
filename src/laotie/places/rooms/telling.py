"""What browsers are told of draws and votes: the same for everybody."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from laotie.places.rooms import lots
from laotie.places.rooms.models import DrawRow, EntryRow, VoteRow


def draw(row: DrawRow) -> dict[str, Any]:
    return draws([row])[0]


def draws(rows: Sequence[DrawRow]) -> list[dict[str, Any]]:
    """Before it is drawn only what binds to the secret; after it who won, by the names of the chat. One statement."""
    won: dict[UUID, list[EntryRow]] = defaultdict(list)
    found = EntryRow.objects.filter(draw__in=rows, won__isnull=False).select_related("account").order_by("won")
    for entry in found if any(row.drawn_at for row in rows) else ():
        won[entry.draw_id].append(entry)
    return [_draw(row, won[row.pk]) for row in rows]


def _draw(row: DrawRow, won: Sequence[EntryRow]) -> dict[str, Any]:
    return {
        "id": str(row.pk), "at": row.opened_at.isoformat(), "prize": row.prize, "winners": row.winners,
        "ends_at": row.ends_at.isoformat(), "commitment": lots.commitment(row.secret),
        "drawn": row.drawn_at is not None, "entries": row.entries, "won": [str(entry.pk) for entry in won],
        "names": [entry.account.name if entry.account else "…" for entry in won],
    }  # fmt: skip


def vote(row: VoteRow) -> dict[str, Any]:
    return {
        "id": str(row.pk), "at": row.opened_at.isoformat(), "question": row.question, "options": row.options,
        "counts": row.told, "ends_at": row.ends_at.isoformat(), "closed": row.closed_at is not None,
    }  # fmt: skip

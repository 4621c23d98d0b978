"""A stay in a room, as behaviour facts: proved by the token that its page was given, carried by beacons.

The token's decision is that of the feed's slot or of the page itself, its item the session, its position how the
viewer came in. Two pages that were given the same token are one visit.
"""

from hashlib import blake2b
from typing import Any
from uuid import UUID

from laotie.kit import clock, tokens
from laotie.kit.ids import new_id
from laotie.kit.tokens import BadToken, Served
from laotie.places.rooms.contracts import (
    CardOpened,
    CardShown,
    SessionEntered,
    SessionLeft,
    SessionLiked,
    SessionWatched,
)
from laotie.stream.beacons.intake import Judge, Malformed, whole
from laotie.stream.facts import Fact

ENTRIES = (
    "direct",
    "feed",
    "search",
    "shelf",
    "product",
    "shop",
    "creator",
    "notice",
    "schedule",
    "outside",
)  # fmt: skip  the position of a token is an index in here: add at the end only
LONGEST = 24 * 3600  # seconds


def seal(session_id: UUID, entry: str, viewer: UUID | None, decision: UUID | None = None) -> str:
    """The token of a page of a room."""
    position = ENTRIES.index(entry) if entry in ENTRIES else 0
    return tokens.seal(decision or new_id(), session_id, position, viewer)


def visit_of(served: Served) -> UUID:
    """The name of a stay: the same for the same token."""
    said = served.decision.bytes + served.item.bytes + bytes([served.position]) + (served.viewer or tokens.NOBODY).bytes
    return UUID(bytes=blake2b(said, digest_size=16).digest())


def entry_of(served: Served) -> str:
    """How the viewer came in. Raises BadToken where the token is no room's."""
    if served.position >= len(ENTRIES):
        raise BadToken("no entry of a room")
    return ENTRIES[served.position]


def _entered(event: Any, served: Served) -> tuple[Fact, str]:
    return SessionEntered(served.item, visit_of(served), served.viewer, entry_of(served), served.decision), ""


def _watched(event: Any, served: Served) -> tuple[Fact, str]:
    """Nobody watched longer than since the page was given out."""
    minute = whole(event, "minute", 0, LONGEST // 60)
    if (minute + 1) * 60 > _age(served) + 60:
        raise Malformed("a minute that has not been")
    return SessionWatched(served.item, visit_of(served), served.viewer, minute), str(minute)


def _left(event: Any, served: Served) -> tuple[Fact, str]:
    seconds = min(whole(event, "seconds", 0, LONGEST), int(_age(served)) + 60)
    return SessionLeft(served.item, visit_of(served), served.viewer, seconds), ""


def _liked(event: Any, served: Served) -> tuple[Fact, str]:
    return SessionLiked(served.item, visit_of(served), served.viewer), ""


def _shown(event: Any, served: Served) -> tuple[Fact, str]:
    card = _card(event)
    return CardShown(served.item, visit_of(served), served.viewer, card), str(card)


def _opened(event: Any, served: Served) -> tuple[Fact, str]:
    card = _card(event)
    return CardOpened(served.item, visit_of(served), served.viewer, card), str(card)


def _card(event: Any) -> UUID:
    try:
        return UUID(str(event.get("card", "")))
    except ValueError as error:
        raise Malformed("card") from error


def _age(served: Served) -> float:
    """Seconds since the page was given out, which a token knows to the minute."""
    return (clock.now() - served.sealed_at).total_seconds() if served.sealed_at else 0.0


JUDGES: dict[str, Judge] = {
    "session.entered": _entered,
    "session.watched": _watched,
    "session.left": _left,
    "session.liked": _liked,
    "card.shown": _shown,
    "card.opened": _opened,
}

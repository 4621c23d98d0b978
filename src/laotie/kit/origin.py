"""Where an order line came from. Trade carries it and never looks inside; places write it, traffic reads it.

What travels through a browser is sealed: who could write an origin could earn a commission.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

LIFE = 24 * 3600  # seconds that a sealed origin is good for


@dataclass(frozen=True, slots=True)
class Origin:
    """Opaque to trade. `entry` is how the buyer came in (search, category, shop, session, clip, …)."""

    entry: str = "direct"
    session: UUID | None = None
    card: UUID | None = None
    clip: UUID | None = None
    creator: UUID | None = None
    decision: UUID | None = None

    def as_json(self) -> dict[str, str]:
        return {name: str(value) for name in self.__slots__ if (value := getattr(self, name)) is not None}


def origin_of(kept: dict[str, Any]) -> Origin:
    """An origin as `as_json` writes it. Raises ValueError."""
    ids = {name: UUID(value) for name, value in kept.items() if name != "entry"}
    return Origin(str(kept.get("entry", "direct")), **ids)


def sealed(origin: Origin) -> str:
    """The origin as text that only this market can write, safe in a form."""
    from django.core import signing

    return signing.dumps(origin.as_json(), salt="laotie.origin", compress=True)


def opened(text: str) -> Origin:
    """What `sealed` was given; a plain origin where it is forged, cut or a day old."""
    from django.core import signing

    try:
        return origin_of(signing.loads(text, salt="laotie.origin", max_age=LIFE))
    except (signing.BadSignature, ValueError, TypeError):
        return Origin()

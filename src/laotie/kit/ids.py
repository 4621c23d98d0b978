"""Identifiers: UUIDv7, so that keys made by many machines still sort by time of making."""

import uuid
from datetime import UTC, datetime
from functools import lru_cache

import uuid_utils.compat

LATEST = 253_402_300_799_000  # milliseconds since 1970: the last that a datetime can say


def new_id() -> uuid.UUID:
    """A fresh UUIDv7 (RFC 9562, section 5.7), monotonic within this process."""
    return uuid_utils.compat.uuid7()


@lru_cache(maxsize=16_384)
def id_of(text: str) -> uuid.UUID:
    """The id that `text` says. Kept, since lists of goods name the same ones again and again. Raises ValueError."""
    return uuid.UUID(text)


def moment_of(identity: uuid.UUID) -> datetime:
    """When a UUIDv7 was made, to the millisecond; the end of time for what is none and would be later."""
    return datetime.fromtimestamp(min(identity.int >> 80, LATEST) / 1000, UTC)

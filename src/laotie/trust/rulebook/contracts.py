"""What leaves the slice: versions and the draft, how two of them differ, and the facts of publishing."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from laotie.stream.facts import Fact, fact

NOTICE_DAYS = 7  # whole market days between publishing a rulebook and the first day that it counts


def version_of(content: str) -> str:
    """The first 12 hex digits of the SHA-256 of the content, as the engine names a rulebook."""
    return hashlib.sha256(content.encode()).hexdigest()[:12]


def record_key(version: str) -> UUID:
    """What the record of acts calls a version."""
    return uuid5(UUID(int=0), version)


@dataclass(frozen=True, slots=True)
class Version:
    """A published rulebook. `published_by` is None of the one that came with the market."""

    version: str
    name: str
    content: str
    effective_from: date
    note: str
    published_at: datetime | None
    published_by: UUID | None
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class Draft:
    """A rulebook that is being written. `key` is of its content: a change says which it saw."""

    content: str
    base: str
    changed_at: datetime | None
    changed_by: UUID | None

    @property
    def key(self) -> str:
        return version_of(self.content)


@dataclass(frozen=True, slots=True)
class Change:
    """An entry that differs between two rulebooks; None where one has no such entry."""

    entry: str
    before: Any
    after: Any


@fact("rulebook.published", version=1)
@dataclass(frozen=True, slots=True)
class RulebookPublished(Fact):
    """A rulebook was published with a note; it counts from a day on that lies ahead. `rulebook` is its hash."""

    rulebook: str
    name: str
    effective_from: date
    note: str
    content: str


@fact("rulebook.withdrawn", version=1)
@dataclass(frozen=True, slots=True)
class RulebookWithdrawn(Fact):
    """A published rulebook was taken back before it ever counted."""

    rulebook: str
    name: str
    note: str

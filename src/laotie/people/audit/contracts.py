"""Privileged acts as they were written down."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One privileged act; `actor` is the name of who did it, as it is now."""

    id: UUID
    at: datetime
    actor_id: UUID
    actor: str
    act: str
    object_kind: str
    object_id: UUID
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which acts: empty fields do not narrow. `act` is a prefix, `words` is looked for in actors' names and mail."""

    act: str = ""
    words: str = ""
    object_id: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None

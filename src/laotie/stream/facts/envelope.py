"""A recorded fact: the envelope that every carrier puts round a body."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from laotie.stream.facts.contract import Fact, declared
from laotie.stream.facts.json import decode


@dataclass(frozen=True, slots=True)
class Recorded:
    """One fact on its way. `occurred_at` is when it happened, `recorded_at` when we wrote it down; both UTC."""

    fact_id: UUID
    kind: str
    version: int
    occurred_at: datetime
    recorded_at: datetime
    body: dict[str, Any]

    def fact(self) -> Fact | None:
        """The fact as its class; None where this process does not know the kind at that version. May raise BadFact."""
        known = declared(self.kind, self.version)
        return decode(known, self.body) if known else None

    def as_json(self) -> dict[str, Any]:
        """Envelope and body as JSON values, times in UTC."""
        return {
            "fact_id": str(self.fact_id),
            "kind": self.kind,
            "version": self.version,
            "occurred_at": self.occurred_at.isoformat(),
            "recorded_at": self.recorded_at.isoformat(),
            "body": self.body,
        }

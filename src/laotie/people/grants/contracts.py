"""What a seller can let another account do."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

SCOPES = ("goods", "orders", "care", "money", "team", "score")


@dataclass(frozen=True, slots=True)
class Grant:
    """`account_id` may act for `seller_id` within `scope` before `until` (None: until revoked)."""

    id: UUID
    account_id: UUID
    seller_id: UUID
    scope: str
    given_by: UUID
    given_at: datetime
    until: datetime | None

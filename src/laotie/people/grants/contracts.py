"""What a seller can let another account do."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from laotie.stream.facts import Fact, fact

SCOPES = ("goods", "air", "orders", "care", "money", "team", "score")


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


@fact("grant.given", version=1)
@dataclass(frozen=True, slots=True)
class GrantGiven(Fact):
    """A seller let an account act for it; accounts are pseudonyms."""

    grant_id: UUID
    account: UUID
    giver: UUID
    seller_id: UUID
    scope: str
    until: datetime | None


@fact("grant.revoked", version=1)
@dataclass(frozen=True, slots=True)
class GrantRevoked(Fact):
    """A seller took a right back."""

    grant_id: UUID
    account: UUID
    seller_id: UUID
    scope: str

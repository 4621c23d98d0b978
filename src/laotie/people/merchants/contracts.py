"""What other slices know of a merchant."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from laotie.stream.facts import Fact, fact


@dataclass(frozen=True, slots=True)
class Shop:
    """A merchant as buyers see it. `face` is a kit.pictures id, `status` one of applied, approved, rejected, closed
    and taken_down; `answer` says why it was rejected or taken down."""

    id: UUID
    slug: str
    name: str
    intro: str
    face: UUID | None
    ships_from: str
    status: str
    applied_at: datetime
    approved_at: datetime | None
    answer: str = ""

    @property
    def is_open(self) -> bool:
        return self.status == "approved"


@dataclass(frozen=True, slots=True)
class TeamMember:
    """An account's place in a shop's team. `role` is owner or staff; an owner holds every scope."""

    account_id: UUID
    role: str
    joined_at: datetime


@dataclass(frozen=True, slots=True)
class Invitation:
    """A place in the team offered by e-mail, not yet taken."""

    id: UUID
    email: str
    scopes: list[str]
    invited_at: datetime
    expires_at: datetime


@fact("merchant.applied", version=1)
@dataclass(frozen=True, slots=True)
class MerchantApplied(Fact):
    """Someone asked for a shop; `applicant` is a pseudonym."""

    shop_id: UUID
    applicant: UUID


@fact("merchant.approved", version=1)
@dataclass(frozen=True, slots=True)
class MerchantApproved(Fact):
    """An operator opened the shop."""

    shop_id: UUID
    slug: str
    name: str
    ships_from: str


@fact("merchant.rejected", version=1)
@dataclass(frozen=True, slots=True)
class MerchantRejected(Fact):
    """An operator said no to an application."""

    shop_id: UUID


@fact("merchant.changed", version=1)
@dataclass(frozen=True, slots=True)
class MerchantChanged(Fact):
    """What buyers read about an open shop changed."""

    shop_id: UUID
    slug: str
    name: str
    ships_from: str


@fact("merchant.taken_down", version=1)
@dataclass(frozen=True, slots=True)
class MerchantTakenDown(Fact):
    """An operator took the shop away from buyers. What was sold is still delivered and answered for."""

    shop_id: UUID


@fact("merchant.restored", version=1)
@dataclass(frozen=True, slots=True)
class MerchantRestored(Fact):
    """An operator gave a shop that was taken down back to its owners, open."""

    shop_id: UUID


@fact("merchant.closed", version=1)
@dataclass(frozen=True, slots=True)
class MerchantClosed(Fact):
    """An owner closed the shop. What was sold is still delivered and answered for."""

    shop_id: UUID

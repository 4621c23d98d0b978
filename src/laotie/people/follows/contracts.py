"""The follow graph as other slices see it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from laotie.stream.facts import Fact, fact

KINDS = ("shop", "creator", "account")


@dataclass(frozen=True, slots=True)
class Followed:
    """One that an account follows. `mutual` says that it follows back; a shop never does."""

    kind: str
    target_id: UUID
    started_at: datetime
    mutual: bool


@dataclass(frozen=True, slots=True)
class Follower:
    """One that follows an account or a shop. `mutual` says that the account follows back."""

    account_id: UUID
    started_at: datetime
    mutual: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How many follow a target, how many it follows, and with how many it is both."""

    followers: int
    follows: int
    mutual: int


@fact("follow.started", version=1)
@dataclass(frozen=True, slots=True)
class FollowStarted(Fact):
    """`follower` (pseudonym) follows a target: a shop's id, or a pseudonym where it is a creator or an account."""

    follower: UUID
    target_kind: str
    target: UUID


@fact("follow.ended", version=1)
@dataclass(frozen=True, slots=True)
class FollowEnded(Fact):
    """`follower` follows the target no longer."""

    follower: UUID
    target_kind: str
    target: UUID

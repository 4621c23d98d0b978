"""What leaves the desk: reports of things that break the rules, and their facts.

A report is one case about one thing: later complaints about the same thing join it while it is open. Its life:

    open ──► dismissed │ warned │ taken_down ──► objected ──► upheld │ restored
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from laotie.stream.facts import Fact, fact

OBJECTION_TIME = timedelta(days=14)


class State(StrEnum):
    OPEN = "open"
    DISMISSED = "dismissed"
    WARNED = "warned"
    TAKEN_DOWN = "taken_down"
    OBJECTED = "objected"
    UPHELD = "upheld"
    RESTORED = "restored"


WAITING = (State.OPEN, State.OBJECTED)


class Reason(StrEnum):
    """Why someone reports a thing."""

    FAKE = "fake"
    FORBIDDEN = "forbidden"
    MISLEADING = "misleading"
    FRAUD = "fraud"
    OFFENSIVE = "offensive"
    PRIVATE = "private"
    SPAM = "spam"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Subject:
    """What is reported, as the room that owns it shows it. `owners` answer for it and are told what was decided."""

    title: str
    link: str
    owners: tuple[UUID, ...]
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class Reportable:
    """A kind of thing that can be reported; its room fills this in, `runtime.bindings` joins it to the desk.

    `describe(account_id, object_id)` raises NotFound or Forbidden for what that account may not see. `take_down`
    and `put_back` take (operator_id, object_id, reason); None where the kind knows no such thing.
    """

    kind: str
    describe: Callable[[UUID, UUID], Subject]
    take_down: Callable[[UUID, UUID, str], None] | None = None
    put_back: Callable[[UUID, UUID, str], None] | None = None


@dataclass(frozen=True, slots=True)
class Filing:
    """One account's complaint. `account_id` is for operators only."""

    account_id: UUID
    reason: Reason
    words: str
    filed_at: datetime


@dataclass(frozen=True, slots=True)
class Report:
    """A case. `title`, `link` and `excerpt` are as they stood when it was opened; `words` is the operator's reason."""

    id: UUID
    object_kind: str
    object_id: UUID
    title: str
    link: str
    excerpt: str
    owners: tuple[UUID, ...]
    state: State
    opened_at: datetime
    judged_at: datetime | None
    judged_by: UUID | None
    words: str
    objection: str
    objected_at: datetime | None
    filings: tuple[Filing, ...]
    can_take_down: bool

    @property
    def object_until(self) -> datetime | None:
        """Until when its owners may object."""
        taken_down = self.state == State.TAKEN_DOWN and self.judged_at is not None
        return self.judged_at + OBJECTION_TIME if taken_down and self.judged_at else None


@fact("report.filed", version=1)
@dataclass(frozen=True, slots=True)
class ReportFiled(Fact):
    """Someone reported a thing to the operators."""

    report_id: UUID
    object_kind: str
    object_id: UUID
    reason: str
    reporter: UUID


@fact("report.judged", version=1)
@dataclass(frozen=True, slots=True)
class ReportJudged(Fact):
    """The operators decided about a report; `outcome` is its new state, `filings` how many had complained."""

    report_id: UUID
    object_kind: str
    object_id: UUID
    outcome: str
    filings: int

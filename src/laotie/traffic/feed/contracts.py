"""What is asked of the feed, what it decides, and the record of a decision."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from laotie.places.search.contracts import Filters
from laotie.stream.facts import Fact, fact

NONE_BP = -1  # in a record: nothing was decided about it


class Manner(StrEnum):
    """How a page is ordered: by value, or by time alone; of everything, or of followed shops."""

    FOR_YOU = "for_you"
    FOLLOWING = "following"
    NEWEST = "newest"
    CATEGORY = "category"


@dataclass(frozen=True, slots=True)
class Asking:
    """A request: who looks (both None for a visitor), at what, which page. `thread` is that of the page before."""

    manner: Manner
    account: UUID | None = None
    viewer: UUID | None = None
    filters: Filters = field(default_factory=Filters)
    page: int = 1
    size: int = 24
    thread: str = ""

    @property
    def place(self) -> str:
        """What the page is, as the record calls it."""
        return f"category:{self.filters.category}" if self.manner is Manner.CATEGORY else f"home:{self.manner}"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A slot as it was decided: `position` counts from 0 in the decision."""

    kind: str
    item: UUID
    position: int
    arm: str


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer to one request. `thread`: how the next page continues it, "" where there is none."""

    id: UUID
    slots: tuple[Chosen, ...]
    thread: str


@fact("feed.decided", version=1, kept_days=30)
@dataclass(frozen=True, slots=True)
class FeedDecided(Fact):
    """One request's decision; its `fact_id` is the decision. Lists of slots run in order of position.

    `thread`: the decision whose seed was drawn with, `first` the place of slot 0 in that order. `arms`: ranked, lane,
    random, time. `sources`: who proposed the slot, joined by +. Multipliers in basis points, −1: nothing was decided;
    `decided_by` names the runs, `item_by` and `seller_by` point into it. `parts_e6` holds, slot by slot, millionths of
    a value for each of `codes`: they sum to `score_e6`. `dropped_*`: what a rule took out; counts are whole, items the
    first few.
    """

    decision: UUID
    viewer: UUID | None
    place: str
    thread: UUID
    first: int
    policy: str
    policy_version: str
    rules: list[str]
    model: str
    candidates: int
    items: list[UUID]
    kinds: list[str]
    sellers: list[UUID]
    arms: list[str]
    sources: list[str]
    log_propensity_e6: list[int]
    score_e6: list[int]
    multiplier_bp: list[int]
    item_bp: list[int]
    seller_bp: list[int]
    decided_by: list[str]
    item_by: list[int]
    seller_by: list[int]
    codes: list[str]
    parts_e6: list[int]
    dropped_rules: list[str]
    dropped_counts: list[int]
    dropped_items: list[UUID]
    dropped_items_rules: list[int]

    def parts_of(self, position: int) -> dict[str, float]:
        """What a slot's value is made of, by reason code; they sum to it."""
        width = len(self.codes)
        parts = self.parts_e6[position * width : (position + 1) * width]
        return {code: part / 1e6 for code, part in zip(self.codes, parts, strict=True)}


@dataclass(frozen=True, slots=True)
class Record:
    """A decision as it was recorded, and when."""

    at: datetime
    fact: FeedDecided

    @property
    def size(self) -> int:
        return len(self.fact.items)


@dataclass(frozen=True, slots=True)
class Belief:
    """What the feed believes of a person. `kind`: hidden, shop or category; `strength` 0 … 1."""

    kind: str
    target: UUID
    strength: float
    since: datetime

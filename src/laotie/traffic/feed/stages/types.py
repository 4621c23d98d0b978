"""What one stage hands to the next. Columns, one row a candidate: a page has two thousand of them."""

from dataclasses import dataclass, fields, replace
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from laotie.engine.matching.drawing import Arms
from laotie.engine.matching.policy import Policy
from laotie.engine.matching.ranking import Ranked
from laotie.engine.matching.values import Candidates
from laotie.places.search.contracts import Columns, whole_ids
from laotie.traffic.feed.contracts import Asking

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
PRODUCT, SESSION = 0, 1
KINDS = ("product", "session")


@dataclass(frozen=True, slots=True)
class Person:
    """Who looks, as far as the feed knows. `following`: shops by the low half of their id; `hidden` likewise, and
    `hosts`, who are followed too; `shops` and `categories` how fond of each, 0 … 1."""

    following: dict[int, UUID]
    hosts: frozenset[int]
    hidden: frozenset[int]
    shops: dict[int, float]
    categories: dict[int, float]


@dataclass(frozen=True, slots=True)
class Request:
    """An asking with what stays the same for all its stages. `seed` is drawn with; `first` is slot 0's place."""

    asking: Asking
    decision: UUID
    thread: UUID
    first: int
    person: Person
    policy: Policy

    @property
    def seed(self) -> int:
        return self.thread.int & (1 << 64) - 1


@dataclass(frozen=True, slots=True)
class Proposal:
    """Sources: the candidates that one source proposes."""

    source: int
    columns: Columns
    kind: int = PRODUCT


@dataclass(frozen=True, slots=True)
class Sheet:
    """Hydrate: each candidate once, with all that is known of it. `sources`: one bit a source. `*_bp`: multipliers in
    basis points, NaN where nothing was decided; `*_by`: the decision's name, by index into `runs`."""

    high: Ints
    low: Ints
    seller_high: Ints
    seller_low: Ints
    kind: Ints
    category: Ints
    listed: Ints
    in_stock: NDArray[np.bool_]
    sources: Ints
    rates: Floats
    item_bp: Floats
    seller_bp: Floats
    item_by: Ints
    seller_by: Ints
    runs: tuple[str, ...]
    model: str

    def __len__(self) -> int:
        return len(self.low)

    def taken(self, rows: Ints | NDArray[np.bool_]) -> "Sheet":
        """Those of `rows`."""
        columns = {name: getattr(self, name)[rows] for name in COLUMNS}
        return replace(self, **columns)

    def items(self, rows: Ints) -> list[UUID]:
        return whole_ids(self.high[rows], self.low[rows])

    def sellers(self, rows: Ints) -> list[UUID]:
        return whole_ids(self.seller_high[rows], self.seller_low[rows])


COLUMNS = tuple(field.name for field in fields(Sheet) if field.name not in {"runs", "model"})


@dataclass(frozen=True, slots=True)
class Dropped:
    """Filter: what one rule took out: how many, and the first few."""

    rule: str
    count: int
    items: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """Filter: who may be shown, and who was dropped by which rule."""

    sheet: Sheet
    dropped: tuple[Dropped, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """Score: the engine's candidates, and the arms beside them."""

    kept: Kept
    candidates: Candidates
    arms: Arms


@dataclass(frozen=True, slots=True)
class Arranged:
    """Arrange: the slots of this page, in order. `more`: whether there are further ones."""

    scored: Scored
    ranked: Ranked
    more: bool


@dataclass(frozen=True, slots=True)
class Explained:
    """Explain: each slot's reasons as numbers that sum to its score (millionths), by `codes`."""

    arranged: Arranged
    codes: tuple[str, ...]
    parts_e6: NDArray[np.int64]
    score_e6: Ints

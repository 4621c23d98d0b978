"""What leaves the reviews slice: what buyers said of their deals, and what it leaves behind.

A review belongs to one order line that was signed. Its buyer writes it once and may add to it later, once; the shop
answers once and may change its answer.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from laotie.stream.facts import Fact, fact

MOST_WORDS = 1000
MOST_PICTURES = 6
WRITE_WITHIN = timedelta(days=90)
"""From signing."""
ADD_WITHIN = timedelta(days=180)
"""From writing."""


class Show(StrEnum):
    """Which reviews of a product."""

    ALL = "all"
    GOOD = "good"
    MIDDLING = "middling"
    BAD = "bad"
    PICTURES = "pictures"
    ADDED = "added"


STARS = {Show.GOOD: (4, 5), Show.MIDDLING: (3,), Show.BAD: (1, 2)}


@dataclass(frozen=True, slots=True)
class Review:
    """`buyer_id` is None to readers where the buyer chose not to be named. `pictures` are kit.pictures ids."""

    id: UUID
    line_id: UUID
    order_id: UUID
    product_id: UUID
    merchant_id: UUID
    buyer_id: UUID | None
    title: str
    options: str
    stars: int
    words: str
    pictures: tuple[UUID, ...]
    unnamed: bool
    written_at: datetime
    added_words: str
    added_pictures: tuple[UUID, ...]
    added_at: datetime | None
    answer: str
    answered_at: datetime | None
    hidden_reason: str

    @property
    def days_until_added(self) -> int:
        """How many days after the review the addition came."""
        return (self.added_at - self.written_at).days if self.added_at else 0


@dataclass(frozen=True, slots=True)
class Rating:
    """What a product's reviews come to: `average` of five in tenths of a star, None without any.

    `changed_at` is when one of them was last written, added to or answered.
    """

    count: int
    average: float | None
    by_stars: tuple[int, int, int, int, int]
    with_pictures: int
    with_additions: int
    changed_at: datetime | None = field(default=None, compare=False)

    @property
    def good_percent(self) -> int | None:
        """How many of a hundred gave four or five stars."""
        return round(100 * (self.by_stars[3] + self.by_stars[4]) / self.count) if self.count else None


NO_RATING = Rating(0, None, (0, 0, 0, 0, 0), 0, 0)


@dataclass(frozen=True, slots=True)
class PastReview:
    """A review of an imported history, with its own times."""

    line_id: UUID
    order_id: UUID
    product_id: UUID
    merchant_id: UUID
    buyer_id: UUID
    title: str
    options: str
    stars: int
    words: str
    written_at: datetime
    answer: str = ""
    answered_at: datetime | None = None


@fact("review.written", version=1)
@dataclass(frozen=True, slots=True)
class ReviewWritten(Fact):
    """A buyer judged a deal. `words` is how many characters were written, not what: words may name people."""

    review_id: UUID
    line_id: UUID
    order_id: UUID
    shop_id: UUID
    product_id: UUID
    buyer: UUID | None
    stars: int
    words: int
    pictures: int


@fact("review.added", version=1)
@dataclass(frozen=True, slots=True)
class ReviewAdded(Fact):
    """A buyer added to a review after living with the thing for a while."""

    review_id: UUID
    line_id: UUID
    shop_id: UUID
    product_id: UUID
    buyer: UUID | None
    words: int
    pictures: int


@fact("review.answered", version=1)
@dataclass(frozen=True, slots=True)
class ReviewAnswered(Fact):
    """A shop answered a review for the first time; later changes of the answer leave no fact."""

    review_id: UUID
    line_id: UUID
    shop_id: UUID
    product_id: UUID


@fact("review.hidden", version=1)
@dataclass(frozen=True, slots=True)
class ReviewHidden(Fact):
    """The operators took a review away, or put it back (`hidden` false)."""

    review_id: UUID
    line_id: UUID
    shop_id: UUID
    product_id: UUID
    hidden: bool

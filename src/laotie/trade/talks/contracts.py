"""What leaves the talks slice: a thread between a buyer and a shop about one thing, and what it leaves behind.

A question waits from the first unanswered words of the buyer until the shop's next words; how long that took is
recorded with the answer, in whole seconds.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from laotie.stream.facts import Fact, fact

MOST_WORDS = 1000
MOST_PICTURES = 3


class Side(StrEnum):
    BUYER = "buyer"
    SHOP = "shop"


class About(StrEnum):
    """What a talk is about. A shop itself, one of its products, or an order placed there."""

    SHOP = "shop"
    PRODUCT = "product"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Topic:
    """What a talk is about, as it was when the talk began."""

    kind: About
    id: UUID
    title: str
    picture: UUID | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """Something said. `author` is None once its account was erased; `pictures` are kit.pictures ids."""

    id: UUID
    side: Side
    author: UUID | None
    words: str
    pictures: tuple[UUID, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Talk:
    """A thread. `unread` is for the side that reads; `waiting_since` is set while the buyer waits for an answer."""

    id: UUID
    buyer_id: UUID
    merchant_id: UUID
    topic: Topic
    last_words: str
    last_side: Side
    last_at: datetime
    buyer_unread: int
    shop_unread: int
    waiting_since: datetime | None
    closed_reason: str

    @property
    def is_closed(self) -> bool:
        return bool(self.closed_reason)


@dataclass(frozen=True, slots=True)
class ReplyTimes:
    """How fast a shop answers: `answered` of `asked` questions in the span, half of them within `median_seconds`."""

    asked: int
    answered: int
    median_seconds: int | None


@fact("talk.asked", version=1)
@dataclass(frozen=True, slots=True)
class TalkAsked(Fact):
    """A buyer asked a shop, and from now on waits."""

    talk_id: UUID
    message_id: UUID
    shop_id: UUID
    buyer: UUID
    about: str
    about_id: UUID


@fact("talk.answered", version=1)
@dataclass(frozen=True, slots=True)
class TalkAnswered(Fact):
    """A shop answered what a buyer waited for; `first` in this talk; `waited_seconds` since the question."""

    talk_id: UUID
    message_id: UUID
    shop_id: UUID
    buyer: UUID | None
    asked_at: datetime
    waited_seconds: int
    first: bool

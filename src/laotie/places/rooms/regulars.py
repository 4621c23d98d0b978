"""Who of those present bought before: a port that a room above the goods fills at start-up; places know no orders."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from laotie.kit.money import Money


@dataclass(frozen=True, slots=True)
class Bought:
    """What one account bought from a creator before: how often, for how much, the last thing and when."""

    times: int
    worth: Money
    last_title: str
    last_at: datetime


class Book(ABC):
    """Knows who bought what from whom."""

    @abstractmethod
    def bought(self, creator_id: UUID, account_ids: Collection[UUID]) -> Mapping[UUID, Bought]:
        """Those of `account_ids` that paid for something a creator sold, in one statement."""


class Nobody(Book):
    """Where no deal is known."""

    def bought(self, creator_id: UUID, account_ids: Collection[UUID]) -> Mapping[UUID, Bought]:
        return {}


_bound: list[Book] = [Nobody()]


def bind(book: Book) -> None:
    _bound[0] = book


def bought(creator_id: UUID, account_ids: Collection[UUID]) -> Mapping[UUID, Bought]:
    return _bound[0].bought(creator_id, account_ids) if account_ids else {}

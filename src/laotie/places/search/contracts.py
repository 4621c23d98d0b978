"""What is put into the index, what it may be asked and what it answers. No framework, no index library."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

HALF = (1 << 64) - 1
PAGE_SIZE = 24
DEEPEST_PAGE = 400  # 400 × 24 goods: further down nobody looks, and an offset costs what it skips


class Sort(StrEnum):
    """How goods are ordered. `BEST` is by fit to the words. `RECOMMENDED` is the shelf's business: the index itself
    orders it, and `BEST` without words, as `POPULAR`."""

    BEST = "best"
    RECOMMENDED = "recommended"
    POPULAR = "popular"
    NEWEST = "newest"
    CHEAPEST = "cheapest"
    DEAREST = "dearest"


@dataclass(frozen=True, slots=True)
class Entry:
    """One product as the index holds it. `categories` are slugs from the root down to the leaf."""

    product_id: UUID
    shop_id: UUID
    title: str
    price_minor: int
    listed_at: datetime
    brand: str = ""
    shop_name: str = ""
    categories: tuple[str, ...] = ()
    category_names: str = ""
    facts: str = ""
    description: str = ""
    in_stock: bool = True
    free_freight: bool = False
    heat: float = 0.0  # places.popularity: a logarithm, only its order means something
    sold: int = 0
    last_sold: int = 0  # seconds since 1970, UTC; 0: never
    recent: float = 0.0  # deals of late, each halved every two weeks
    multiplier: float = 1.0  # of its score and its shop's: twice as much counts as twice the sales


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows an answer. Prices in minor units, both ends included."""

    category: str = ""
    shops: tuple[UUID, ...] = ()
    brands: tuple[str, ...] = ()
    price_from: int | None = None
    price_to: int | None = None
    in_stock: bool = False
    free_freight: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """A question to the shelf. `words` are a person's words, never a query language. `page` counts from 1."""

    words: str = ""
    filters: Filters = field(default_factory=Filters)
    sort: Sort = Sort.BEST
    page: int = 1
    size: int = PAGE_SIZE


@dataclass(frozen=True, slots=True)
class Facet:
    """A value of the found goods, and how many have it. `key` is a category's slug, a brand's name or a shop's id."""

    key: str
    count: int


@dataclass(frozen=True, slots=True)
class Found:
    """The answer: one page of product ids in order, and the whole's counts.

    `loosened` says that hardly a product has all the words, so those with half of them are shown, too. `instead` is
    what was probably meant, where a word is unknown. `marks` are the folded words to be highlighted in titles.
    """

    product_ids: tuple[UUID, ...] = ()
    total: int = 0
    categories: tuple[Facet, ...] = ()
    brands: tuple[Facet, ...] = ()
    shops: tuple[Facet, ...] = ()
    loosened: bool = False
    instead: str = ""
    marks: tuple[str, ...] = ()
    page: int = 1
    size: int = PAGE_SIZE

    @property
    def pages(self) -> int:
        """How many pages may be asked for."""
        return max(1, min(DEEPEST_PAGE, -(-self.total // self.size)))


@dataclass(frozen=True, slots=True)
class Columns:
    """Products by column, one row each, as the index knows them. Ids in two halves, as signed 64-bit numbers.

    `category` is `category_mark` of the leaf's slug; `listed` seconds since 1970; `multiplier` when it was indexed.
    """

    high: NDArray[np.int64]
    low: NDArray[np.int64]
    shop_high: NDArray[np.int64]
    shop_low: NDArray[np.int64]
    category: NDArray[np.int64]
    listed: NDArray[np.int64]
    in_stock: NDArray[np.bool_]
    multiplier: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.low)

    @property
    def product_ids(self) -> list[UUID]:
        return whole_ids(self.high, self.low)

    @property
    def shop_ids(self) -> list[UUID]:
        return whole_ids(self.shop_high, self.shop_low)

    @property
    def product_keys(self) -> list[int]:
        """The ids as numbers, which are made and compared in a fraction of the time."""
        return whole_keys(self.high, self.low)

    @property
    def shop_keys(self) -> list[int]:
        return whole_keys(self.shop_high, self.shop_low)


def whole_keys(high: NDArray[np.int64], low: NDArray[np.int64]) -> list[int]:
    """Ids from their halves, as numbers of 128 bits."""
    return [(h & HALF) << 64 | (w & HALF) for h, w in zip(high.tolist(), low.tolist(), strict=True)]


def whole_ids(high: NDArray[np.int64], low: NDArray[np.int64]) -> list[UUID]:
    """Ids from their halves."""
    return [UUID(int=key) for key in whole_keys(high, low)]


def halves(identity: UUID) -> tuple[int, int]:
    """An id's halves, as signed 64-bit numbers."""
    return _signed(identity.int >> 64), _signed(identity.int & HALF)


def category_mark(slug: str) -> int:
    """A number that stands for a category."""
    return crc32(slug.encode())


def _signed(half: int) -> int:
    return half - (1 << 64) if half >> 63 else half


@dataclass(frozen=True, slots=True)
class Sales:
    """How many of a product were ever ordered, and when last (None: never)."""

    sold: int
    last_at: datetime | None


EMPTY = Found()

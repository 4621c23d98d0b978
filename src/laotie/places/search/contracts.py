"""What is put into the index, what it may be asked and what it answers. No framework, no index library."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

PAGE_SIZE = 24
DEEPEST_PAGE = 400  # 400 × 24 goods: further down nobody looks, and an offset costs what it skips


class Sort(StrEnum):
    """How goods are ordered. `BEST` is by fit to the words; without words it is the same as `POPULAR`."""

    BEST = "best"
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
class Sales:
    """How many of a product were ever ordered, and when last (None: never)."""

    sold: int
    last_at: datetime | None


EMPTY = Found()

"""The shapes of what the shelf's REST takes and gives. Every field that comes in is bounded."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from laotie.places.search.contracts import DEEPEST_PAGE, Sort

NO_NUL = r"^[^\x00]*$"
Words = Annotated[str, StringConstraints(max_length=200, pattern=NO_NUL)]
Key = Annotated[str, StringConstraints(max_length=80, pattern=NO_NUL)]
Minor = Annotated[int, Field(ge=0, le=10**15)]


class Question(Schema):
    """What is looked for. Prices in minor units of the market's currency."""

    q: Words = ""
    category: Key = ""
    brand: Annotated[list[Key], Field(max_length=20)] = []
    shop: Annotated[list[UUID], Field(max_length=20)] = []
    price_from: Minor | None = None
    price_to: Minor | None = None
    in_stock: bool = False
    free_freight: bool = False
    sort: Sort = Sort.BEST
    page: Annotated[int, Field(ge=1, le=DEEPEST_PAGE)] = 1
    size: Annotated[int, Field(ge=1, le=60)] = 24


class Amount(Schema):
    """Whole minor units of an ISO 4217 currency."""

    minor: int
    currency: str


class Goods(Schema):
    """A product in a list."""

    id: UUID
    title: str
    price: Amount
    list_price: Amount | None
    sold_out: bool
    sold: int
    shop: UUID
    picture: str | None


class Count(Schema):
    """A value and how many of the found goods have it."""

    key: str
    count: int


class Answer(Schema):
    """A page of goods and the counts of the whole."""

    goods: list[Goods]
    total: int
    page: int
    pages: int
    loosened: bool
    instead: str
    categories: list[Count]
    brands: list[Count]
    shops: list[Count]


class Sale(Schema):
    """A variant that is on sale."""

    offer: UUID
    sku: UUID
    price: Amount
    ships_within_hours: int


class Detail(Schema):
    """A product. `state`: on_sale, ended or taken_down; what was taken down says nothing more of itself."""

    id: UUID
    state: str
    title: str
    description: str
    brand: str
    facts: dict[str, str]
    pictures: list[str]
    shop: UUID
    shop_slug: str
    categories: list[str]
    listed_at: datetime | None
    sold: int
    offers: list[Sale]


class Node(Schema):
    """A category; `below` are those it is divided into."""

    slug: str
    name_zh: str
    name_en: str
    below: "list[Node]"


class Face(Schema):
    """A shop as buyers see it."""

    id: UUID
    slug: str
    name: str
    intro: str
    face: str | None
    ships_from: str
    open: bool
    since: datetime | None

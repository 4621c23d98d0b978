"""What a merchant works with on one page: a product with its variants, their prices and what is left of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from laotie.goods.catalogue.contracts import Product
from laotie.goods.offers.contracts import Offer
from laotie.kit.money import Money


@dataclass(frozen=True, slots=True)
class ListingSku:
    """A variant with its price in minor units and the pieces there are.

    `sku_id` names an existing variant. `stock_seen` is the figure its merchant had before his eyes: with it the
    difference is applied, so that what was sold meanwhile stays sold. `stock` None leaves what is there.
    """

    price_minor: int
    stock: int | None = 0
    options: str = ""
    code: str = ""
    ships_within_hours: int = 48
    freight_plan_id: UUID | None = None
    on_sale: bool = True
    sku_id: UUID | None = None
    stock_seen: int | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A product with everything that puts it on sale. `brand` is a name, "" for none."""

    title: str
    category_id: UUID
    skus: tuple[ListingSku, ...]
    description: str = ""
    brand: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    pictures: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Variant:
    """A variant as its merchant sees it."""

    sku_id: UUID
    options: str
    code: str
    offer: Offer | None
    left: int


@dataclass(frozen=True, slots=True)
class Row:
    """A product in its merchant's list."""

    product: Product
    variants: tuple[Variant, ...]

    @property
    def left(self) -> int:
        """Pieces of all variants."""
        return sum(variant.left for variant in self.variants)

    @property
    def prices(self) -> tuple[Money, ...]:
        """The lowest and the highest price, one when they are equal, none without offers."""
        every = [variant.offer.price for variant in self.variants if variant.offer]
        return tuple(sorted({min(every), max(every)})) if every else ()

    @property
    def sold_out(self) -> bool:
        return self.product.status == "listed" and self.left == 0


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a merchant's list, and how many there are in all."""

    rows: tuple[Row, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Refused:
    """A product that an act on many could not be done to, and why (an error of the market, translated where shown)."""

    product_id: UUID
    title: str
    error: Exception


@dataclass(frozen=True, slots=True)
class BadLine:
    """A cell of a file that cannot be used: line number, column key ("": the whole line), and why, in words."""

    number: int
    column: str
    sentence: str
    data: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ImportRun:
    """A file that a merchant sent in. `status`: judging, judged, importing, done. Counts are of products and lines."""

    id: UUID
    merchant_id: UUID
    name: str
    status: str
    total: int
    done: int
    create: int
    change: int
    same: int
    good_lines: int
    bad_lines: int
    steps: tuple[tuple[str, str, int], ...]
    bad: tuple[BadLine, ...]
    sent_at: datetime

    @property
    def waiting(self) -> bool:
        """Whether a job works on it, so that it is worth looking again."""
        return self.status in {"judging", "importing"}

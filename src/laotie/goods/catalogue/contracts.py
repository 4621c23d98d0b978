"""What leaves the catalogue: categories, brands, products and their skus."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from laotie.stream.facts import Fact, fact


@dataclass(frozen=True, slots=True)
class Category:
    """A node of the tree. `level` 1 to 3; products hang on leaves (nodes without children)."""

    id: UUID
    parent_id: UUID | None
    level: int
    slug: str
    name_zh: str
    name_en: str
    children: "tuple[Category, ...]" = ()

    def name(self, language: str) -> str:
        """The name in `language` ("zh…" or anything else for English)."""
        return self.name_zh if language.startswith("zh") else self.name_en

    def walk(self) -> "Iterator[Category]":
        """This node and all below it, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Brand:
    id: UUID
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Sku:
    """A variant: `options` name it ("500 g"), `code` is the merchant's own ("" when it has none)."""

    id: UUID
    product_id: UUID
    code: str
    options: str


@dataclass(frozen=True, slots=True)
class Product:
    """The thing. `status`: draft, listed, ended, taken_down. `pictures` are kit.pictures ids, the first the cover."""

    id: UUID
    merchant_id: UUID
    category_id: UUID
    brand_id: UUID | None
    brand: str
    title: str
    description: str
    facts: Mapping[str, str]
    pictures: tuple[UUID, ...]
    status: str
    takedown_reason: str
    listed_at: datetime | None
    changed_at: datetime
    skus: tuple[Sku, ...]

    @property
    def cover(self) -> UUID | None:
        return self.pictures[0] if self.pictures else None


@dataclass(frozen=True, slots=True)
class SkuDraft:
    """A sku to be written. `id` names an existing one; without it a new one is made."""

    options: str = ""
    code: str = ""
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ProductDraft:
    """A product to be written: everything a merchant says about it. `brand` is a name, "" for none."""

    title: str
    category_id: UUID
    description: str = ""
    brand: str = ""
    facts: Mapping[str, str] | None = None
    pictures: tuple[UUID, ...] = ()
    skus: tuple[SkuDraft, ...] = (SkuDraft(),)


@fact("product.listed", version=1)
@dataclass(frozen=True, slots=True)
class ProductListed(Fact):
    """A product is shown to buyers, for the first time or again."""

    product_id: UUID
    shop_id: UUID
    category_id: UUID
    brand_id: UUID | None
    title: str


@fact("product.changed", version=1)
@dataclass(frozen=True, slots=True)
class ProductChanged(Fact):
    """What a listed product says of itself changed: words, pictures, category or skus."""

    product_id: UUID
    shop_id: UUID
    category_id: UUID
    brand_id: UUID | None
    title: str


@fact("product.ended", version=1)
@dataclass(frozen=True, slots=True)
class ProductEnded(Fact):
    """Its merchant stopped selling the product."""

    product_id: UUID
    shop_id: UUID


@fact("product.taken_down", version=1)
@dataclass(frozen=True, slots=True)
class ProductTakenDown(Fact):
    """The market took the product away from buyers, for the reason it told the merchant."""

    product_id: UUID
    shop_id: UUID
    reason: str

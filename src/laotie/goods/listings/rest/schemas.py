"""What goods look like in JSON. Amounts are integers in the market's minor unit; every field has its bounds."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import AwareDatetime

from laotie.goods.catalogue.contracts import Category
from laotie.goods.listings.contracts import ImportRun, Listing, ListingSku, Row, Variant
from laotie.goods.offers.contracts import FreightPlan, ProductCard

MOST_MINOR, MOST_PIECES = 10**12, 10_000_000
Minor = Annotated[int, Field(ge=0, le=MOST_MINOR)]
Pieces = Annotated[int, Field(ge=0, le=MOST_PIECES)]
Line = Annotated[str, Field(max_length=200)]
Moment = AwareDatetime


class CategoryOut(Schema):
    id: UUID
    slug: str
    level: int
    name_zh: str
    name_en: str
    children: "list[CategoryOut]"

    @staticmethod
    def of(node: Category) -> "CategoryOut":
        children = [CategoryOut.of(child) for child in node.children]
        return CategoryOut(
            id=node.id, slug=node.slug, level=node.level, name_zh=node.name_zh, name_en=node.name_en, children=children
        )


class CategoryIn(Schema):
    slug: Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[-a-zA-Z0-9_]+$")]
    name_zh: Annotated[str, Field(min_length=1, max_length=80)]
    name_en: Annotated[str, Field(min_length=1, max_length=80)]
    parent_id: UUID | None = None


class RenameIn(Schema):
    name_zh: Annotated[str, Field(min_length=1, max_length=80)]
    name_en: Annotated[str, Field(min_length=1, max_length=80)]


class MoveIn(Schema):
    """`position` counts from 0."""

    parent_id: UUID | None = None
    position: Annotated[int, Field(ge=0, le=10_000)] = 0


class VariantIn(Schema):
    """`sku_id` names an existing variant; `stock_seen` is the stock its keeper knew when he changed it."""

    price_minor: Annotated[int, Field(ge=1, le=MOST_MINOR)]
    stock: Pieces | None = None
    options: Annotated[str, Field(max_length=120)] = ""
    code: Annotated[str, Field(max_length=60)] = ""
    ships_within_hours: Annotated[int, Field(ge=1, le=1080)] = 48
    freight_plan_id: UUID | None = None
    on_sale: bool = True
    sku_id: UUID | None = None
    stock_seen: Pieces | None = None


class ListingIn(Schema):
    """All that is said of a product; variants that are left out are not sold any more."""

    title: Annotated[str, Field(min_length=1, max_length=160)]
    category_id: UUID
    variants: Annotated[list[VariantIn], Field(min_length=1, max_length=60)]
    description: Annotated[str, Field(max_length=8000)] = ""
    brand: Annotated[str, Field(max_length=80)] = ""
    facts: Annotated[dict[str, Line], Field(max_length=30)] = {}
    pictures: Annotated[list[UUID], Field(max_length=9)] = []

    def listing(self) -> Listing:
        return Listing(
            title=self.title,
            category_id=self.category_id,
            skus=tuple(ListingSku(**dict(variant)) for variant in self.variants),
            description=self.description,
            brand=self.brand,
            facts=self.facts,
            pictures=tuple(self.pictures),
        )


class VariantOut(Schema):
    sku_id: UUID
    options: str
    code: str
    offer_id: UUID | None
    price_minor: int | None
    currency: str | None
    on_sale: bool
    left: int
    ships_within_hours: int | None
    freight_plan_id: UUID | None

    @staticmethod
    def of(variant: Variant) -> "VariantOut":
        offer = variant.offer
        return VariantOut(
            sku_id=variant.sku_id,
            options=variant.options,
            code=variant.code,
            offer_id=offer.id if offer else None,
            price_minor=offer.price.minor if offer else None,
            currency=offer.price.currency if offer else None,
            on_sale=offer is not None and offer.status == "on_sale",
            left=variant.left,
            ships_within_hours=offer.ships_within_hours if offer else None,
            freight_plan_id=offer.freight_plan_id if offer else None,
        )


class ProductOut(Schema):
    id: UUID
    shop_id: UUID
    category_id: UUID
    brand: str
    title: str
    description: str
    facts: dict[str, str]
    pictures: list[UUID]
    status: str
    takedown_reason: str
    listed_at: datetime | None
    changed_at: datetime
    variants: list[VariantOut]

    @staticmethod
    def of(row: Row) -> "ProductOut":
        product = row.product
        return ProductOut(
            id=product.id,
            shop_id=product.merchant_id,
            category_id=product.category_id,
            brand=product.brand,
            title=product.title,
            description=product.description,
            facts=dict(product.facts),
            pictures=list(product.pictures),
            status=product.status,
            takedown_reason=product.takedown_reason,
            listed_at=product.listed_at,
            changed_at=product.changed_at,
            variants=[VariantOut.of(variant) for variant in row.variants],
        )


class ProductsOut(Schema):
    total: int
    products: list[ProductOut]


class CardOut(Schema):
    product_id: UUID
    title: str
    cover: UUID | None
    shop_id: UUID
    price_minor: int
    list_price_minor: int | None
    currency: str
    sold_out: bool

    @staticmethod
    def of(card: ProductCard) -> "CardOut":
        return CardOut(
            product_id=card.product_id,
            title=card.title,
            cover=card.cover,
            shop_id=card.shop_id,
            price_minor=card.price.minor,
            list_price_minor=card.list_price.minor if card.list_price else None,
            currency=card.price.currency,
            sold_out=card.sold_out,
        )


class ReasonIn(Schema):
    reason: Annotated[str, Field(min_length=1, max_length=300)]


class OfferIn(Schema):
    """What is left out stays as it is."""

    price_minor: Annotated[int, Field(ge=1, le=MOST_MINOR)] | None = None
    ships_within_hours: Annotated[int, Field(ge=1, le=1080)] | None = None
    freight_plan_id: UUID | None = None
    on_sale: bool | None = None


class StockIn(Schema):
    """`seen`: the figure you knew; then the difference is applied, so that what was sold meanwhile stays sold."""

    count: Pieces
    seen: Pieces | None = None


class StockOut(Schema):
    left: int


class PriceOut(Schema):
    price_minor: int
    since: datetime


class CapIn(Schema):
    """None lifts the cap."""

    cap: Annotated[int, Field(ge=1, le=MOST_PIECES)] | None


class TimedPriceIn(Schema):
    price_minor: Annotated[int, Field(ge=1, le=MOST_MINOR)]
    starts_at: Moment
    ends_at: Moment
    cap_per_buyer: Annotated[int, Field(ge=1, le=MOST_PIECES)] | None = None
    allotment: Annotated[int, Field(ge=1, le=MOST_PIECES)] | None = None


class TimedPriceOut(Schema):
    id: UUID
    offer_id: UUID
    price_minor: int
    starts_at: datetime
    ends_at: datetime
    cap_per_buyer: int | None
    allotment: int | None
    left: int | None


class CommissionIn(Schema):
    """`rate_bp` basis points of what a line is paid; `creators` empty: open to all."""

    rate_bp: Annotated[int, Field(ge=10, le=9000)]
    creators: Annotated[list[UUID], Field(max_length=200)] = []
    starts_at: Moment | None = None
    ends_at: Moment | None = None


class CommissionOut(Schema):
    id: UUID
    offer_id: UUID
    rate_bp: int
    creators: list[UUID]
    starts_at: datetime
    ends_at: datetime | None


class FreightPlanIn(Schema):
    """`regions`: region → surcharge in minor units, or null where you do not send. `arrives_within_days` is counted
    from shipping; null promises nothing."""

    name: Annotated[str, Field(min_length=1, max_length=60)]
    base_minor: Minor = 0
    each_more_minor: Minor = 0
    free_from_minor: Minor | None = None
    regions: Annotated[dict[str, Minor | None], Field(max_length=200)] = {}
    arrives_within_days: Annotated[int, Field(ge=1, le=90)] | None = None


class FreightPlanOut(Schema):
    id: UUID
    name: str
    base_minor: int
    each_more_minor: int
    free_from_minor: int | None
    regions: dict[str, int | None]
    arrives_within_days: int | None

    @staticmethod
    def of(plan: FreightPlan) -> "FreightPlanOut":
        return FreightPlanOut(
            id=plan.id,
            name=plan.name,
            base_minor=plan.base.minor,
            each_more_minor=plan.each_more.minor,
            free_from_minor=plan.free_from.minor if plan.free_from else None,
            regions={region: extra.minor if extra else None for region, extra in plan.regions.items()},
            arrives_within_days=plan.arrives_within_days,
        )


class BadLineOut(Schema):
    line: int
    column: str
    reason: str


class ImportOut(Schema):
    """Counts of products (create, change, same) and of lines; `bad` has every cell that cannot be used."""

    id: UUID
    status: Literal["judging", "judged", "importing", "done", "refused"]
    total: int
    done: int
    create: int
    change: int
    same: int
    good_lines: int
    bad_lines: int
    bad: list[BadLineOut]

    @staticmethod
    def of(run: ImportRun, bad: list[BadLineOut]) -> "ImportOut":
        counts = {name: getattr(run, name) for name in ImportOut.model_fields if name != "bad"}
        return ImportOut(**counts, bad=bad)


class PictureOut(Schema):
    id: UUID
    url: str

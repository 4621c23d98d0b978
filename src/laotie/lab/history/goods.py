"""Rows of an archive as people and goods take them in."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from json import loads
from typing import Any
from uuid import UUID

from django.utils.text import slugify

from laotie.goods.catalogue.actions import PastCategory, PastProduct, PastSku
from laotie.goods.offers.actions import PastFreightPlan, PastOffer
from laotie.lab.history.ids import past_id
from laotie.people.accounts.actions import PastAccount
from laotie.people.follows.actions import PastFollow
from laotie.people.merchants.actions import PastShop
from laotie.trade.talks.actions import PastTalk

Row = dict[str, Any]
STOCK = 20  # pieces of an offer whose archive says nothing: on sale, and not endless
SHIPS_WITHIN = 48  # hours, where the archive names no promise


@dataclass(frozen=True, slots=True)
class OfferTerms:
    """What an order line copies of its offer."""

    offer_id: UUID
    sku_id: UUID
    product_id: UUID
    category_id: UUID
    title: str
    options: str
    picture: UUID | None
    ships_within_hours: int


class Naming:
    """Ids by table and key, for one source."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.account = partial(past_id, source, "buyers")
        self.shop = partial(past_id, source, "shops")
        self.category = partial(past_id, source, "categories")
        self.product = partial(past_id, source, "products")
        self.offer = partial(past_id, source, "offers")

    def sku(self, product: str, options: str) -> UUID:
        return past_id(self.source, "skus", f"{product}\n{options}")

    def of(self, table: str, key: str) -> UUID:
        return past_id(self.source, table, key)


def account(naming: Naming, row: Row, language: str) -> PastAccount:
    return PastAccount(
        naming.account(row["id"]), row["name"], row["email"] or "", row["language"] or language, row["joined_at"]
    )


def shop(naming: Naming, row: Row, faces: dict[str, UUID]) -> PastShop:
    return PastShop(
        id=naming.shop(row["id"]),
        slug=row["slug"] or slugify(f"{naming.source}-{row['id']}")[:60],
        name=row["name"],
        intro=row["intro"] or "",
        ships_from=row["ships_from"] or "",
        face=faces.get(row["face"] or ""),
        owner_id=naming.account(row["owner"]) if row["owner"] else None,
        approved_at=row["approved_at"],
    )


def freight_plan(naming: Naming, row: Row, language: str) -> PastFreightPlan:
    """A shop's plan, named in the market's language; carrying costs nothing where the archive names none."""
    name = "标准运费" if language.startswith("zh") else "Standard"
    return PastFreightPlan(
        naming.of("freight_plans", row["id"]), naming.shop(row["id"]), name, row["freight"] or 0, row["free_from"]
    )


def categories(naming: Naming, rows: Iterable[Row]) -> list[PastCategory]:
    """Parents before children, however the archive has them."""
    rows, below = list(rows), defaultdict(list)
    for row in rows:
        below[row["parent"]].append(row)
    level, ordered = below[None], []
    while level:
        ordered += level
        level = [child for row in level for child in below[row["id"]]]
    return [_category(naming, row) for row in ordered]


def _category(naming: Naming, row: Row) -> PastCategory:
    return PastCategory(
        id=naming.category(row["id"]),
        parent_id=naming.category(row["parent"]) if row["parent"] else None,
        slug=row["slug"] or slugify(f"{naming.source}-{row['id']}")[:80],
        name_zh=row["name_zh"],
        name_en=row["name_en"],
        position=row["position"] or 0,
    )


def product(naming: Naming, row: Row, offers: list[Row], category_id: UUID, pictures: dict[str, UUID]) -> PastProduct:
    """A product with a sku for every variant that its offers name."""
    files = (row["pictures"] or "").split("|")
    return PastProduct(
        id=naming.product(row["id"]),
        merchant_id=naming.shop(row["shop"]),
        category_id=category_id,
        brand=row["brand"] or "",
        title=row["title"],
        description=row["description"] or "",
        facts={name: str(value) for name, value in loads(row["facts"] or "{}").items()},
        pictures=tuple(pictures[file] for file in files if file in pictures),
        listed_at=row["listed_at"],
        skus=_skus(naming, row, offers),
    )


def _skus(naming: Naming, row: Row, offers: list[Row]) -> tuple[PastSku, ...]:
    variants: dict[str, str] = {}
    for offer in offers:
        code = offer["code"] if offer["shop"] == row["shop"] else None
        variants[offer["options"] or ""] = variants.get(offer["options"] or "") or code or ""
    merchant_id = naming.shop(row["shop"])
    return tuple(
        PastSku(naming.sku(row["id"], options), merchant_id, code, options) for options, code in variants.items()
    )


def offer(naming: Naming, row: Row, listed: Row) -> PastOffer:
    return PastOffer(
        id=naming.offer(row["id"]),
        sku_id=naming.sku(row["product"], row["options"] or ""),
        product_id=naming.product(row["product"]),
        merchant_id=naming.shop(row["shop"]),
        price_minor=row["price"],
        freight_plan_id=naming.of("freight_plans", row["shop"]),
        ships_within_hours=row["ships_within_hours"] or SHIPS_WITHIN,
        on_sale=row["status"] != "off",
        sold_out=stock(row) == 0,
        since=listed["listed_at"],
    )


def stock(row: Row) -> int:
    return STOCK if row["stock"] is None else int(row["stock"])


def terms(naming: Naming, row: Row, listed: PastProduct) -> OfferTerms:
    return OfferTerms(
        offer_id=naming.offer(row["id"]),
        sku_id=naming.sku(row["product"], row["options"] or ""),
        product_id=listed.id,
        category_id=listed.category_id,
        title=listed.title,
        options=row["options"] or "",
        picture=listed.pictures[0] if listed.pictures else None,
        ships_within_hours=row["ships_within_hours"] or SHIPS_WITHIN,
    )


def follow(naming: Naming, row: Row) -> PastFollow:
    if row["shop"]:
        return PastFollow(naming.account(row["buyer"]), "shop", naming.shop(row["shop"]), row["started_at"])
    return PastFollow(naming.account(row["buyer"]), "account", naming.account(row["account"]), row["started_at"])


def talk(naming: Naming, row: Row, listed: Row, picture: UUID | None) -> PastTalk:
    return PastTalk(
        id=naming.of("questions", row["id"]),
        buyer_id=naming.account(row["buyer"]),
        merchant_id=naming.shop(listed["shop"]),
        product_id=naming.product(row["product"]),
        title=listed["title"],
        picture=picture,
        words=row["words"],
        asked_at=row["asked_at"],
        answer=row["answer"] or "",
        answered_at=row["answered_at"],
    )

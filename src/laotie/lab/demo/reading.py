"""The demo market's content as it stands in `content/`, in one language."""

import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Any, Literal

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class DemoSku:
    options: str
    price: str
    stock: int


@dataclass(frozen=True, slots=True)
class DemoProduct:
    """`icon` names a Fluent emoji, `category` a slug."""

    key: str
    icon: str
    category: str
    title: str
    description: str
    facts: dict[str, str]
    skus: tuple[DemoSku, ...]


@dataclass(frozen=True, slots=True)
class DemoShop:
    """`late` and `bad` are the shares of its deals that ship too late or end in a complaint."""

    key: str
    icon: str
    ground: str
    name: str
    intro: str
    ships_from: str
    late: float
    bad: float
    freight: int
    free_from: int
    products: tuple[DemoProduct, ...]


def shops(language: Language) -> list[DemoShop]:
    """All shops with their goods, in their order."""
    return [_shop(row, language) for row in read("shops.toml")["shop"]]


def words(language: Language) -> dict[str, Any]:
    """What people are called and say."""
    return read(f"words.{language}.toml")


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((resources.files("laotie.lab.demo.content") / name).read_text(encoding="utf-8"))


def _shop(row: dict[str, Any], language: Language) -> DemoShop:
    name, intro, ships_from = row[language]
    late, bad = row["luck"]
    freight, free_from = row["freight"]
    products = tuple(_product(product, language) for product in row["product"])
    return DemoShop(
        row["key"], row["icon"], row["ground"], name, intro, ships_from, late, bad, freight, free_from, products
    )


def _product(row: dict[str, Any], language: Language) -> DemoProduct:
    first = 0 if language == "zh" else 2
    title, description = row[language]
    skus = tuple(DemoSku(sku[0 if language == "zh" else 1], str(sku[2]), sku[3]) for sku in row["skus"])
    facts = {fact[first]: fact[first + 1] for fact in row["facts"]}
    return DemoProduct(row["key"], row["icon"], row["category"], title, description, facts, skus)

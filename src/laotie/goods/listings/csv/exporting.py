"""Writing goods as CSV: the template, all goods of a merchant, and the bad lines of a file with their reasons."""

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import islice
from uuid import UUID

from laotie.goods.catalogue import queries as catalogue
from laotie.goods.catalogue.contracts import Product
from laotie.goods.listings import queries
from laotie.goods.listings.contracts import Row, Variant
from laotie.goods.listings.csv.columns import COLUMNS
from laotie.goods.listings.csv.reading import guarded
from laotie.goods.offers import queries as offers

BOM = "\ufeff"  # without it Excel reads UTF-8 as the machine's own encoding


def template(language: str) -> str:
    """The headings and one example line."""
    chinese = language.startswith("zh")
    return BOM + _written(_headings(language)) + _written(column.example[0 if chinese else 1] for column in COLUMNS)


def exported(merchant_id: UUID, language: str) -> Iterator[str]:
    """Every variant of the merchant, line by line, as the import takes them back."""
    yield BOM + _written(_headings(language))
    plans = {plan.id: plan.name for plan in offers.plans_of_merchant(merchant_id)}
    for portion in _portions(merchant_id):
        for row in queries.rows(portion):
            path = "/".join(node.name(language) for node in catalogue.category_path(row.product.category_id))
            for variant in row.variants:
                yield _written(_cells(row, variant, path, plans))


def _portions(merchant_id: UUID) -> Iterator[list[Product]]:
    products = catalogue.all_of_merchant(merchant_id)
    while portion := list(islice(products, 500)):
        yield portion


def with_reasons(headings: Iterable[str], lines: Iterable[tuple[tuple[str, ...], str]], reason: str) -> str:
    """The lines as they were, with a last column that says why."""
    width = len(tuple(headings))
    body = "".join(_written([*(guarded(cell) for cell in raw), *[""] * (width - len(raw)), why]) for raw, why in lines)
    return BOM + _written([*headings, reason]) + body


def _headings(language: str) -> list[str]:
    return [column.heading(language) + ("*" if column.needed else "") for column in COLUMNS]


def _cells(row: Row, variant: Variant, path: str, plans: dict[UUID, str]) -> list[str]:
    product, offer = row.product, variant.offer
    cells = [
        variant.code,
        product.title,
        path,
        product.brand,
        variant.options,
        offer.price.plain if offer else "",
        str(variant.left),
        str(offer.ships_within_hours) if offer else "",
        plans.get(offer.freight_plan_id, "") if offer and offer.freight_plan_id else "",
        product.description,
        "; ".join(f"{name}: {value}" for name, value in product.facts.items()),
        product.status if product.status != "taken_down" else "",
    ]
    return [guarded(cell) for cell in cells]


def _written(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(list(cells))
    return line.getvalue()

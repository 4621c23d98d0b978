"""From good lines to listings: what carrying out would make, change, or leave as it is."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, cast
from uuid import UUID

from laotie.goods.listings.contracts import Listing, ListingSku, Row, Variant
from laotie.goods.listings.csv.judging import Good
from laotie.goods.listings.csv.world import World


@dataclass(frozen=True, slots=True)
class Step:
    """One product. `row` is what it is now, None for a new one; `status` what it shall be ("" as it is)."""

    row: Row | None
    listing: Listing
    status: str
    lines: tuple[int, ...]

    @property
    def kind(self) -> str:
        """create, change, or same."""
        if self.row is None:
            return "create"
        moved = self.status not in {"", self.row.product.status}
        return "change" if moved or self.listing != listing_of(self.row) else "same"


def plan(lines: Iterable[Good], world: World) -> list[Step]:
    """The steps in the order of the file; lines of one product are one step."""
    groups: dict[UUID | str, list[Good]] = {}
    for line in lines:
        groups.setdefault(line.product, []).append(line)
    return [_step(world.rows.get(cast(UUID, product)), group) for product, group in groups.items()]


def listing_of(row: Row) -> Listing:
    """The listing that would leave the product as it is."""
    product = row.product
    return Listing(
        title=product.title,
        category_id=product.category_id,
        skus=tuple(_sku_of(variant) for variant in row.variants),
        description=product.description,
        brand=product.brand,
        facts=dict(product.facts),
        pictures=product.pictures,
    )


def _sku_of(variant: Variant) -> ListingSku:
    offer = variant.offer
    return ListingSku(
        price_minor=offer.price.minor if offer else 0,
        stock=variant.left,
        options=variant.options,
        code=variant.code,
        ships_within_hours=offer.ships_within_hours if offer else 48,
        freight_plan_id=offer.freight_plan_id if offer else None,
        on_sale=offer is None or offer.status == "on_sale",
        sku_id=variant.sku_id,
        stock_seen=variant.left,
    )


def _step(row: Row | None, lines: list[Good]) -> Step:
    said = _said(lines)
    status = said.pop("status", "" if row else "listed")
    if row and said.get("brand", "").casefold() == row.product.brand.casefold():
        said.pop("brand", None)  # a brand is called as it was first written
    listing = replace(listing_of(row), **said) if row else Listing(**said, skus=())
    known = {sku.code: sku for sku in listing.skus if sku.code}
    merged = {sku.sku_id: sku for sku in listing.skus}
    added = []
    for line in lines:
        sku = known.get(str(line.values["code"]))
        changed = _sku(sku or ListingSku(price_minor=0), line)
        if sku:
            merged[sku.sku_id] = changed
        else:
            added.append(changed)
    return Step(row, replace(listing, skus=(*merged.values(), *added)), status, tuple(line.number for line in lines))


def _said(lines: list[Good]) -> dict[str, Any]:
    """What the lines say of the product, the first that says something."""
    said: dict[str, Any] = {}
    for key, name in (
        ("title", "title"), ("category", "category_id"), ("brand", "brand"), ("description", "description"),
        ("facts", "facts"), ("status", "status"),
    ):  # fmt: skip
        found = next((line.values[key] for line in lines if line.values[key] is not None), None)
        if found is not None:
            said[name] = found
    return said


def _sku(sku: ListingSku, line: Good) -> ListingSku:
    """The variant as the line wants it; what the line does not say stays."""
    names = {
        "code": "code", "options": "options", "price": "price_minor", "stock": "stock",
        "ships_within_hours": "ships_within_hours", "freight_plan": "freight_plan_id",
    }  # fmt: skip
    said: dict[str, Any] = {names[key]: line.values[key] for key in names if line.values[key] is not None}
    # a file's stock is what its merchant counted, not a change of what he saw
    return replace(sku, **said, stock_seen=None if said["stock"] != sku.stock else sku.stock_seen)

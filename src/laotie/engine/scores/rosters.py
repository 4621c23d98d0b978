"""Who is to be scored, with deals or without: asked of the engine, then listed as arrays."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from ibis import _
from ibis.expr.types import Table
from numpy.typing import NDArray

from laotie.engine.scores.evidence import Roster
from laotie.engine.scores.keys import coded
from laotie.engine.scores.sides import Sides

SHOPS = "shops"  # those that are listed by themselves, beside those that have products


def asked(sides: Sides) -> dict[str, pa.Table]:
    """Entities and their categories by kind. A shop's category is that of most of its products."""
    found = {}
    if sides.products is not None:
        found["product"] = _named(sides.products.select(entity="product_id", category="category_id"))
        mine = sides.products.group_by("shop_id", "category_id").aggregate(k=_.count())
        shops = mine.group_by(entity=mine.shop_id).aggregate(category=mine.category_id.argmax(mine.k))
        found["shop"] = _named(shops.select("entity", "category"))
    if sides.shops is not None:
        found[SHOPS] = _named(sides.shops.select(entity="shop_id", category=_.shop_id.nullif(_.shop_id)))
    if sides.creators is not None:
        found["creator"] = _named(
            sides.creators.select(entity="creator_id", category=_.creator_id.nullif(_.creator_id))
        )
    return found


def listed(tables: Mapping[str, pa.Table]) -> dict[str, Roster]:
    """The rosters by kind, of what was `asked`."""
    found = {kind: _roster(table) for kind, table in tables.items()}
    shops = found.pop(SHOPS, None)
    if shops is not None:
        found["shop"] = found["shop"].beside(shops.entity)[0] if "shop" in found else shops
    return found


def _named(table: Table) -> pa.Table:
    return table.filter(table.entity.notnull()).to_pyarrow()


def _roster(table: pa.Table) -> Roster:
    names, row = coded(table["entity"])
    categories, place = coded(table["category"])
    category: NDArray[Any] = np.full(len(names), "", dtype=categories.dtype if len(categories) else "<U1")
    if len(categories):
        category[row] = categories[place]
    return Roster(names, category)

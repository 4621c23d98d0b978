"""What other slices of trust know when a day is scored: the price index, and whose evidence a new shop inherits."""

import numpy as np
import pyarrow as pa
from ibis.expr.types import Table

from laotie.engine.risk.lineage import heirs
from laotie.engine.scores.sides import Sides
from laotie.trust.prices import queries as prices
from laotie.trust.scores.reading import Reader


def known(reader: Reader) -> Sides:
    """Points of the price index as they stood that day; nothing where prices were never compared."""
    if not reader.has("price.compared"):
        return Sides()
    table = prices.price_index(reader.lake, reader.day, reader.known_until)
    return Sides(price_index=reader.given("price_index", table))


def inherited(reader: Reader, lines: Table) -> Table:
    """The lines, those of a closed shop counted for the next one of the same owner: a new name washes nothing."""
    if not reader.has("merchant.closed"):
        return lines
    heir = _heirs(reader)
    if not heir:
        return lines
    table = pa.table({"closed_id": pa.array(list(heir)), "heir_id": pa.array(list(heir.values()))})
    joined = lines.left_join(reader.given("heirs", table), lines.shop_id == reader.given("heirs", table).closed_id)
    return joined.mutate(shop_id=joined.heir_id.coalesce(joined.shop_id)).drop("closed_id", "heir_id")


def _heirs(reader: Reader) -> dict[str, str]:
    """By a closed shop the one that answers for its deals."""
    applied = reader.table("merchant.applied", ["shop_id", "applicant"], ever=True).to_pyarrow().to_pylist()
    closed = {row["shop_id"]: row["at"] for row in
              reader.table("merchant.closed", ["shop_id"], ever=True).to_pyarrow().to_pylist()}  # fmt: skip
    shops = sorted({row["shop_id"] for row in applied})
    by_shop = {row["shop_id"]: row for row in applied}
    _, owner = np.unique([by_shop[shop]["applicant"] for shop in shops], return_inverse=True)
    opened = np.array([by_shop[shop]["at"].timestamp() for shop in shops], dtype=float)
    ended = np.array([closed[shop].timestamp() if shop in closed else np.nan for shop in shops], dtype=float)
    answers = heirs(owner.astype(np.int64), opened, ended)
    return {shop: shops[answers[row]] for row, shop in enumerate(shops) if answers[row] != row}

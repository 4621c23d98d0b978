"""From the lake to what the rules look at: the paid deals of ninety days, as arrays."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from laotie.stream.lake.queries import Snapshot

DAYS = 90
REACH = 120  # days of facts about deals of the last DAYS
BAD = ("quality", "damaged", "not_as_claimed", "service")
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
SECONDS = 86_400.0


@dataclass(frozen=True)
class Seen:
    """One row a deal. `buyer`, `shop`, `group` (the shop's main category): from 0; `buyers`, `shops`: who they are.

    Times in days since 1970, NaN where it did not happen; `stars` NaN without a review; `own`: the buyer runs the shop.
    """

    lines: tuple[UUID, ...]
    orders: tuple[UUID, ...]
    products: tuple[UUID, ...]
    placed_at: tuple[datetime, ...]
    buyer: Ints
    shop: Ints
    buyers: tuple[UUID, ...]
    shops: tuple[UUID, ...]
    group: Ints
    placed: Floats
    shipped: Floats
    signed: Floats
    refunded: Floats
    reviewed: Floats
    stars: Floats
    bad: NDArray[np.bool_]
    own: NDArray[np.bool_]


def see(lake: Snapshot, day: date, known: frozenset[UUID]) -> Seen:
    """The deals placed in the DAYS up to `day` by buyers that can be named, without those whose lines are `known`."""
    reader = _Reader(lake, day)
    deals = reader.deals(known)
    size = deals.num_rows
    buyer, buyers = _codes(deals["buyer"])
    shop, shops = _codes(deals["shop_id"])
    category, _ = _codes(deals["category_id"])
    order, line = deals["order_id"].to_pylist(), deals["line_id"].to_pylist()
    reviews, asked = reader.first("review.written", "line_id"), reader.first("refund.asked", "line_id")
    settled = reader.first("refund.settled", "order_id")
    shipped, signed = reader.first("parcel.shipped", "order_id"), reader.first("parcel.signed", "order_id")
    stars = np.array([reviews[key]["stars"] if key in reviews else np.nan for key in line], dtype=float)
    complaint = np.array([key in asked and asked[key]["reason"] in BAD for key in line], dtype=bool)
    runs = reader.runs()
    return Seen(
        lines=tuple(map(UUID, line)),
        orders=tuple(map(UUID, order)),
        products=tuple(map(UUID, deals["product_id"].to_pylist())),
        placed_at=tuple(deals["occurred_at"].to_pylist()),
        buyer=buyer,
        shop=shop,
        buyers=buyers,
        shops=shops,
        group=_main(shop, category, len(shops)),
        placed=_days([at.timestamp() for at in deals["occurred_at"].to_pylist()], size),
        shipped=_when(shipped, order),
        signed=_when(signed, order),
        refunded=_when({key: row for key, row in settled.items() if row["outcome"] == "settled"}, order),
        reviewed=_when(reviews, line),
        stars=stars,
        bad=complaint | (stars <= 2),
        own=np.array(
            [pair in runs for pair in zip(deals["buyer"].to_pylist(), deals["shop_id"].to_pylist(), strict=True)],
            dtype=bool,
        ),
    )


class _Reader:
    """Reads kinds of facts of one stretch of days; ids as text."""

    def __init__(self, lake: Snapshot, day: date) -> None:
        self._lake = lake
        self._days = [day - timedelta(days=back) for back in range(REACH)]

    def deals(self, known: frozenset[UUID]) -> pa.Table:
        """Paid lines in order of time."""
        names = ["order_id", "line_id", "shop_id", "buyer", "product_id", "category_id", "occurred_at"]
        placed = self._read("line.placed", names, self._days[:DAYS])
        paid = self._read("order.paid", ["order_id"], self._days)["order_id"]
        kept = pc.and_(pc.is_in(placed["order_id"], value_set=paid.combine_chunks()), pc.is_valid(placed["buyer"]))
        gone = pa.array([str(line) for line in known], pa.string())
        return placed.filter(pc.and_(kept, pc.invert(pc.is_in(placed["line_id"], value_set=gone))))

    def first(self, kind: str, key: str) -> dict[str, dict[str, Any]]:
        """The earliest fact of `kind` for each `key`."""
        found: dict[str, dict[str, Any]] = {}
        wanted = {"review.written": ["stars"], "refund.asked": ["reason"], "refund.settled": ["outcome"]}
        for row in self._read(kind, [key, "occurred_at", *wanted.get(kind, [])], self._days).to_pylist():
            found.setdefault(row[key], row)
        return found

    def runs(self) -> set[tuple[str, str]]:
        """(pseudonym, shop) of those who applied for a shop or were ever let into it."""
        applied = self._read("merchant.applied", ["applicant", "shop_id"], None).to_pylist()
        given = self._read("grant.given", ["account", "seller_id"], None).to_pylist()
        return {(row["applicant"], row["shop_id"]) for row in applied} | {
            (row["account"], row["seller_id"]) for row in given
        }

    def _read(self, kind: str, names: list[str], days: list[date] | None) -> pa.Table:
        if kind not in self._lake.kinds():
            kinds = {"occurred_at": pa.timestamp("us", "UTC"), "stars": pa.int64()}
            return pa.table({name: pa.array([], kinds.get(name, pa.string())) for name in names})
        facts = self._lake.read(kind, days)
        columns = {name: facts[name] for name in names}
        return pa.table({
            name: column if pa.types.is_timestamp(column.type) or pa.types.is_integer(column.type)
            else column.cast(pa.string())
            for name, column in columns.items()
        })  # fmt: skip


def _codes(column: pa.ChunkedArray) -> tuple[Ints, tuple[UUID, ...]]:
    """A number from 0 for each id, and the ids. Null is one of them, without a name."""
    names, codes = np.unique([value or "" for value in column.to_pylist()], return_inverse=True)
    return codes.astype(np.int64), tuple(UUID(str(name)) if name else UUID(int=0) for name in names)


def _main(shop: Ints, category: Ints, shops: int) -> Ints:
    """The category that each shop sells most in; of equals the first."""
    size = int(category.max(initial=0)) + 1
    counts = np.zeros((shops, size), dtype=np.int64)
    np.add.at(counts, (shop, category), 1)
    return counts.argmax(axis=1).astype(np.int64) if shops else np.zeros(0, dtype=np.int64)


def _when(facts: dict[str, dict[str, Any]], keys: list[str]) -> Floats:
    return _days([facts[key]["occurred_at"].timestamp() if key in facts else np.nan for key in keys], len(keys))


def _days(seconds: list[float], size: int) -> Floats:
    return np.array(seconds, dtype=float).reshape(size) / SECONDS

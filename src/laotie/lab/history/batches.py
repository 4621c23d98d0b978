"""An archive cut into batches: each order with everything that belongs to it, in the order in which it was placed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

Row = dict[str, Any]
CHECKOUTS = 500  # a batch: some five thousand rows, a second or two in one transaction

# What belongs to a checkout, as a query for its rows with the checkout's number.
BELONGING = {
    "orders": "select o.*, c.number from orders o join checkouts c on c.checkout = coalesce(o.checkout, o.id)",
    "lines": 'select l.*, o.number from lines l join numbered o on o.id = l."order"',
    "parcels": 'select p.*, o.number from parcels p join numbered o on o.id = p."order"',
    "payments": "select m.*, c.number from payments m join checkouts c using (checkout)",
    "refunds": 'select r.*, o.number from refunds r join numbered o on o.id = r."order"',
    "reviews": 'select r.*, o.number from reviews r join lines l on l.id = r.line join numbered o on o.id = l."order"',
}
NUMBERING = """
create table checkouts as
select coalesce(checkout, id) as checkout,
       row_number() over (order by min(placed_at), coalesce(checkout, id)) - 1 as number
from orders group by coalesce(checkout, id);
create view numbered as
select o.id, c.number from orders o join checkouts c on c.checkout = coalesce(o.checkout, o.id);
"""


@dataclass(frozen=True, slots=True)
class CheckoutRows:
    """The rows of one checkout: `orders` by their own, all else by `order` (payments: all of the checkout)."""

    orders: list[Row] = field(default_factory=list)
    payments: list[Row] = field(default_factory=list)
    lines: dict[str, list[Row]] = field(default_factory=dict)
    parcels: dict[str, list[Row]] = field(default_factory=dict)
    refunds: dict[str, list[Row]] = field(default_factory=dict)
    reviews: dict[str, list[Row]] = field(default_factory=dict)  # by line


class OrderBatches:
    """Orders and what belongs to them, sorted by checkout once, then sliced: memory holds one batch of rows."""

    def __init__(self, tables: dict[str, pa.Table]) -> None:
        with duckdb.connect() as database:
            database.execute("set TimeZone = 'UTC'")
            for name in BELONGING:
                database.register(name, tables[name])
            database.execute(NUMBERING)
            self.tables = {
                name: database.sql(f"{query} order by number").to_arrow_table() for name, query in BELONGING.items()
            }
        self.numbers = {name: table.column("number").to_numpy() for name, table in self.tables.items()}
        self.checkouts = int(self.numbers["orders"][-1]) + 1 if len(self.numbers["orders"]) else 0

    def __len__(self) -> int:
        return (self.checkouts + CHECKOUTS - 1) // CHECKOUTS

    def batch(self, index: int) -> list[CheckoutRows]:
        """The checkouts of one batch."""
        first, last = index * CHECKOUTS, min((index + 1) * CHECKOUTS, self.checkouts)
        found = [CheckoutRows() for _ in range(first, last)]
        for name in ("orders", "payments"):
            for row in self._rows(name, first, last):
                getattr(found[row["number"] - first], name).append(row)
        for name, key in (("lines", "order"), ("parcels", "order"), ("refunds", "order"), ("reviews", "line")):
            for row in self._rows(name, first, last):
                getattr(found[row["number"] - first], name).setdefault(row[key], []).append(row)
        return found

    def _rows(self, name: str, first: int, last: int) -> Iterator[Row]:
        start, end = np.searchsorted(self.numbers[name], [first, last])
        rows: list[Row] = self.tables[name].slice(int(start), int(end - start)).to_pylist()
        return iter(rows)

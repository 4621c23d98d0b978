"""An archive's tables as the engine's: placed, paid, shipped, signed, cancelled, complained of, reviewed, and who is
to be scored. DuckDB shapes them; the engine that counts is given them as they are, DuckDB or Spark.
"""

from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from laotie.engine.scores import engines
from laotie.engine.scores.deals import Facts
from laotie.engine.scores.metrics import METRICS
from laotie.engine.scores.sides import Sides
from laotie.stream.archive.checking import Archive
from laotie.stream.archive.sums import connect

REASONS = ("quality", "not_as_claimed", "poor_service", "seeded")  # metrics that rest on what buyers give as reasons
TABLES = {
    "lines": """SELECT l.id AS line_id, o.id AS order_id, o.shop AS shop_id, f.product AS product_id,
                p.category AS category_id, o.buyer, local(o.placed_at) AS placed_at, l.creator AS creator_id,
                l.entry, CAST(l.unit_price * l.quantity - coalesce(l.discount, 0) AS BIGINT) AS value
                FROM lines l JOIN orders o ON o.id = l."order" JOIN offers f ON f.id = l.offer
                JOIN products p ON p.id = f.product""",
    "paid": """SELECT id AS order_id, local(paid_at) AS "at", local(promised_ship_at) AS promised_ship_at,
               local(promised_arrival_at) AS promised_arrival_at FROM orders WHERE paid_at IS NOT NULL""",
    "shipped": """SELECT "order" AS order_id, local(shipped_at) AS "at" FROM parcels""",
    "signed": """SELECT "order" AS order_id, local(signed_at) AS "at" FROM parcels WHERE signed_at IS NOT NULL""",
    "cancelled": """SELECT id AS order_id, local(cancelled_at) AS "at",
                    CASE cancelled_by WHEN 'shop' THEN 'seller' ELSE coalesce(cancelled_by, 'unknown') END AS "by",
                    cancel_reason AS reason FROM orders WHERE cancelled_at IS NOT NULL""",
    "complaints": """SELECT l.id AS line_id, local(r.asked_at) AS "at", r.reason FROM refunds r
                     JOIN lines l ON l."order" = r."order" AND (r.line IS NULL OR r.line = l.id)""",
    "reviews": 'SELECT line AS line_id, local(written_at) AS "at", CAST(stars AS BIGINT) AS stars FROM reviews',
    "voids": "SELECT id AS line_id FROM lines WHERE false",
}
SIDES = {
    "shops": "SELECT id AS shop_id FROM shops",
    "products": "SELECT id AS product_id, shop AS shop_id, category AS category_id FROM products",
    "creators": "SELECT DISTINCT creator AS creator_id FROM lines WHERE creator IS NOT NULL",
    "categories": "SELECT id AS category_id, parent AS parent_id FROM categories",
}


def facts_of(archive: Archive, connection: Any = None) -> Facts:
    """The engine's tables over the rows that stand, on the market's wall clock, held by `connection` (engines.engine).

    Metrics of which the archive has no fact are absent: where no refund gives a reason, where nobody wrote a review.
    """
    connection = connection or engines.duckdb()
    shaped = {name: engines.given(connection, f"scored_{name}", table) for name, table in _shaped(archive).items()}
    sides = Sides(**{name: shaped[name] for name in SIDES})
    return Facts(**{name: shaped[name] for name in TABLES}, absent=absent(archive), sides=sides)


def absent(archive: Archive) -> tuple[str, ...]:
    """The metrics of deals that this archive cannot speak of."""
    missing = set() if archive.tables["refunds"].num_rows else set(REASONS)
    missing |= set() if archive.tables["reviews"].num_rows else {"bad_review", "poor_review"}
    return tuple(metric for metric in METRICS if metric in missing)


def last_day(facts: Facts) -> date:
    """The day by which 99 of 100 signed parcels were signed: stragglers of years do not empty the windows.

    Where nothing was signed, the last day on which anything was placed. Raises ValueError.
    """
    days = np.sort(facts.signed.select(day=facts.signed["at"].date()).to_pyarrow()["day"].to_numpy())
    known = days[int(0.99 * (len(days) - 1))].item() if len(days) else _last_placed(facts)
    if known is None:
        raise ValueError("the archive has no orders that stand")
    day: date = known
    return day


def _last_placed(facts: Facts) -> date | None:
    placed = facts.lines.placed_at.max().to_pyarrow().as_py()
    return placed.date() if placed else None


def _shaped(archive: Archive) -> dict[str, pa.Table]:
    with connect(archive.sheet.time_zone) as database:
        for name, table in archive.tables.items():
            database.register(name, table)
        database.execute("CREATE MACRO local(t) AS CAST(CAST(t AS TIMESTAMPTZ) AS TIMESTAMP)")
        return {name: _whole(database.sql(select).to_arrow_table()) for name, select in (TABLES | SIDES).items()}


def _whole(table: pa.Table) -> pa.Table:
    """Columns in which nothing stands get a type all the same: engines ask for one."""
    columns = [pc.cast(c, pa.string()) if pa.types.is_null(c.type) else c for c in table.columns]
    return pa.table(columns, names=table.column_names)

"""An archive's tables as the engine's: placed, paid, shipped, signed, cancelled, complained of, reviewed."""

from datetime import date

import ibis

from laotie.engine.scores.deals import Facts
from laotie.engine.scores.metrics import METRICS
from laotie.engine.scores.sides import Sides
from laotie.stream.archive.checking import Archive

REASONS = ("quality", "not_as_claimed", "poor_service", "seeded")  # metrics that rest on what buyers give as reasons
TABLES = {
    "lines": """SELECT l.id AS line_id, o.id AS order_id, o.shop AS shop_id, f.product AS product_id,
                p.category AS category_id, o.buyer, local(o.placed_at) AS placed_at, l.creator AS creator_id,
                l.entry, l.unit_price * l.quantity - coalesce(l.discount, 0) AS value
                FROM lines l JOIN orders o ON o.id = l."order" JOIN offers f ON f.id = l.offer
                JOIN products p ON p.id = f.product""",
    "paid": """SELECT id AS order_id, local(paid_at) AS "at", local(promised_ship_at) AS promised_ship_at,
               local(promised_arrival_at) AS promised_arrival_at FROM orders WHERE paid_at IS NOT NULL""",
    "shipped": """SELECT "order" AS order_id, local(shipped_at) AS "at" FROM parcels""",
    "signed": """SELECT "order" AS order_id, local(signed_at) AS "at" FROM parcels WHERE signed_at IS NOT NULL""",
    "cancelled": """SELECT id AS order_id, local(cancelled_at) AS "at",
                    CASE cancelled_by WHEN 'shop' THEN 'seller' ELSE coalesce(cancelled_by, 'unknown') END AS "by",
                    cancel_reason AS reason
                    FROM orders WHERE cancelled_at IS NOT NULL""",
    "complaints": """SELECT l.id AS line_id, local(r.asked_at) AS "at", r.reason FROM refunds r
                     JOIN lines l ON l."order" = r."order" AND (r.line IS NULL OR r.line = l.id)""",
    "reviews": 'SELECT line AS line_id, local(written_at) AS "at", stars::BIGINT AS stars FROM reviews',
    "voids": "SELECT id AS line_id FROM lines WHERE false",
}
SIDES = {
    "shops": "SELECT id AS shop_id FROM shops",
    "products": "SELECT id AS product_id, shop AS shop_id, category AS category_id FROM products",
    "categories": "SELECT id AS category_id, parent AS parent_id FROM categories",
}


def facts_of(archive: Archive) -> Facts:
    """The engine's tables over the rows that stand, on the market's wall clock.

    Metrics of which the archive has no fact are absent: where no refund gives a reason, where nobody wrote a review.
    """
    engine = ibis.duckdb.connect()
    for name, table in archive.tables.items():
        engine.con.register(name, table)
    engine.con.execute(f"SET TimeZone = '{archive.sheet.time_zone}'")
    engine.con.execute("CREATE MACRO local(t) AS CAST(CAST(t AS TIMESTAMPTZ) AS TIMESTAMP)")
    for name, select in (TABLES | SIDES).items():
        engine.con.execute(f"CREATE TABLE scored_{name} AS {select}")
    tables = {name: engine.table(f"scored_{name}") for name in TABLES}
    sides = Sides(**{name: engine.table(f"scored_{name}") for name in SIDES})
    return Facts(**tables, absent=absent(archive), sides=sides)


def absent(archive: Archive) -> tuple[str, ...]:
    """The metrics that this archive cannot speak of."""
    missing = set() if archive.tables["refunds"].num_rows else set(REASONS)
    missing |= set() if archive.tables["reviews"].num_rows else {"bad_review", "poor_review"}
    return tuple(metric for metric in METRICS if metric in missing)


def last_day(facts: Facts) -> date:
    """The last day on which anything was signed, or placed where nothing was."""
    known = facts.signed.at.max().to_pyarrow().as_py() or facts.lines.placed_at.max().to_pyarrow().as_py()
    if known is None:
        raise ValueError("the archive has no orders that stand")
    day: date = known.date()
    return day

"""How prices stand: for pages, and as the table that the product score's metric `price` reads."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pyarrow as pa
import pyarrow.compute as pc
from django.db.models import Max

from laotie.kit import market
from laotie.stream.lake.queries import Snapshot
from laotie.trust.prices.contracts import Compared
from laotie.trust.prices.errors import NotCompared
from laotie.trust.prices.models import ComparedRow

MOST = 20
ONE_DAY = timedelta(days=1)


def compared(product_id: UUID) -> Compared:
    """How a product's price stands. Raises NotCompared."""
    row = ComparedRow.objects.filter(pk=product_id).first()
    if row is None:
        raise NotCompared
    return view(row)


def newest_day() -> date:
    """The last market day whose prices were compared; date.min where none was."""
    return ComparedRow.objects.aggregate(day=Max("day"))["day"] or date.min


def same_items(found: Compared, most: int = MOST) -> list[Compared]:
    """The products that are the same item, this one included, the cheapest landed first."""
    rows = ComparedRow.objects.filter(cluster=found.cluster).order_by("landed_minor", "product_id")
    return [view(row) for row in rows[:most]]


def price_index(lake: Snapshot, day: date, known_until: datetime) -> pa.Table:
    """`product_id` (text), `points` (0 … 1), `n` (sellers compared) as they stood on `day`, by what was known then.

    The last comparison of each product counts; those that have no points are left out.
    """
    names = {"product_id": pa.string(), "points": pa.float64(), "n": pa.int64()}
    if "price.compared" not in lake.kinds():
        return pa.table({name: pa.array([], kind) for name, kind in names.items()})
    days = [held for held in lake.days("price.compared") if held <= day]
    facts = lake.read("price.compared", days)
    facts = facts.filter(pc.less_equal(facts["recorded_at"], pa.scalar(known_until)))
    last = {str(row["product_id"]): row for row in facts.select(["product_id", "points_e4", "sellers"]).to_pylist()}
    held = sorted((key, row) for key, row in last.items() if row["points_e4"] is not None)
    return pa.table({
        "product_id": pa.array([key for key, _ in held], pa.string()),
        "points": pa.array([row["points_e4"] / 10_000 for _, row in held], pa.float64()),
        "n": pa.array([max(row["sellers"], 1) for _, row in held], pa.int64()),
    })  # fmt: skip


def view(row: ComparedRow) -> Compared:
    """The contract of a row."""
    return Compared(
        product_id=row.product_id,
        shop_id=row.shop_id,
        day=row.day,
        basis=row.basis,
        index=None if row.index_e4 is None else row.index_e4 / 10_000,
        points=None if row.points_e4 is None else row.points_e4 / 10_000,
        sellers=row.sellers,
        landed=market.current().money(row.landed_minor),
        cut=row.cut_e4 / 10_000,
        cluster=row.cluster,
    )

"""Counting facts of the past ninety days by thing and by person, newer ones more. Ibis on the lake's files.

The window ends with the last fact that the market has, so that an imported history counts as of its own last day.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import ibis
import pyarrow as pa
from ibis import _
from ibis.expr.types import Table

from laotie.stream.lake.queries import Snapshot

WINDOW = 90  # days
HALF_LIFE = 30  # days
MATURE = 15  # days after which a deal without a complaint went well
LONG_LOOK = 5000  # milliseconds
BEHAVIOUR = ("impression", "click", "dwell", "view")


@dataclass(frozen=True, slots=True)
class Window:
    """The days that count; `last` is the newest."""

    last: date
    days: tuple[date, ...]


def window(lake: Snapshot) -> Window | None:
    """None where nothing was sold or shown yet."""
    known = [day for kind in ("line.placed", *BEHAVIOUR) for day in lake.days(kind)[-1:]]
    if not known:
        return None
    last = max(known)
    return Window(last, tuple(last - timedelta(days=back) for back in range(WINDOW)))


def shown(lake: Snapshot, kind: str, within: Window) -> pa.Table:
    """Slots of `kind` by item: weighted, each (decision, item, position) once. Columns item, n."""
    slots = lake.table(kind, within.days)
    if kind == "dwell":
        slots = slots.filter(_.milliseconds >= LONG_LOOK)
    once = slots.group_by("decision", "item", "position").aggregate(day=_.day.min())
    return _weighed(once, "item", within)


def bought(lake: Snapshot, within: Window) -> pa.Table:
    """Lines by product: weighted n, those matured, gone well, asked back, and of buyers who had bought of the shop.

    Columns item, n, matured, good, refund, again.
    """
    lines = _judged(lake, within)
    weight = _weight(lines, within)
    return (
        lines.mutate(w=weight)
        .group_by(item=_.product_id)
        .aggregate(
            n=_.w.sum(),
            matured=(_.w * _.is_old).sum(),
            good=(_.w * _.is_old * (1 - _.is_bad)).sum(),
            refund=(_.w * _.is_back).sum(),
            again=(_.w * _.is_again).sum(),
        )
        .to_pyarrow()
    )


def liked(lake: Snapshot, within: Window) -> pa.Table:
    """What people did with what: columns viewer, item, at (newest first counts), points."""
    views = lake.table("view", within.days).filter(_.viewer.notnull())
    lines = lake.table("line.placed", within.days).filter(_.buyer.notnull())
    seen = views.group_by("decision", "viewer", "item").aggregate(day=_.day.min(), at=_.occurred_at.max())
    both = seen.select("viewer", "item", "at", "day", points=ibis.literal(1.0)).union(
        lines.select(viewer=_.buyer, item=_.product_id, at=_.occurred_at, day=_.day, points=ibis.literal(5.0))
    )
    weighed = both.mutate(points=_.points * _weight(both, within))
    return weighed.select("viewer", "item", "at", "points").to_pyarrow()


def _judged(lake: Snapshot, within: Window) -> Table:
    """Lines with 0/1 flags: old enough to be judged, gone badly, asked back, bought of the shop before."""
    lines = lake.table("line.placed", within.days)
    back = lake.table("refund.asked").select("line_id").distinct().mutate(is_back=1)
    low = lake.table("review.written").filter(_.stars <= 2).select("line_id").distinct().mutate(is_low=1)
    nth = ibis.row_number().over(group_by=[_.buyer, _.shop_id], order_by=[_.occurred_at, _.line_id])
    joined = (
        lines.mutate(nth=nth)
        .left_join(back, "line_id").drop("line_id_right")
        .left_join(low, "line_id").drop("line_id_right")
    )  # fmt: skip
    is_back, is_low = joined.is_back.fill_null(0), joined.is_low.fill_null(0)
    return joined.mutate(
        is_old=(_age(joined, within) >= MATURE).cast("int64"),
        is_back=is_back,
        is_bad=ibis.greatest(is_back, is_low),
        is_again=((_.nth > 0) & _.buyer.notnull()).cast("int64"),
    )


def _weighed(table: Table, key: str, within: Window) -> pa.Table:
    weighed = table.mutate(w=_weight(table, within))
    return weighed.group_by(item=weighed[key]).aggregate(n=_.w.sum()).to_pyarrow()


def _weight(table: Table, within: Window) -> Any:
    return (-_age(table, within).cast("float64") / HALF_LIFE * ibis.literal(2.0).ln()).exp()


def _age(table: Table, within: Window) -> Any:
    """Days from the fact's market day to the window's last."""
    return ibis.literal(within.last).delta(table.day, unit="day")

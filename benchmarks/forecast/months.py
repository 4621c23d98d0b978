"""Shop-months of a history: what was known at a month's end, and what came of the deals of the next 60 days."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from laotie.engine.scores.deals import Facts, deals
from laotie.engine.scores.rulebook import published
from laotie.lab.scoring.day import scored
from laotie.lab.scoring.facts import facts_of
from laotie.lab.scoring.opening import Wished, opened

AHEAD = 60  # days
OPEN = 45  # days for which an unsigned order is taken for open
KNOWN = """
select d.shop_id as shop, count(*) filter (where d.matured <= $day) as matured,
       count(*) filter (where d.matured <= $day and d.bad) as matured_bad,
       sum(d.stars) filter (where d.review_at < $after) as stars, 
       count(d.stars) filter (where d.review_at < $after) as reviews,
       count(*) filter (where d.paid_at < $after and d.paid_at >= $day - $open and (d.signed_at is null or d.signed_at >= $after)) as open,
       count(*) filter (where d.paid_at < $after and d.paid_at >= $day - $open and (d.signed_at is null or d.signed_at >= $after)
                        and (d.arrival < $after or (d.promised_ship_at < $after and (d.shipped_at is null or d.shipped_at >= $after)))) as overdue,
       count(*) filter (where d.paid_at >= $after and d.paid_at < $until) as n,
       count(*) filter (where d.paid_at >= $after and d.paid_at < $until and d.bad) as later_bad,
       avg(d.away::int) filter (where d.paid_at >= $after and d.paid_at < $until) as far
from dealt d group by d.shop_id having n > 0 and matured > 0 order by shop
"""  # noqa: E501


@dataclass(frozen=True, slots=True)
class Pool:
    """One row a shop-month. `n`, `bad`: deals of the next 60 days and the bad ones among them. All else was known."""

    shop: NDArray[np.str_]
    month: NDArray[np.datetime64]
    score: NDArray[np.float64]
    matured: NDArray[np.float64]
    matured_bad: NDArray[np.float64]
    stars: NDArray[np.float64]  # mean; the market's where a shop has none
    open: NDArray[np.float64]
    overdue: NDArray[np.float64]
    far: NDArray[np.float64]  # share of those deals that go to another state: known when a buyer orders
    n: NDArray[np.float64]
    bad: NDArray[np.float64]

    def split(self, day: date) -> tuple["Pool", "Pool"]:
        """Months to `day`, months after it; a month whose 60 days run over `day` is in neither."""
        ended = self.month + np.timedelta64(AHEAD, "D")
        return self.where(ended <= np.datetime64(day)), self.where(self.month >= np.datetime64(day))

    def where(self, kept: NDArray[Any]) -> "Pool":
        """The rows kept (a mask, or places)."""
        return Pool(**{field.name: getattr(self, field.name)[kept] for field in fields(self)})


def pooled(folder: Path, first: date, last: date) -> Pool:
    """Every shop at every month's end from `first` to `last`."""
    archive = opened(folder, Wished())
    facts, book = facts_of(archive), published()
    database = duckdb.connect()
    database.register("dealing", _dealt(facts))
    for name in ("orders", "buyers", "shops"):
        database.register(name, archive.tables[name])
    database.execute(
        "create table dealt as select d.*, b.region is distinct from split_part(s.ships_from, ', ', -1) as away "
        "from dealing d join orders o on o.id = d.order_id join buyers b on b.id = o.buyer "
        "join shops s on s.id = o.shop"
    )
    parts = []
    for day in ends(first, last):
        scores = scored(facts, day, book, ["shop"]).scores["shop"]
        figure = dict(zip(scores.evidence.entity.tolist(), scores.score.tolist(), strict=True))
        given = {"day": day, "after": day + timedelta(days=1), "until": day + timedelta(days=AHEAD + 1), "open": OPEN}
        rows = database.execute(KNOWN, given).to_arrow_table().to_pydict()
        parts.append(_part(day, rows, figure))
    names = [field.name for field in fields(Pool)]
    return Pool(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in names})


def ends(first: date, last: date) -> Iterator[date]:
    """The last day of every month from `first` to `last`."""
    day = first
    while day <= last:
        yield day
        day = (day + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _dealt(facts: Facts) -> Any:
    """Deals with the label of this benchmark. None of it is known before `matured`."""
    rows = deals(facts, published().cohort)
    reviews = facts.reviews.group_by("line_id").aggregate(review_at=facts.reviews["at"].min())
    bad = (rows.stars <= 2).fill_null(False) | (rows.late == 1).fill_null(False) | (rows.outcome == "seller_cancelled")
    chosen = rows.select("line_id", "order_id", "shop_id", "paid_at", "shipped_at", "signed_at", "promised_ship_at",
                         "arrival", "matured", "stars", bad=bad)  # fmt: skip
    return chosen.left_join(reviews, "line_id").drop("line_id_right").to_pyarrow()


def _part(day: date, rows: dict[str, list[Any]], figure: dict[str, float]) -> Pool:
    def whole(name: str) -> NDArray[np.float64]:
        return np.array([value or 0 for value in rows[name]], dtype=np.float64)

    stars, reviews = whole("stars"), whole("reviews")
    market = stars.sum() / max(reviews.sum(), 1)
    return Pool(
        shop=np.array(rows["shop"]),
        month=np.full(len(rows["shop"]), np.datetime64(day)),
        score=np.array([figure[shop] for shop in rows["shop"]]),
        matured=whole("matured"),
        matured_bad=whole("matured_bad"),
        stars=np.where(reviews > 0, stars / np.maximum(reviews, 1), market),
        open=whole("open"),
        overdue=whole("overdue"),
        far=whole("far"),
        n=whole("n"),
        bad=whole("later_bad"),
    )

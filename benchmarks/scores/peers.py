"""Other ways to the same integer counts of deals: DuckDB by hand, pandas. Each returns what it counted, for checking.

Both know what the engine's expressions do not: that keys are small whole numbers, that an order has one paying and one
parcel, and which metrics are wanted. They count deals by (entity, category, day, n-th in each window); a review that
came after its deal matured counts on its own day, and nothing else of that deal does.
"""

from pathlib import Path
from typing import Any

import duckdb
import pyarrow.compute as pc

from benchmarks.scores.market import path

SELLERS = {"product": ("product_id", "nth"), "shop": ("shop_id", "nth"), "creator": ("creator_id", "creator_nth")}
DEALS = """
CREATE TEMP TABLE deals AS
WITH j AS (
  SELECT l.*, p.at AS paid, p.promised_ship_at AS ship_by, p.promised_arrival_at AS arrive_by, s.at AS shipped,
         CASE WHEN g.at <= p.promised_arrival_at + INTERVAL 15 DAY THEN g.at END AS signed,
         c.at AS cancelled, c."by" AS who, c.reason AS why, q.at AS asked, q.reason, r.at AS reviewed, r.stars
  FROM lines l ANTI JOIN voids v USING (line_id)
  JOIN paid p USING (order_id) LEFT JOIN shipped s USING (order_id) LEFT JOIN signed g USING (order_id)
  LEFT JOIN cancelled c USING (order_id) LEFT JOIN complaints q USING (line_id) LEFT JOIN reviews r USING (line_id)
), m AS (
  SELECT *, CASE WHEN cancelled IS NOT NULL THEN greatest(paid + INTERVAL 15 DAY, cancelled)
                 WHEN signed IS NOT NULL THEN greatest(paid + INTERVAL 15 DAY, signed + INTERVAL 8 DAY)
                 ELSE arrive_by + INTERVAL 15 DAY END AS matured_at
  FROM j WHERE cancelled IS NULL OR who = 'seller'
), o AS (
  SELECT *, date_diff('day', DATE '1970-01-01', matured_at::DATE)::INTEGER AS day,
         signed IS NULL OR signed > arrive_by AS late,
         CASE WHEN asked <= matured_at THEN reason END AS said
  FROM m
)
SELECT line_id, shop_id, product_id, category_id, creator_id, buyer, matured_at, day,
       cancelled IS NULL AS delivered, late, said, value,
       signed IS NULL AS unsigned, coalesce(why = 'sold_out', false) AS out_of_it,
       shipped IS NULL OR shipped > ship_by AS ships_late, entry = 'clip' AS by_clip,
       CASE WHEN reviewed::DATE <= matured_at::DATE + 90 THEN stars END AS stars,
       date_diff('day', DATE '1970-01-01', reviewed::DATE)::INTEGER AS told
FROM o WHERE day BETWEEN $last - 269 AND $last
"""
NUMBERED = """
CREATE TEMP TABLE {name} AS
WITH k AS (SELECT buyer, {seller} FROM deals WHERE {seller} IS NOT NULL GROUP BY ALL HAVING count(*) > 1),
     s AS (SELECT line_id, buyer, {seller}, day,
                  row_number() OVER (PARTITION BY buyer, {seller} ORDER BY matured_at, line_id) AS n
           FROM deals SEMI JOIN k USING (buyer, {seller}))
SELECT line_id, (n - min(n) OVER (PARTITION BY buyer, {seller} ORDER BY day RANGE 29 PRECEDING) + 1)::INTEGER AS {name},
       (n - min(n) OVER (PARTITION BY buyer, {seller} ORDER BY day RANGE 59 PRECEDING) + 1)::INTEGER AS {name}_60,
       (n - min(n) OVER (PARTITION BY buyer, {seller} ORDER BY day RANGE 89 PRECEDING) + 1)::INTEGER AS {name}_90
FROM s
"""
BAD = "said IN ('quality', 'damaged', 'not_as_claimed')"
COUNTED = {
    "quality": (f"delivered AND ({BAD})", "delivered"),
    "bad_review": ("stars <= 2", "stars IS NOT NULL"),
    "ships_late": ("delivered AND ships_late", "delivered"),
    "arrives_late": ("delivered AND late", "delivered"),
    "lost": ("delivered AND unsigned", "delivered"),
    "poor_service": ("delivered AND said = 'service'", "delivered"),
    "seller_cancels": ("NOT delivered", "true"),
    "sold_out": ("NOT delivered AND out_of_it", "true"),
    "not_as_claimed": ("delivered AND said = 'not_as_claimed'", "delivered"),
    "poor_review": ("NOT late AND stars <= 3", "NOT late AND stars IS NOT NULL"),
    "seeded": (f"delivered AND by_clip AND ({BAD})", "delivered AND by_clip"),
}
LATE = "stars IS NOT NULL AND told > day"
KEPT = "coalesce(said, CASE WHEN delivered THEN 'good' END) IN ('good', 'late')"


def views(engine: Any, folder: Path, last: int) -> None:
    """The market's tables under their own names, days 0 … last."""
    for name in ("lines", "paid", "shipped", "signed", "cancelled", "complaints", "reviews", "voids"):
        paths = [str(p) for day in range(last + 1) if (p := path(folder, name, day)).exists()]
        engine.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT * FROM read_parquet({paths})")


def bare_duckdb(folder: Path, last: int, number: int, metrics: dict[str, list[str]]) -> dict[str, tuple[int, ...]]:
    """By hand. Returns for each kind (rows, deals, bad) in all."""
    with duckdb.connect(config={"threads": 2, "memory_limit": "12GB"}) as engine:
        views(engine, folder, last)
        engine.execute(DEALS.replace("$last", str(number)))
        engine.execute(NUMBERED.format(name="nth", seller="shop_id"))
        engine.execute(NUMBERED.format(name="creator_nth", seller="creator_id"))
        return {kind: _counted(engine, kind, number, metrics[kind]) for kind in SELLERS}


def _counted(engine: Any, kind: str, number: int, metrics: list[str]) -> tuple[int, ...]:
    key, nth = SELLERS[kind]
    sums = ", ".join(
        f"count(*) FILTER ({applies} AND {_counts(m)})::INTEGER AS n_{m}, "
        f"count(*) FILTER ({bad} AND {_counts(m)})::INTEGER AS bad_{m}"
        for m in metrics
        for bad, applies in [COUNTED[m]]
    )
    table = engine.sql(f"""
        WITH rows AS (
          SELECT *, day AS of_day, false AS late_told FROM deals WHERE day > {number} - 90
          UNION ALL
          SELECT *, told, true FROM deals WHERE {LATE} AND told BETWEEN {number} - 89 AND {number}
                                                AND day > {number} - 180)
        SELECT {key} AS entity, category_id, {number} - of_day AS age, 
               coalesce({nth}, 1) AS n30, coalesce({nth}_60, 1) AS n60, coalesce({nth}_90, 1) AS n90,
               count(*) FILTER (NOT late_told)::INTEGER AS deals,
               coalesce(sum(value) FILTER ({KEPT} AND NOT late_told), 0)::BIGINT AS net, {sums}
        FROM rows LEFT JOIN {nth} USING (line_id) WHERE {key} IS NOT NULL GROUP BY ALL""").to_arrow_table()
    bad = sum(int(pc.sum(table[f"bad_{m}"]).as_py() or 0) for m in metrics)
    return table.num_rows, int(table["deals"].to_numpy().sum()), bad


def _counts(metric: str) -> str:
    """On which of a deal's two rows a metric counts."""
    return f"late_told = coalesce({LATE}, false)" if metric in ("bad_review", "poor_review") else "NOT late_told"


def with_pandas(folder: Path, last: int, number: int, metrics: dict[str, list[str]]) -> dict[str, tuple[int, ...]]:
    """In pandas, as an analyst would write it."""
    import pandas as pd

    def read(name: str) -> Any:
        paths = [str(p) for day in range(last + 1) if (p := path(folder, name, day)).exists()]
        return pd.concat([pd.read_parquet(p) for p in paths], ignore_index=True)

    day, lines = pd.Timedelta(days=1), read("lines")
    lines = lines[~lines.line_id.isin(read("voids").line_id)]
    deals = lines.merge(read("paid").rename(columns={"at": "paid"}), on="order_id")
    for name in ("shipped", "signed"):
        deals = deals.merge(read(name).rename(columns={"at": name}), on="order_id", how="left")
    cancelled = read("cancelled").rename(columns={"at": "cancelled", "reason": "why"})
    deals = deals.merge(cancelled, on="order_id", how="left")
    deals = deals[deals.cancelled.isna() | (deals.by == "seller")]
    deals = deals.merge(read("complaints").rename(columns={"at": "asked"}), on="line_id", how="left")
    deals = deals.merge(read("reviews").rename(columns={"at": "reviewed"}), on="line_id", how="left")
    due = deals.promised_arrival_at + 15 * day
    deals["signed"] = deals.signed.where(deals.signed <= due)
    paid, signed = deals.paid + 15 * day, deals.signed + 8 * day
    matured = paid.where(paid > signed, signed).where(deals.signed.notna(), due)
    deals["matured"] = matured.where(deals.cancelled.isna(), paid.where(paid > deals.cancelled, deals.cancelled))
    deals["day"] = (deals.matured - pd.Timestamp(0)) // day
    deals = deals[(deals.day <= number) & (deals.day > number - 270)]
    said = deals.reason.where(deals.asked <= deals.matured)
    delivered, late = deals.cancelled.isna(), deals.signed.isna() | (deals.signed > deals.promised_arrival_at)
    bad, stars = (
        said.isin(["quality", "damaged", "not_as_claimed"]),
        deals.stars.where((deals.reviewed - pd.Timestamp(0)) // day <= deals.day + 90),
    )
    clip, known = delivered & (deals.entry == "clip"), stars.notna()
    flags = {
        "quality": (bad & delivered, delivered), "bad_review": (stars <= 2, known),
        "ships_late": (delivered & (deals.shipped.isna() | (deals.shipped > deals.promised_ship_at)), delivered),
        "arrives_late": (delivered & late, delivered), "lost": (delivered & deals.signed.isna(), delivered),
        "poor_service": (delivered & (said == "service"), delivered), "seller_cancels": (~delivered, delivered | True),
        "sold_out": (~delivered & (deals.why == "sold_out"), delivered | True),
        "not_as_claimed": (delivered & (said == "not_as_claimed"), delivered),
        "poor_review": (~late & (stars <= 3), ~late & known), "seeded": (clip & bad, clip),
    }  # fmt: skip
    deals["stars"] = stars
    deals["net"] = deals.value.where(said.isin(["late"]) | (said.isna() & delivered), 0)
    for name, (hit, applies) in flags.items():
        deals[f"n_{name}"], deals[f"bad_{name}"] = applies.astype("int32"), hit.astype("int32")
    deals = deals.sort_values(["matured", "line_id"])
    deals["deals"], deals["told"] = 1, (deals.reviewed - pd.Timestamp(0)) // day
    found = {}
    for kind, (key, _nth) in SELLERS.items():
        rows, columns = (
            deals[deals[key].notna()].copy(),
            [f"{part}_{m}" for m in metrics[kind] for part in ("n", "bad")],
        )
        numbers = [f"n{days}" for days in (30, 60, 90)]
        for name in numbers:
            rows[name] = _numbered(rows, "creator_id" if kind == "creator" else "shop_id", int(name[1:]))
        rows = _late_apart(rows, columns, number)
        counts = rows.groupby([key, "category_id", "day", *numbers], sort=False)[["deals", "net", *columns]].sum()
        hits = int(counts[[f"bad_{m}" for m in metrics[kind]]].to_numpy().sum())
        found[kind] = (len(counts), int(counts.deals.sum()), hits)
    return found


def _late_apart(rows: Any, columns: list[str], number: int) -> Any:
    """The last 90 days' rows; of late reviews one more, on the review's day, of which nothing else counts."""
    import pandas as pd

    reviews = [name for name in columns if name.endswith(("bad_review", "poor_review"))]
    late = rows.stars.notna() & (rows.told > rows.day)
    told = rows[late & (rows.told > number - 90) & (rows.told <= number) & (rows.day > number - 180)].copy()
    told["day"] = told.told.astype("int64")
    told[["deals", "net", *(name for name in columns if name not in reviews)]] = 0
    rows.loc[late, reviews] = 0
    return pd.concat([rows[rows.day > number - 90], told])


def _numbered(rows: Any, seller: str, days: int) -> Any:
    """Which deal of its buyer with its seller each is, among those of the days up to its own; rows are in order."""
    pair = [rows.buyer, rows[seller]]
    place = rows.groupby(pair, sort=False).cumcount()
    again = rows.groupby(pair, sort=False)["day"].transform("size") > 1
    few = rows[again].assign(place=place[again]).sort_values("day", kind="stable")
    earlier = few[["buyer", seller, "day", "place"]].assign(day=few.day + days).sort_values("day", kind="stable")
    left = few[["buyer", seller, "day", "line_id"]]
    import pandas as pd

    gone = pd.merge_asof(left, earlier, on="day", by=["buyer", seller])
    gone = gone.set_index("line_id").place.add(1).fillna(0).astype("int64")
    return place - rows.line_id.map(gone).fillna(0).astype("int64") + 1

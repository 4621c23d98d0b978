"""From arrays of deals to scores and multipliers, through the engine's public doors."""

from datetime import date, datetime, timedelta

import ibis
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from benchmarks.attack_markets.deals import DAYS, Deals
from laotie.engine.scores import deals, resources, rulebook, scoring

BOOK = rulebook.published()
START = datetime(2026, 1, 1, 12)  # noqa: DTZ001 - the engine works on the market's wall clock
DAY = date(2026, 1, 1) + timedelta(days=DAYS - 1)
Floats = NDArray[np.float64]


def scored(made: Deals, category: NDArray[np.int64], answers: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Score and multiplier of every shop (NaN and 1 where nothing matured). `answers[s]`: whose deals are shop s's."""
    engine = ibis.duckdb.connect()
    tables = {name: _table(engine, name, table) for name, table in _facts(made, category, answers).items()}
    facts = deals.Facts(**tables)
    found = scoring.day_of(facts, DAY, BOOK)["shop"]
    weighed = found.evidence
    lifted = resources.multipliers(found.score, weighed.deals, weighed.category, BOOK.resources, BOOK.prior.entities)
    row = weighed.entity.astype(int)
    score, multiplier = np.full(len(category), np.nan), np.ones(len(category))
    score[row], multiplier[row] = found.score, lifted
    return score, multiplier


def _table(engine: ibis.BaseBackend, name: str, table: pa.Table) -> ibis.Table:
    engine.con.register(name, table)
    return engine.table(name)


def _facts(made: Deals, category: NDArray[np.int64], answers: NDArray[np.int64]) -> dict[str, pa.Table]:
    size = len(made.buyer)
    key, shop = _text(np.arange(size)), _text(answers[made.shop])
    paid = np.datetime64(START, "us") + made.day.astype("timedelta64[D]") + np.arange(size).astype("timedelta64[us]")
    after = {name: pa.array(paid + np.timedelta64(days, "D")) for name, days in (("ship", 2), ("shipped", 1),
             ("arrive", 7), ("signed", 3), ("judged", 4))}  # fmt: skip
    empty = pa.array([], pa.timestamp("us"))
    wrong, told = pa.array(made.bad), pa.array(made.stars > 0)
    return {
        "lines": pa.table({
            "line_id": key, "order_id": key, "shop_id": shop, "product_id": shop, "buyer": _text(made.buyer),
            "category_id": _text(category[answers[made.shop]]), "placed_at": pa.array(paid),
        }),
        "paid": pa.table({"order_id": key, "at": pa.array(paid), "promised_ship_at": after["ship"],
                          "promised_arrival_at": after["arrive"]}),
        "shipped": pa.table({"order_id": key, "at": after["shipped"]}),
        "signed": pa.table({"order_id": key, "at": after["signed"]}),
        "cancelled": pa.table({"order_id": pa.array([], pa.string()), "at": empty, "by": pa.array([], pa.string())}),
        "complaints": pa.table({"line_id": key, "at": after["judged"],
                                "reason": pa.array(["quality"] * size)}).filter(wrong),
        "reviews": pa.table({"line_id": key, "at": after["judged"], "stars": pa.array(made.stars)}).filter(told),
        "voids": pa.table({"line_id": pa.array([], pa.string())}),
    }  # fmt: skip


def _text(values: NDArray[np.int64]) -> pa.Array:
    return pa.array(values).cast(pa.string())

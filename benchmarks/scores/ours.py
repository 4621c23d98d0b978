"""The engine's own way: facts from Parquet, all scores of a day."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import ibis

from benchmarks.scores import market
from benchmarks.scores.market import FIRST, TABLES, path
from laotie.engine.scores import engines
from laotie.engine.scores.deals import Facts
from laotie.engine.scores.judging import OF_LINES, OF_ORDERS
from laotie.engine.scores.sides import Sides


def facts(connection: Any, folder: Path, first: int, last: int) -> Facts:
    """The facts of days first … last as tables of the engine."""
    tables = {name: table(connection, folder, name, first, last) for name in TABLES}
    exposures = tables.pop("exposures")
    cases = tables.pop("cases")
    shown = exposures.select("product_id", "shown", day="at")
    products = connection.read_parquet(str(folder / "products.parquet"))
    return Facts(**tables, sides=Sides(products=products, cases=cases, exposures=shown))


def table(connection: Any, folder: Path, name: str, first: int, last: int) -> ibis.Table:
    """The files of a table that are there; a rare kind of fact may have none of these days."""
    days = {path(folder, name, day).name for day in range(first, last + 1)}
    paths = [str(file) for file in sorted((folder / name).iterdir()) if file.name in days]
    if not paths:
        return table(connection, folder, name, 0, market.DAYS).limit(0)
    if connection.name == "duckdb":
        return _duckdb(connection, paths)
    return connection.read_parquet(paths[0]) if len(paths) == 1 else _spark(connection, paths)


def _duckdb(connection: Any, paths: list[str]) -> ibis.Table:
    """In DuckDB's own words: Ibis takes ten times as long to say a hundred paths."""
    name = ibis.util.gen_name("read")
    connection.con.execute(f"CREATE TEMP VIEW {name} AS SELECT * FROM read_parquet({paths!r})")
    return connection.table(name)


def _spark(connection: Any, paths: list[str]) -> ibis.Table:
    name = ibis.util.gen_name("read")
    connection._session.read.parquet(*paths).createOrReplaceTempView(name)
    return connection.table(name)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def touched(connection: Any, folder: Path, facts: Facts, first: int, last: int) -> ibis.Table:
    """The lines that facts of days first … last are about."""
    fresh = {name: table(connection, folder, name, first, last) for name in (*OF_ORDERS, *OF_LINES)}
    orders = [fresh[name].select("order_id") for name in OF_ORDERS]
    known = engines.held(ibis.union(*orders).distinct())
    lines = [fresh[name].select("line_id") for name in OF_LINES]
    named = table(connection, folder, "lines", first, last).select("line_id")
    return ibis.union(named, facts.lines.semi_join(known, "order_id").select("line_id"), *lines)

"""What a ledger asks of its database in the words of Ibis, as SQL that is made once.

It is the same every night, and to put it into SQL takes Python longer than the database to answer it. So it is said of
tables under fixed names, whose rows are another night's each time, and kept by what it depends on: their columns.
"""

from collections.abc import Mapping
from functools import cache, lru_cache

import ibis
from ibis.expr.schema import Schema
from ibis.expr.types import Table

from laotie.engine.scores import deals
from laotie.engine.scores.counting import DEAL, SELLERS, grouped_by, nth_of
from laotie.engine.scores.metrics import OF_DEALS
from laotie.engine.scores.rulebook import Cohort
from laotie.engine.scores.sides import Sides, observations
from laotie.engine.scores.tally import linked

Columns = tuple[tuple[str, Schema], ...]  # of tables by name
KEY = "string"  # or whatever a market's keys are: nothing here asks
KEPT = dict.fromkeys(DEAL, KEY) | {"matured_at": "timestamp", "day": "int32", "review_day": "int32", "net": "int64"}
KEPT |= dict.fromkeys(OF_DEALS, "int8") | {"nth": "int64", "creator_nth": "int64"}
MET = ("line_id", "buyer", "day", "matured_at")


def columns(tables: Mapping[str, Table]) -> Columns:
    """The columns of tables."""
    return tuple((name, table.schema()) for name, table in tables.items())


@lru_cache(maxsize=8)
def judged(tables: Columns, absent: tuple[str, ...], rule: Cohort) -> str:
    """The deals that the lines `mine` are by the facts `about_paid`, `about_shipped` …: DEAL."""
    named = {name: ibis.table(schema, "mine" if name == "lines" else f"about_{name}") for name, schema in tables}
    return _sql(deals.deals(deals.Facts(**named, absent=absent), rule).select(*DEAL))


@lru_cache(maxsize=8)
def waking(paid: Schema, rule: Cohort) -> str:
    """When the deals of the orders `about_paid` wake, as `deals.waking` says."""
    return _sql(deals.waking(ibis.table(paid, "about_paid"), rule))


@cache
def numbered(seller: str, name: str, windows: tuple[int, ...]) -> str:
    """The deals `met` (line_id, buyer, `seller`, day, matured_at, was) by their number, as `nth_of` says."""
    met = ibis.table({each: KEPT[each] for each in (*MET, seller)} | {"was": "int64"}, "met")
    return _sql(nth_of(met, seller, name, windows).select("line_id", "day", "was", name))


@cache
def counted(page: str, kind: str, metrics: tuple[str, ...], *, told: bool) -> str:
    """The deals, or late reviews, under the name `page` by entity of a kind, as `grouped_by` says."""
    return _sql(grouped_by(ibis.table(KEPT, page), *SELLERS[kind], metrics, told=told))


@cache
def sold(kind: str) -> str:
    """Deals and value of the deals `sold` by entity of a kind and product."""
    return _sql(linked(ibis.table(KEPT, "sold"), kind))


@lru_cache(maxsize=8)
def observed(tables: Columns) -> dict[tuple[str, str], str]:
    """(kind, metric) → what is observed, as `observations` says, of the tables `beside_cases`, `beside_prices` …"""
    named = {name: ibis.table(schema, f"beside_{name}") for name, schema in tables}
    return {key: _sql(table) for key, table in observations(Sides(**named)).items()}


def _sql(table: Table) -> str:
    return str(ibis.to_sql(table, dialect="duckdb"))

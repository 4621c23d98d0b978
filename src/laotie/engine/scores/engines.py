"""The database engines that count: DuckDB, and Spark where a market is larger than a machine.

Both are given the same Ibis expressions. What differs is only how a table is held, so that it is computed once.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import gettempdir
from typing import Any
from uuid import uuid4

import ibis
import pyarrow as pa
from ibis.expr.types import Table

DUCKDB, SPARK = "duckdb", "spark"
ENGINES = (DUCKDB, SPARK)


class NoSpark(RuntimeError):
    """Spark was asked for and is not installed; the message says how to get it."""


@contextmanager
def engine(name: str = DUCKDB, threads: int | None = None) -> Iterator[Any]:
    """An Ibis connection of its own. Raises NoSpark."""
    if name == SPARK:
        with _spark(threads) as connection:
            yield connection
    else:
        connection = duckdb(**({"threads": threads} if threads else {}))
        try:
            yield connection
        finally:
            connection.disconnect()


def duckdb(**settings: Any) -> Any:
    """DuckDB in memory. What outgrows it goes where temporary files go, not to wherever the process was started; what
    files say of themselves is read once, for a ledger's pages are many and asked often."""
    spill = Path(gettempdir()) / f"laotie-{uuid4().hex}"
    connection = ibis.duckdb.connect(temp_directory=spill, **settings)
    connection.con.execute("SET parquet_metadata_cache = true")
    return connection


def spark_is_missing() -> str:
    """What Spark lacks on this machine, as a sentence; nothing where it can run."""
    if find_spec("pyspark") is None:
        return "Spark is not installed: pip install 'laotie[spark]'"
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        return "Spark needs Java 17 or newer, and there is no java on this machine: apt install default-jre-headless"
    return ""


@contextmanager
def _spark(threads: int | None) -> Iterator[Any]:
    if missing := spark_is_missing():
        raise NoSpark(missing)
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(f"local[{threads or '*'}]").appName("laotie")
    for key, value in SETTINGS.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    try:
        yield ibis.pyspark.connect(session)
    finally:
        session.stop()


SETTINGS = {
    "spark.sql.session.timeZone": "UTC",  # times are the market's wall clock, which has no zone
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.shuffle.partitions": "4",
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.memory": "3g",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
}


def given(connection: Any, name: str, table: pa.Table) -> Table:
    """An Arrow table as one of the engine's."""
    if connection.name == "duckdb":
        connection.con.register(name, table)  # ibis' own way makes a table, which this DuckDB refuses
        return connection.table(name)
    connection._session.createDataFrame(table).createOrReplaceTempView(name)
    return connection.table(name)


def held(table: Table) -> Table:
    """The same rows, computed now and once. The engine that made them holds them."""
    connection = table.get_backend()
    name = ibis.util.gen_name("held")
    query = ibis.to_sql(table)
    if connection.name == "duckdb":
        connection.con.execute(f"CREATE TEMP TABLE {name} AS {query}")
    else:
        connection._session.sql(str(query)).persist().createOrReplaceTempView(name)
    return connection.table(name)


def dropped(table: Table) -> None:
    """Let go of what was held."""
    connection, name = table.get_backend(), table.get_name()
    if connection.name == "duckdb":
        connection.con.execute(f"DROP TABLE IF EXISTS {name}")
    else:
        connection._session.table(name).unpersist()
        connection._session.catalog.dropTempView(name)

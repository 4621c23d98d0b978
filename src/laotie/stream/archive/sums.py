"""A DuckDB in memory that reads times without an offset in a market's zone."""

import duckdb


def connect(time_zone: str) -> duckdb.DuckDBPyConnection:
    """A fresh database. It looks nowhere else: no extension is fetched from a network."""
    database = duckdb.connect(config={"autoinstall_known_extensions": "false"})
    database.execute(f"set TimeZone = '{time_zone}'")
    return database

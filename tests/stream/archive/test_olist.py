"""Olist's orders become an archive whose counts and sums are those of its files, less what is rejected by name."""

import os
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from laotie.stream.archive.checking import Archive, check
from laotie.stream.archive.converters import olist
from laotie.stream.archive.errors import BadArchive

DATA = Path(os.environ.get("LAOTIE_DATA", Path(__file__).parents[4] / "shared" / "data")) / "olist"
needs_olist = pytest.mark.skipif(not DATA.is_dir(), reason=f"Olist's files are not at {DATA} (LAOTIE_DATA)")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("olist") / "archive"
    olist.convert(DATA, folder)
    return check(folder)


def cents(archive: Archive, table: str, column: str) -> int:
    return sum(row[column] or 0 for row in archive.tables[table].select([column]).to_pylist())


def file_sum(name: str, column: str, key: str, rejected: set[str]) -> tuple[Decimal, Decimal]:
    """(whole sum, sum of the rejected) of a money column in an original file."""
    rows = duckdb.sql(
        f"select {key}, cast({column} as decimal(18,2)) "
        f"from read_csv('{DATA}/olist_{name}_dataset.csv', all_varchar = true)"
    ).fetchall()
    return sum((m for _, m in rows), Decimal()), sum((m for k, m in rows if k in rejected), Decimal())


@needs_olist
def test_counts_are_the_files_less_the_named_rejects(archive: Archive) -> None:
    counts = {name: (archive.read[name], archive.rejected(name)) for name in archive.tables if archive.read[name]}
    assert counts == {
        "categories": (104, 0), "buyers": (15261, 0), "shops": (1767, 0), "products": (8872, 0), "offers": (9104, 0),
        "orders": (15589, 782), "lines": (16890, 133), "parcels": (14036, 111), "payments": (16502, 845),
        "reviews": (9828, 834),
    }  # fmt: skip
    named = Counter((row["table"], row["reason"].split(",")[0]) for row in archive.rejects.to_pylist())
    assert named["orders", "has no lines"] == 670
    assert named["parcels", "is before its order was paid"] == 100
    assert all(row["source"] and row["reason"] for row in archive.rejects.to_pylist())


@needs_olist
@pytest.mark.parametrize(
    ("table", "columns", "file", "values", "key"),
    [
        ("lines", ("unit_price", "freight"), "order_items", "price::decimal(18,2) + freight_value::decimal(18,2)",
         "order_id || ':' || order_item_id"),
        ("payments", ("amount",), "order_payments", "payment_value",
         "order_id || ':' || split_part(payment_sequential, '.', 1)"),
    ],
)  # fmt: skip
def test_sums_are_the_files_to_the_cent(
    archive: Archive, table: str, columns: tuple[str, ...], file: str, values: str, key: str
) -> None:
    rejected = {row["key"] for row in archive.rejects.to_pylist() if row["table"] == table}
    whole, out = file_sum(file, values, key, rejected)
    assert whole == {"lines": Decimal("2432254.08"), "payments": Decimal("2562466.71")}[table]
    assert sum(cents(archive, table, column) for column in columns) == (whole - out) * 100


@needs_olist
def test_a_purchase_keeps_its_own_time(archive: Archive) -> None:
    order = next(row for row in archive.tables["orders"].to_pylist() if row["id"] == "98e3a00dc4ec45980ec0c6fb585edef4")
    assert order["placed_at"].isoformat() == "2018-04-11T15:51:28+00:00"  # 12:51:28 in Sao Paulo
    assert order["state"] == "done"


def test_a_folder_of_something_else_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(BadArchive) as error:
        olist.convert(tmp_path, tmp_path / "out")
    assert "has no olist_customers_dataset.csv" in str(error.value)
    for name, columns in olist.FILES.items():
        (tmp_path / f"olist_{name}_dataset.csv").write_text(columns.replace(" ", ",").replace("price", "cost"))
    with pytest.raises(BadArchive) as error:
        olist.convert(tmp_path, tmp_path / "out")
    assert "has no column price" in str(error.value)


def test_history_is_read_and_checked_without_django() -> None:
    offline = (
        "import sys; sys.modules['django'] = None\n"
        "import laotie.stream.archive.checking, laotie.stream.archive.converters, laotie.runtime.commands.archive\n"
        "import laotie.runtime.commands.archive_report"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3] / "src")}
    assert subprocess.run([sys.executable, "-c", offline], check=False, env=environment).returncode == 0

"""Olist's published orders (Brazil, 2016–2018) as an archive.

What its files do not say is made from what they do, always the same way; `docs/archive.md` lists every such choice:
names of shops and people from their hashes, titles from category and number, offers from the pairs of product and
seller, one order a seller where a basket held several. Amounts and times are passed on as they are written.
"""

from importlib import resources
from pathlib import Path

import duckdb

from laotie.stream.archive.errors import BadArchive
from laotie.stream.archive.reading import read_csv
from laotie.stream.archive.sheet import Sheet
from laotie.stream.archive.sums import connect
from laotie.stream.archive.tables import TABLES
from laotie.stream.archive.writing import write_archive

FILES = {
    "customers": "customer_id customer_unique_id customer_zip_code_prefix customer_city customer_state",
    "order_items": "order_id order_item_id product_id seller_id shipping_limit_date price freight_value",
    "order_payments": "order_id payment_sequential payment_type payment_value",
    "order_reviews": "review_id order_id review_score review_comment_title review_comment_message "
    "review_answer_timestamp",
    "orders": "order_id customer_id order_status order_purchase_timestamp order_approved_at "
    "order_delivered_carrier_date order_delivered_customer_date order_estimated_delivery_date",
    "products": "product_id product_category_name product_photos_qty product_weight_g product_length_cm "
    "product_height_cm product_width_cm",
    "sellers": "seller_id seller_city seller_state",
}
WORDS = {
    "en": {"shop": "Shop", "buyer": "Buyer", "number": "No.", "weight": "Weight", "size": "Size", "photos": "Photos",
           "says": "From the orders that Olist published: its name, words and pictures were not among them."},
    "zh": {"shop": "小店", "buyer": "买家", "number": "第", "weight": "重量", "size": "尺寸", "photos": "图片数",
           "says": "来自 Olist 公开的真实订单；商品名称、文字和图片未随数据公开。"},
}  # fmt: skip


def convert(source: Path, out: Path, language: str = "en") -> None:
    """Write the archive of the Olist files in `source` to `out`, in `language` ("zh", "en"). Raises BadArchive."""
    sheet = Sheet("olist", "Olist", "BRL", "America/Sao_Paulo", language)
    with connect(sheet.time_zone) as database:
        for name, columns in FILES.items():
            _read(database, source, name, columns.split())
        for name in ("categories", "branches"):
            with resources.as_file(resources.files(__package__) / f"olist_{name}.csv") as path:
                database.register(f"olist_{name}", read_csv(path).table)
        database.execute("create table words as select unnest(?, recursive := true)", [WORDS[language]])
        database.execute(f"set variable language = '{language}'")
        database.execute((resources.files(__package__) / "olist.sql").read_text(encoding="utf-8"))
        made = {row[0] for row in database.execute("select table_name from duckdb_tables()").fetchall()}
        tables = {t.name: database.table(t.name).to_arrow_table() for t in TABLES if t.name in made}
    write_archive(out, sheet, tables)


def _read(database: duckdb.DuckDBPyConnection, source: Path, name: str, columns: list[str]) -> None:
    path = source / f"olist_{name}_dataset.csv"
    if not path.is_file():
        raise BadArchive(path=source, reason=f"it is said to be Olist's, but has no {path.name}")
    raw = read_csv(path)
    absent = [column for column in columns if column not in raw.table.column_names]
    if absent:
        raise BadArchive(path=path, reason=f"it is said to be Olist's, but has no column {', '.join(absent)}")
    if raw.malformed:
        raise BadArchive(path=path, reason=f"line {raw.malformed[0].line} {raw.malformed[0].reason}")
    database.register(f"raw_{name}", raw.table)

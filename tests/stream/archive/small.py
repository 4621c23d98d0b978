"""A small archive on which every table has a row, to be spoilt one way at a time."""

from copy import deepcopy
from pathlib import Path
from typing import Any

from laotie.stream.archive.sheet import Sheet, write_sheet
from laotie.stream.archive.writing import write_rows

SHEET = Sheet("small", "Small", "CNY", "Asia/Shanghai", "en")
ROWS: dict[str, list[dict[str, Any]]] = {
    "categories": [
        {"id": "food", "name_zh": "食品", "name_en": "Food"},
        {"id": "sea", "parent": "food", "name_zh": "海鲜", "name_en": "Seafood"},
    ],
    "buyers": [
        {"id": "ann", "name": "Ann", "joined_at": "2026-01-01", "region": "上海", "email": "ann@example.org"},
        {"id": "bo", "name": "Bo", "joined_at": "2026-01-02"},
    ],
    "shops": [{"id": "pier", "name": "Pier", "slug": "pier", "owner": "bo", "approved_at": "2026-01-03"}],
    "products": [
        {"id": "prawn", "shop": "pier", "category": "sea", "title": "Prawns", "facts": {"Weight": "500 g"},
         "listed_at": "2026-01-04"},
    ],
    "offers": [
        {"id": "prawn-s", "product": "prawn", "shop": "pier", "price": "69.90", "options": "500 g", "stock": 5},
        {"id": "prawn-l", "product": "prawn", "shop": "pier", "price": "129", "options": "1 kg", "stock": 3},
    ],
    "orders": [
        {"id": "o1", "checkout": "c1", "buyer": "ann", "shop": "pier", "state": "done",
         "placed_at": "2026-02-01 10:00", "paid_at": "2026-02-01 10:05", "done_at": "2026-02-11"},
        {"id": "o2", "buyer": "ann", "shop": "pier", "state": "paid", "placed_at": "2026-02-02 10:00",
         "paid_at": "2026-02-02 10:01"},
    ],
    "lines": [
        {"id": "l1", "order": "o1", "offer": "prawn-s", "quantity": 2, "unit_price": "69.90", "freight": "6"},
        {"id": "l2", "order": "o1", "offer": "prawn-l", "quantity": 1, "unit_price": "120", "discount": "10"},
        {"id": "l3", "order": "o2", "offer": "prawn-s", "quantity": 1, "unit_price": "65.5"},
    ],
    "parcels": [
        {"id": "p1", "order": "o1", "carrier": "SF", "tracking": "1", "shipped_at": "2026-02-02",
         "signed_at": "2026-02-04"},
    ],
    "payments": [
        {"id": "m1", "checkout": "c1", "method": "card", "amount": "255.80", "paid_at": "2026-02-01 10:05"},
        {"id": "m2", "checkout": "o2", "method": "card", "amount": "65.50", "paid_at": "2026-02-02 10:01"},
    ],
    "reviews": [{"id": "r1", "line": "l1", "stars": 5, "words": "Fresh.", "written_at": "2026-02-05"}],
    "refunds": [
        {"id": "f1", "order": "o1", "line": "l2", "amount": "10", "reason": "damaged", "state": "settled",
         "asked_at": "2026-02-05", "settled_at": "2026-02-06"},
    ],
    "follows": [{"id": "w1", "buyer": "ann", "shop": "pier", "started_at": "2026-01-20"}],
    "questions": [
        {"id": "q1", "buyer": "ann", "product": "prawn", "words": "Is it wild?", "asked_at": "2026-01-21",
         "answer": "Yes.", "answered_at": "2026-01-21 12:00"},
    ],
}  # fmt: skip


def rows() -> dict[str, list[dict[str, Any]]]:
    return deepcopy(ROWS)


def write(folder: Path, tables: dict[str, list[dict[str, Any]]], sheet: Sheet = SHEET) -> Path:
    """Write the tables as an archive of CSV files."""
    for name, table in tables.items():
        write_rows(folder, name, table)
    write_sheet(folder, sheet)
    return folder

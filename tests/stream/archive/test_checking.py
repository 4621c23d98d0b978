"""Every kind of bad line is rejected with its name, and what does not lean on it stands."""

from pathlib import Path
from typing import Any

import pytest

from laotie.stream.archive.checking import Archive, check
from laotie.stream.archive.errors import BadArchive
from tests.stream.archive import small


def rejected(archive: Archive) -> list[tuple[str, int, str, str]]:
    return [(row["table"], row["line"], row["column"], row["reason"]) for row in archive.rejects.to_pylist()]


def spoilt(folder: Path, table: str, row: int, **values: Any) -> list[tuple[str, int, str, str]]:
    """The rejects of the small archive with one row changed."""
    rows = small.rows()
    rows[table][row] |= values
    return rejected(check(small.write(folder, rows)))


def test_a_sound_archive_has_no_rejects_and_typed_rows(tmp_path: Path) -> None:
    archive = check(small.write(tmp_path, small.rows()))
    assert rejected(archive) == []
    assert archive.read == {name: len(rows) for name, rows in small.ROWS.items()}
    line = archive.tables["lines"].to_pylist()[0]
    assert (line["unit_price"], line["quantity"], line["freight"], line["discount"]) == (6990, 2, 600, None)
    placed = archive.tables["orders"].to_pylist()[0]["placed_at"]
    assert placed.isoformat() == "2026-02-01T02:00:00+00:00"  # ten in the morning in Shanghai


@pytest.mark.parametrize(
    ("table", "row", "values", "expected"),
    [
        ("offers", 1, {"price": "-1"}, ("offers", 3, "price", "is negative")),
        ("offers", 1, {"price": "1.005"}, ("offers", 3, "price", "is not an amount in CNY")),
        ("offers", 1, {"price": "cheap"}, ("offers", 3, "price", "is not an amount in CNY")),
        ("offers", 1, {"stock": "-3"}, ("offers", 3, "stock", "is not a whole number")),
        ("offers", 1, {"options": "500 g"}, ("offers", 3, "product", "is there already, on line 2")),
        ("products", 0, {"facts": "[1]"}, ("products", 2, "facts", "is not a JSON object")),
        ("products", 0, {"category": "none"}, ("products", 2, "category", "names no row of categories")),
        ("products", 0, {"title": "x" * 161}, ("products", 2, "title", "is longer than 160 characters")),
        ("products", 0, {"title": "a\0b"}, ("products", 2, "title", "holds characters that are no text")),
        ("categories", 0, {"parent": "sea"}, ("categories", 2, "parent", "does not lead to the top in three levels")),
        ("buyers", 1, {"email": "ANN@example.org"}, ("buyers", 3, "email", "is there already, on line 2")),
        ("shops", 0, {"slug": "Pier!"}, ("shops", 2, "slug", "is not letters, digits and dashes")),
        ("orders", 1, {"state": "lost"}, ("orders", 3, "state", "is none of placed, paid, shipped, signed, done, "
                                          "cancelled, refunding, refunded, disputed")),
        ("orders", 1, {"paid_at": "2026-02-02 09:00"}, ("orders", 3, "paid_at", "is before placed_at")),
        ("orders", 1, {"paid_at": ""}, ("orders", 3, "paid_at", "is missing: the order is paid")),
        ("orders", 1, {"placed_at": "2026-02-31"}, ("orders", 3, "placed_at", "is not a time")),
        ("orders", 1, {"placed_at": "0026-02-01"}, ("orders", 3, "placed_at",
                                                    "is not between the years 1970 and 2100")),
        ("orders", 1, {"buyer": "zed"}, ("orders", 3, "buyer", "names no row of buyers")),
        ("orders", 1, {"buyer": ""}, ("orders", 3, "buyer", "is missing")),
        ("orders", 1, {"id": "o1"}, ("orders", 3, "id", "is there already, on line 2")),
        ("orders", 1, {"checkout": "c1", "buyer": "bo"}, ("orders", 3, "checkout", "is another buyer’s")),
        ("lines", 1, {"discount": "500"}, ("lines", 3, "discount", "is more than the line costs")),
        ("lines", 1, {"quantity": "0"}, ("lines", 3, "quantity", "is not from 1 to 100000")),
        ("parcels", 0, {"signed_at": "2026-02-01"}, ("parcels", 2, "signed_at", "is before shipped_at")),
        ("parcels", 0, {"shipped_at": "2026-02-01 10:04"}, ("parcels", 2, "shipped_at",
                                                         "is before its order was paid")),
        ("payments", 1, {"checkout": "c9"}, ("payments", 3, "checkout", "names no checkout of the orders")),
        ("reviews", 0, {"stars": 6}, ("reviews", 2, "stars", "is not from 1 to 5")),
        ("reviews", 0, {"written_at": "2026-01-31"}, ("reviews", 2, "written_at", "is before its order was placed")),
        ("refunds", 0, {"line": "l3"}, ("refunds", 2, "line", "is of another order")),
        ("refunds", 0, {"settled_at": ""}, ("refunds", 2, "settled_at", "is missing: the refund was settled")),
        ("follows", 0, {"account": "bo"}, ("follows", 2, "shop", "or account must be there, and not both")),
        ("questions", 0, {"answered_at": "2026-01-20"}, ("questions", 2, "answered_at", "is before asked_at")),
    ],
)  # fmt: skip
def test_a_bad_line_is_named(
    tmp_path: Path, table: str, row: int, values: dict[str, Any], expected: tuple[str, int, str, str]
) -> None:
    assert expected in spoilt(tmp_path, table, row, **values)


def test_what_leans_on_a_rejected_line_says_so_and_the_rest_stands(tmp_path: Path) -> None:
    rows = small.rows()
    rows["orders"][0]["paid_at"] = "never"
    archive = check(small.write(tmp_path, rows))
    assert rejected(archive) == [
        ("orders", 2, "paid_at", "is not a time"),
        ("lines", 2, "order", "its row of orders was rejected"),
        ("lines", 3, "order", "its row of orders was rejected"),
        ("parcels", 2, "order", "its row of orders was rejected"),
        ("payments", 2, "checkout", "every order it paid was rejected"),
        ("reviews", 2, "line", "its row of lines was rejected"),
        ("refunds", 2, "order", "its row of orders was rejected"),
    ]
    assert [row["id"] for row in archive.tables["orders"].to_pylist()] == ["o2"]
    assert [row["id"] for row in archive.tables["payments"].to_pylist()] == ["m2"]


def test_an_order_falls_with_its_last_line_and_with_its_parcel(tmp_path: Path) -> None:
    rows = small.rows()
    rows["lines"][2]["offer"] = "nothing"
    rows["parcels"][0]["signed_at"] = "2026-02-01"
    reasons = rejected(check(small.write(tmp_path, rows)))
    assert ("orders", 3, "id", "all its lines were rejected") in reasons
    assert ("orders", 2, "state", "is done, but no parcel stands") in reasons


def test_one_bad_line_leaves_the_rest_of_its_order(tmp_path: Path) -> None:
    rows = small.rows()
    rows["lines"][1]["unit_price"] = "-120"
    archive = check(small.write(tmp_path, rows))
    assert [row["id"] for row in archive.tables["lines"].to_pylist()] == ["l1", "l3"]
    assert archive.rejected("orders") == 0


def test_lines_are_numbered_as_an_editor_would(tmp_path: Path) -> None:
    small.write(tmp_path, small.rows())
    (tmp_path / "reviews.csv").write_text(
        'id,line,stars,words,written_at\nr1,l1,5,"two\nlines",2026-02-05\nr2,l2,9,,2026-02-05\nr3,l3,4\n', "utf-8-sig"
    )
    assert rejected(check(tmp_path)) == [
        ("reviews", 4, "stars", "is not from 1 to 5"),
        ("reviews", 5, None, "has 3 values where the header has 5"),
    ]


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda folder: (folder / "market.toml").unlink(), "it has no market.toml"),
        (lambda folder: (folder / "orders.csv").unlink(), "it has no orders.csv or orders.parquet"),
        (lambda folder: (folder / "orders.csv").write_text("id,shop\n1,2\n"), "orders has no column buyer"),
        (lambda folder: (folder / "orders.csv").write_text(""), "its first line is not a header"),
        (lambda folder: (folder / "orders.parquet").write_text("x"), "orders is there twice"),
        (lambda folder: (folder / "market.toml").write_text("source = 1"), "market.toml cannot be used"),
    ],
)
def test_what_is_no_archive_is_refused_in_a_sentence(tmp_path: Path, spoil: Any, reason: str) -> None:
    spoil(small.write(tmp_path, small.rows()))
    with pytest.raises(BadArchive, match="is not an archive"):
        check(tmp_path)
    with pytest.raises(BadArchive) as error:
        check(tmp_path)
    assert reason in str(error.value)

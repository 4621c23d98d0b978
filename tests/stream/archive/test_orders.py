"""One file of orders, as a shop's software exports it, becomes an archive; what is wrong in it is named by its line."""

from pathlib import Path

import pytest

from laotie.stream.archive.checking import Archive, check
from laotie.stream.archive.converters import converter
from laotie.stream.archive.converters.orders import convert_in, names
from laotie.stream.archive.errors import BadArchive
from laotie.stream.archive.sheet import Sheet

ENGLISH = """order_id,store,product_name,customer,order_time,paid_time,ship_by,ship_time,delivered_at,qty,price,rating,\
reason
o1,Pier,Prawns,ann,2026-02-01 10:00,2026-02-01 10:05,2026-02-03,2026-02-02,2026-02-04,2,69.90,5,
o1,Pier,Crab,ann,2026-02-01 10:00,2026-02-01 10:05,2026-02-03,2026-02-02,2026-02-04,1,120,,arrived broken
o2,Pier,Prawns,bo,2026-02-02 10:00,2026-02-02 10:01,2026-02-04,,,1,65.5,,
"""
CHINESE = """订单编号,店铺名称,商品名称,买家昵称,下单时间,支付时间,发货时间,签收时间,数量,实付金额,退款原因,\
主播,订单关闭时间,关闭方
1,老码头,对虾,小安,2026-02-01 10:00,2026-02-01 10:05,2026-02-02,2026-02-04,2,139.80,质量问题,阿海,,
2,老码头,对虾,小波,2026-02-01 11:00,2026-02-01 11:05,,,1,69.90,,,2026-02-02,卖家
"""
SHEET = Sheet("orders", "export", "CNY", "Asia/Shanghai", "en")


def archive(folder: Path, written: str) -> Archive:
    (folder / "export.csv").write_text(written, encoding="utf-8-sig")
    convert_in(folder / "export.csv", folder / "archive", SHEET)
    return check(folder / "archive")


def test_an_export_is_an_archive_of_what_it_says(tmp_path: Path) -> None:
    found = archive(tmp_path, ENGLISH)
    assert found.rejects.to_pylist() == []
    assert [(row["id"], row["state"]) for row in found.tables["orders"].to_pylist()] == [
        ("o1", "signed"),
        ("o2", "paid"),
    ]
    lines = [(row["id"], row["quantity"], row["unit_price"]) for row in found.tables["lines"].to_pylist()]
    assert lines == [("o1:1", 2, 6990), ("o1:2", 1, 12000), ("o2:1", 1, 6550)]
    assert [(row["line"], row["stars"]) for row in found.tables["reviews"].to_pylist()] == [("o1:1", 5)]
    assert [(row["line"], row["reason"]) for row in found.tables["refunds"].to_pylist()] == [("o1:2", "damaged")]
    assert found.tables["offers"].num_rows == 2


def test_chinese_headers_mean_the_same(tmp_path: Path) -> None:
    found = archive(tmp_path, CHINESE)
    assert found.rejects.to_pylist() == []
    first, second = found.tables["orders"].to_pylist()
    assert (first["state"], second["state"], second["cancelled_by"]) == ("signed", "cancelled", "shop")
    line = found.tables["lines"].to_pylist()[0]
    assert (line["unit_price"], line["quantity"], line["creator"]) == (6990, 2, "阿海")
    assert found.tables["refunds"].to_pylist()[0]["reason"] == "quality"
    assert {row["id"] for row in found.tables["buyers"].to_pylist()} == {"小安", "小波", "阿海"}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("2026-02-02 10:01", "someday", ("orders", "paid_at", "is not a time", "export.csv:4")),
        (",65.5,", ",cheap,", ("lines", "unit_price", "is not an amount in CNY", "export.csv:4")),
        ("arrived broken", "because", ("refunds", "reason", "is none of quality", "export.csv:3")),
        (",5,", ",9,", ("reviews", "stars", "is not from 1 to 5", "export.csv:2")),
    ],
)
def test_a_bad_value_is_named_with_its_line_of_the_export(
    tmp_path: Path, old: str, new: str, expected: tuple[str, str, str, str]
) -> None:
    table, column, reason, source = expected
    rows = archive(tmp_path, ENGLISH.replace(old, new)).rejects.to_pylist()
    found = [row for row in rows if row["reason"].startswith(reason)]
    assert [(row["table"], row["column"], row["source"]) for row in found] == [(table, column, source)]


def test_lines_that_are_no_rows_come_back_by_their_number(tmp_path: Path) -> None:
    (tmp_path / "export.csv").write_text(ENGLISH + "o3,Pier\n", encoding="utf-8")
    (broken,) = convert_in(tmp_path / "export.csv", tmp_path / "archive", SHEET)
    assert (broken.line, broken.reason) == (5, "has 2 values where the header has 13")


def test_a_file_without_a_header_is_refused_with_the_mend(tmp_path: Path) -> None:
    (tmp_path / "export.csv").write_text(ENGLISH.split("\n", 1)[1], encoding="utf-8")
    with pytest.raises(BadArchive, match=r"export\.csv .*line 1 has no column order \(or order_id.*Put a header"):
        converter("orders")(tmp_path, tmp_path / "archive", "en")


def test_a_folder_of_two_files_does_not_say_which(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(ENGLISH, encoding="utf-8")
    with pytest.raises(BadArchive, match="there are 2; name the file"):
        converter("orders")(tmp_path, tmp_path / "archive", "en")


def test_no_name_of_a_column_means_two_things() -> None:
    every = [name for called in names().values() for name in called]
    assert len(every) == len(set(every))

"""A large market's facts, drawn a day at a time and written to Parquet once: the same seed gives the same files."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

FIRST = date(2026, 1, 1)
DAYS = 120  # ninety to score, thirty until their deals mature
SECOND = 1_000_000
DAY = 86_400 * SECOND
TABLES = ("lines", "paid", "shipped", "signed", "cancelled", "complaints", "reviews", "voids", "cases", "exposures")
REASONS = np.array(["quality", "damaged", "not_as_claimed", "service", "changed_mind", "late"])


@dataclass(frozen=True, slots=True)
class Size:
    """How many there are of everything, in proportion to the deals."""

    deals: int

    @property
    def shops(self) -> int:
        return max(self.deals // 500, 20)

    @property
    def products(self) -> int:
        return max(self.deals // 25, 100)

    @property
    def buyers(self) -> int:
        return max(self.deals // 5, 100)

    @property
    def creators(self) -> int:
        return max(self.deals // 2000, 10)


def write(folder: Path, deals: int, days: int = DAYS) -> Path:
    """The market's folder: a file for each table and day, by the day on which the facts happened."""
    done = folder_of(folder, deals, days)
    if (done / "whole").exists():
        return done
    random, size = np.random.default_rng(11), Size(deals)
    shops = _shops(random, size)
    late: dict[str, list[pa.Table]] = {}
    for number in range(days):
        first = number * (deals // days)
        drawn = _day(random, size, shops, number=number, first=first, count=deals // days)
        for name, table in drawn.items():
            late.setdefault(name, []).append(table)
    for name, tables in late.items():
        _by_day(done, name, pa.concat_tables(tables))
    pq.write_table(_products(size, shops), done / "products.parquet")
    (done / "whole").touch()
    return done


def folder_of(folder: Path, deals: int, days: int = DAYS) -> Path:
    """Where a market of this size is."""
    return folder / f"{deals}-{days}"


def path(folder: Path, table: str, day: int) -> Path:
    return folder / table / f"{day:04}.parquet"


def _shops(random: np.random.Generator, size: Size) -> dict[str, NDArray[Any]]:
    """Each product's shop and category, and how good each shop is."""
    popular = random.zipf(1.3, size.products) % size.shops
    return {
        "shop": popular.astype(np.int32),
        "category": (popular % 200).astype(np.int32),
        "late": random.beta(2, 30, size.shops),
        "bad": random.beta(1.5, 40, size.shops),
    }


def _products(size: Size, shops: dict[str, NDArray[Any]]) -> pa.Table:
    product = np.arange(size.products, dtype=np.int32)
    return pa.table({"product_id": product, "shop_id": shops["shop"], "category_id": shops["category"]})


def _day(
    random: np.random.Generator, size: Size, shops: dict[str, NDArray[Any]], *, number: int, first: int, count: int
) -> dict[str, pa.Table]:
    """The deals placed on a day and all that becomes of them."""
    line = np.arange(first, first + count, dtype=np.int64)
    order = line - (line % 8 == 7)  # every eighth line is the second of an order
    placed = _since(FIRST + timedelta(days=number)) + np.sort(random.integers(0, DAY, count))
    placed[line % 8 == 7] = placed[np.flatnonzero(line % 8 == 7) - 1] if count > 1 else placed[line % 8 == 7]
    product = (size.products * random.random(count) ** 2).astype(np.int32)
    shop, buyer = shops["shop"][product], (size.buyers * random.random(count) ** 1.5).astype(np.int32)
    late, bad = random.random(count) < shops["late"][shop], random.random(count) < shops["bad"][shop]
    head = line % 8 != 7
    signed = placed + np.where(late, 11, 4) * DAY + random.integers(0, DAY, count)
    gone, ends = random.random(count), signed + random.integers(1, 30, count) * DAY // 4
    kept = head & (gone > 0.02)
    shipped = kept & (random.random(count) > 0.004)
    known = ~np.isin(order, order[head & (gone <= 0.02)])
    asked = known & (bad | (random.random(count) < 0.02))
    return {
        "lines": _lines(random, size, line, order, shop, product, shops["category"][product], buyer, placed),
        "paid": pa.table({"order_id": order[head], "at": _at(placed[head]),
                          "promised_ship_at": _at(placed[head] + 2 * DAY),
                          "promised_arrival_at": _at(placed[head] + 8 * DAY)}),
        "shipped": pa.table({"order_id": order[shipped], "at": _at(placed[shipped] + DAY)}),
        "signed": pa.table({"order_id": order[shipped], "at": _at(signed[shipped])}),
        "cancelled": _cancelled(order, placed, head & (gone <= 0.02), gone),
        "complaints": pa.table({"line_id": line[asked], "at": _at(signed[asked] + DAY),
                                "reason": REASONS[random.integers(0, len(REASONS), int(asked.sum()))]}),
        "cases": _cases(random, line[asked], shop[asked], product[asked], signed[asked]),
        "reviews": _reviews(random, line, known, bad | late, ends),
        "voids": pa.table({"line_id": line[gone > 0.9995], "at": _at(ends[gone > 0.9995])}),
        "exposures": _exposures(random, size, number, count),
    }  # fmt: skip


def _lines(random: np.random.Generator, size: Size, *columns: NDArray[Any]) -> pa.Table:
    line, order, shop, product, category, buyer, placed = columns
    creator = (size.creators * random.random(len(line)) ** 2).astype(np.int32)
    through = random.random(len(line)) < 0.4
    return pa.table({
        "line_id": line, "order_id": order, "shop_id": shop, "product_id": product, "category_id": category,
        "buyer": buyer, "creator_id": pa.array(creator, mask=~through),
        "entry": pa.array(np.where(through, "session", "search")).dictionary_encode().cast(pa.string()),
        "value": random.integers(500, 50_000, len(line)), "placed_at": _at(placed),
    })  # fmt: skip


def _cancelled(order: NDArray[Any], placed: NDArray[Any], which: NDArray[Any], gone: NDArray[Any]) -> pa.Table:
    by = np.where(gone[which] < 0.01, "seller", "buyer")
    reason = np.where(gone[which] < 0.003, "sold_out", "changed")
    return pa.table({"order_id": order[which], "at": _at(placed[which] + DAY // 2), "by": by, "reason": reason})


def _cases(random: np.random.Generator, *columns: NDArray[Any]) -> pa.Table:
    line, shop, product, signed = columns
    took = random.lognormal(3.0, 1.2, len(line)) * 3600 * SECOND
    platform = random.random(len(line)) < 0.05
    return pa.table({
        "case_id": line, "shop_id": shop, "product_id": product, "asked_at": _at(signed + DAY),
        "at": _at(signed + DAY + took.astype(np.int64)), "platform": platform.astype(np.int8),
        "lost": (platform & (random.random(len(line)) < 0.5)).astype(np.int8),
    })  # fmt: skip


def _reviews(
    random: np.random.Generator, line: NDArray[Any], known: NDArray[Any], bad: NDArray[Any], at: NDArray[Any]
) -> pa.Table:
    wrote = known & (random.random(len(line)) < 0.4)
    stars = np.where(bad[wrote], random.integers(1, 4, int(wrote.sum())), random.integers(3, 6, int(wrote.sum())))
    return pa.table({"line_id": line[wrote], "at": _at(at[wrote]), "stars": stars.astype(np.int8)})


def _exposures(random: np.random.Generator, size: Size, number: int, count: int) -> pa.Table:
    product = np.unique((size.products * random.random(max(count // 4, 1)) ** 2).astype(np.int32))
    day = np.full(len(product), _since(FIRST + timedelta(days=number)))
    return pa.table({"product_id": product, "at": _at(day), "shown": random.integers(1, 400, len(product))})


def _by_day(folder: Path, name: str, table: pa.Table) -> None:
    """A file for each day on which the table's facts happened."""
    at = "placed_at" if name == "lines" else "at"
    number = (np.asarray(table[at].cast(pa.int64())) - _since(FIRST)) // DAY
    order = np.argsort(number, kind="stable")
    table, number = table.take(order), number[order]
    starts = np.flatnonzero(np.r_[True, number[1:] != number[:-1]]) if len(number) else np.array([], dtype=int)
    for start, end in zip(starts, [*starts[1:], len(number)], strict=True):
        target = path(folder, name, int(number[start]))
        target.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(table.slice(start, end - start), target)


def _since(day: date) -> int:
    return (day - date(1970, 1, 1)).days * DAY


def _at(microseconds: NDArray[Any]) -> pa.Array:
    return pa.array(microseconds.astype(np.int64)).cast(pa.timestamp("us"))

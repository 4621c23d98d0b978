"""Orders as sheets: a shop's list going out, and parcels coming in."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from laotie.kit import market
from laotie.kit.errors import MarketError
from laotie.kit.pages.problems import sentence
from laotie.trade.orders import actions, queries
from laotie.trade.orders.contracts import CARRIERS, Filter, Order

COLUMNS = (
    "number", "state", "placed_at", "paid_at", "ship_by", "shipped_at", "title", "options", "quantity", "unit_price",
    "freight", "total", "name", "phone", "region", "city", "street", "postcode", "note",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run
MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class Shipped:
    """One line of a sheet: `fault` is "" when its order was shipped."""

    line: int
    number: str
    fault: str


def export(account_id: UUID, merchant_id: UUID, wanted: Filter) -> Iterator[str]:
    """A shop's orders, one line of an order a row. Begins with a byte order mark, so that Excel reads Chinese."""
    yield "\ufeff" + _row(COLUMNS)
    number = 1
    while True:
        found = queries.orders_of_shop(account_id, merchant_id, wanted, number, size=200)
        for order in found.orders:
            yield from _rows(order)
        if number * found.size >= found.count:
            return
        number += 1


def _rows(order: Order) -> Iterator[str]:
    to = order.recipient
    for line in order.lines:
        yield _row((
            order.number, order.state.value, _time(order.placed_at), _time(order.paid_at), _time(order.ship_by),
            _time(order.shipped_at), line.title, line.options, line.quantity, line.unit_price.plain,
            line.freight.plain, (line.goods + line.freight).plain, to.name, to.phone, to.region, to.city, to.street,
            to.postcode, order.note,
        ))  # fmt: skip


def _time(at: Any) -> str:
    return at.astimezone(market.current().zone).isoformat(timespec="minutes") if at else ""


def _row(values: tuple[Any, ...]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(["'" + text if (text := str(value)).startswith(FORMULA) else text for value in values])
    return line.getvalue()


def ship_all(account_id: UUID, merchant_id: UUID, content: bytes) -> list[Shipped]:
    """Ship every order of a CSV of number, carrier, tracking number. A line that cannot be used stops no other."""
    try:
        text = content.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text)))
    except (UnicodeDecodeError, csv.Error):
        return [Shipped(1, "", _("This is not a CSV file in UTF-8."))]
    if len(rows) > MOST_ROWS:
        return [Shipped(MOST_ROWS, "", _("A sheet has at most {most} lines.").format(most=MOST_ROWS))]
    body = [(number, row) for number, row in enumerate(rows, 1) if any(cell.strip() for cell in row)]
    if body and body[0][1][0].strip().lower() == "number":
        body = body[1:]
    ids = queries.ids_by_number(merchant_id, [row[0].strip() for _number, row in body])
    return [_ship(account_id, ids, number, row) for number, row in body]


def _ship(account_id: UUID, ids: dict[str, UUID], line: int, row: list[str]) -> Shipped:
    if len(row) < 3:
        return Shipped(line, row[0][:30], _("Three columns are needed: number, carrier, tracking number."))
    number, carrier, tracking = (cell.strip() for cell in row[:3])
    if number not in ids:
        return Shipped(line, number[:30], _("The shop has no order of this number."))
    try:
        actions.ship(account_id, ids[number], _carrier(carrier), tracking)
    except MarketError as error:
        return Shipped(line, number, sentence(error))
    return Shipped(line, number, "")


def _carrier(text: str) -> str:
    """A carrier by its code or by any word of its name."""
    wanted = text.casefold()
    return next((code for code, name in CARRIERS.items() if wanted == code or wanted in name.casefold().split()), text)

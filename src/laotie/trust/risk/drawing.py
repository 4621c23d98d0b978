"""A finding as a picture: buyers × shops, a square where they dealt; and its deals day by day."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from laotie.kit import market
from laotie.trust.risk.contracts import Deal

ROWS, COLUMNS, CELL = 40, 24, 12


@dataclass(frozen=True, slots=True)
class Square:
    """`x`, `y` in units of the drawing; `deals` of this buyer with this shop; `marked`: one of them bears a trace."""

    x: int
    y: int
    deals: int
    marked: bool


@dataclass(frozen=True, slots=True)
class Matrix:
    """The busiest buyers (rows) and shops (columns), both by how many they dealt with."""

    buyers: tuple[UUID, ...]
    shops: tuple[UUID, ...]
    squares: tuple[Square, ...]
    more_buyers: int

    @property
    def width(self) -> int:
        return CELL * max(len(self.shops), 1)

    @property
    def height(self) -> int:
        return CELL * max(len(self.buyers), 1)

    @property
    def shown_width(self) -> int:
        return self._times * self.width

    @property
    def shown_height(self) -> int:
        return self._times * self.height

    @property
    def _times(self) -> int:
        """A small matrix is drawn at twice its size."""
        return 2 if len(self.shops) <= COLUMNS // 2 else 1


def matrix(deals: Sequence[Deal]) -> Matrix:
    """The matrix of a finding's deals."""
    cells = Counter((deal.buyer, deal.shop_id) for deal in deals)
    marked = {(deal.buyer, deal.shop_id) for deal in deals if deal.marks}
    buyers, shops = Counter(buyer for buyer, _ in cells), Counter(shop for _, shop in cells)
    rows = sorted(buyers, key=lambda buyer: (-buyers[buyer], buyer))[:ROWS]
    columns = sorted(shops, key=lambda shop: (-shops[shop], shop))[:COLUMNS]
    squares = [
        Square(CELL * columns.index(shop), CELL * rows.index(buyer), count, (buyer, shop) in marked)
        for (buyer, shop), count in sorted(cells.items())
        if buyer in rows and shop in columns
    ]
    return Matrix(tuple(rows), tuple(columns), tuple(squares), len(buyers) - len(rows))


@dataclass(frozen=True, slots=True)
class DayBar:
    """`height` in per cent of the busiest day's; `x` in units of the drawing."""

    day: date
    count: int
    x: int
    height: float


def by_day(deals: Sequence[Deal]) -> list[DayBar]:
    """How many deals on each day, from the first to the last."""
    counts = Counter(market.current().day(deal.placed_at) for deal in deals)
    if not counts:
        return []
    first, most = min(counts), max(counts.values())
    return [DayBar(day, count, 4 * (day - first).days, 100 * count / most) for day, count in sorted(counts.items())]

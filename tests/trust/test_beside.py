"""Which facts a night looks for when it asks what is news beside deals."""

from datetime import UTC, date, datetime

from laotie.engine.scores.sides import Sides
from laotie.trust.scores import beside
from laotie.trust.scores.reading import Reader


class Noting(Reader):
    """A reader of a lake that might hold anything, and holds nothing, which notes what it is asked for."""

    def __init__(self) -> None:
        super().__init__(self, date(2026, 1, 25), "UTC", datetime(2026, 1, 26, tzinfo=UTC))
        self.asked: set[str] = set()

    def has(self, kind):
        self.asked.add(kind)
        return True

    def paths(self, kind, *days, **which):
        self.asked.add(kind)
        return []


def test_all_that_is_read_beside_deals_is_looked_for_when_it_is_news():
    reader = Noting()
    lines = reader.table("line.placed", ["line_id", "product_id", "creator", "buyer"], at="placed_at")
    beside.sides(reader, lines, Sides())
    assert reader.asked == set(beside.KINDS)

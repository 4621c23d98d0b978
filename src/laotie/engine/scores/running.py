"""The sums of every window, carried from day to day: with the pages that came or changed, without those that left.

A deal weighs the same whole number as long as it is in a window (see `weighing`), so that what is carried is what would
be added up, to the unit.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from numpy.typing import NDArray

from laotie.engine.scores.counting import SELLERS, number
from laotie.engine.scores.moving import SIGN, moved
from laotie.engine.scores.pages import Pages
from laotie.engine.scores.pairs import Pairs, no_pairs
from laotie.engine.scores.rulebook import Cohort
from laotie.engine.scores.tally import linked, links_of
from laotie.engine.scores.weighing import Counts, base, counts_of, no_counts, weighted

Arrays = dict[str, NDArray[Any]]
Moved = tuple[set[str], set[str]]  # pages that came into a window, and that left it
FEW = 12  # pages of a day that are added one by one; the engine adds up more
DEALS = "deals"  # the pages of deals, by day
PLAIN, WEIGHTED, CATEGORIES = "plain", "weighted", "categories"


class Sums:
    """Sums by kind of entity, kept as arrays among the ledger's pages, which hold deals and counts by day.

    `metrics`: those of deals that each kind of entity is counted by.
    """

    def __init__(self, pages: Pages, rule: Cohort, metrics: Mapping[str, Sequence[str]]) -> None:
        self.pages, self.rule, self.metrics = pages, rule, metrics
        self._carried: tuple[int, dict[str, Counts], dict[str, Pairs]] = (-1, {}, {})  # the latest day's, at hand

    def carry(self, day: int, linking: Collection[str]) -> None:
        """Bring what is kept up to `day`, whose pages are written; which products were sold, of the kinds `linking`."""
        counts = {kind: self._counts_by(kind, day) for kind in self.metrics}
        links = {kind: self._links_by(kind, day) for kind in self.metrics if kind in linking}
        for kind, found in counts.items():
            self.pages.keep(f"sums_{kind}", _flat(found))
        for kind in self.metrics:
            self.pages.keep(f"links_{kind}", _arrays(links[kind]) if kind in links else {})
        self._carried = (day, counts, links)

    def counts(self, kind: str, day: int) -> Counts:
        """The counts of a kind as of `day`, by the pages that are written."""
        of, counts, _ = self._carried
        return counts[kind] if of == day else self._counts_by(kind, day)

    def links(self, kind: str, day: int) -> Pairs:
        """Which products the entities of a kind sold in the longest window up to `day`."""
        of, _, links = self._carried
        return links[kind] if of == day and kind in links else self._links_by(kind, day)

    def _counts_by(self, kind: str, day: int) -> Counts:
        since, kept = self._kept(f"sums_{kind}", day)
        known = _counts(since, kept) if since else no_counts(day, self.rule, self.metrics[kind])
        moves = [self._moved(f"counts_{kind}", since, day, days) for days in self.rule.windows]
        pages = set().union(*(names for move in moves for names in move))
        if not pages:
            return known.until(day, self.rule)
        added = self._few if len(pages) <= FEW else self._many
        return known.plus(added(kind, moves, known.day)).until(day, self.rule)

    def _few(self, kind: str, moves: Sequence[Moved], day: int) -> Counts:
        """What pages add, each read once."""
        signs: dict[tuple[int, ...], set[str]] = {}
        for page in set().union(*(names for move in moves for names in move)):
            signs.setdefault(tuple((page in came) - (page in left) for came, left in moves), set()).add(page)
        parts = []
        for own, pages in sorted(signs.items()):
            columns = ", ".join(f"{sign} AS {SIGN}{place}" for place, sign in enumerate(own))
            parts.append(f"SELECT *, {columns} FROM {self.pages.reading(pages)}")
        return moved(self.pages.rows(" UNION ALL BY NAME ".join(parts)), day, self.rule, self.metrics[kind])

    def _many(self, kind: str, moves: Sequence[Moved], day: int) -> Counts:
        """The same by the engine, which need not hold them all."""
        sources = [self._signed(came, left, kind) for came, left in moves]
        some = next(filter(None, sources))
        by_window = [self.pages.view("moved", each or f"{some} LIMIT 0") for each in sources]
        sums = weighted(by_window, self.rule, self.metrics[kind], base(day, self.rule))
        return counts_of(sums.to_pyarrow(), day, self.rule)

    def _links_by(self, kind: str, day: int) -> Pairs:
        since, kept = self._kept(f"links_{kind}", day)
        came, left = self._moved(DEALS, since, day, self.rule.windows[-1])
        sold = self._sold(came, kind).less(self._sold(left, kind))
        return Pairs(**kept).plus(sold) if since else sold

    def _kept(self, kind: str, day: int) -> tuple[int, Arrays]:
        """The day of what is kept and what it is; nothing (0) where it is no longer worth carrying on."""
        since = number(self.pages.day) if self.pages.day else 0
        kept = self.pages.kept(kind) if 0 <= day - since < self.rule.half_life else None
        return (since, kept) if kept else (0, {})

    def _moved(self, kind: str, since: int, day: int, days: int) -> Moved:
        """The pages that came into a window of `days` since the day `since` (0: all of them), and those that left."""
        before = range(since - days + 1, since + 1) if since else range(0)
        return self.pages.moved(kind, before, range(day - days + 1, day + 1))

    def _signed(self, came: set[str], left: set[str], kind: str) -> str:
        names = ["deals", "net", *(f"{part}_{m}" for m in self.metrics[kind] for part in ("n", "bad"))]
        less = ", ".join(f"-{name} AS {name}" for name in names)
        parts = [f"SELECT * FROM {self.pages.reading(came)}"] if came else []
        parts += [f"SELECT * REPLACE ({less}) FROM {self.pages.reading(left)}"] if left else []
        return " UNION ALL BY NAME ".join(parts)

    def _sold(self, pages: set[str], kind: str) -> Pairs:
        if not pages:
            return no_pairs()
        sold = f"SELECT {SELLERS[kind][0]}, product_id, net FROM {self.pages.reading(pages)}"
        rows = self.pages.view("sold", sold)
        return links_of(linked(rows, kind).to_pyarrow())


def _flat(counts: Counts) -> Arrays:
    """Counts as arrays by name; `_counts` puts them together again."""
    sums = {f"{part}.{name}": a for part in (PLAIN, WEIGHTED) for name, a in getattr(counts, part).items()}
    return {"names": counts.names} | sums | {f"{CATEGORIES}.{k}": a for k, a in _arrays(counts.categories).items()}


def _counts(day: int, arrays: Arrays) -> Counts:
    of: dict[str, Arrays] = {PLAIN: {}, WEIGHTED: {}, CATEGORIES: {}}
    for key, array in arrays.items():
        part, _, name = key.partition(".")
        if name:
            of[part][name] = array
    return Counts(day, arrays["names"], Pairs(**of[CATEGORIES]), of[PLAIN], of[WEIGHTED])


def _arrays(pairs: Pairs) -> Arrays:
    return {name: getattr(pairs, name) for name in Pairs.__slots__}

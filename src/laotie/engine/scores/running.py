"""The sums of deals in every window, carried from day to day: what would be added up, to the unit."""

from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Executor, Future
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from laotie.engine.scores.carrying import FEW, Arrays, Carried, Moved, every
from laotie.engine.scores.counting import SELLERS
from laotie.engine.scores.judging import DEALS
from laotie.engine.scores.moving import moved
from laotie.engine.scores.pages import Pages
from laotie.engine.scores.pairs import Pairs, no_pairs
from laotie.engine.scores.rulebook import Cohort
from laotie.engine.scores.tally import linked, links_of
from laotie.engine.scores.weighing import Counts, Ints, base, counts_of, no_counts, weighted

Found = TypeVar("Found")
Waiting = dict[str, Future[Found]]  # by kind
PLAIN, WEIGHTED, CATEGORIES = "plain", "weighted", "categories"


class Sums(Carried):
    """Sums by kind of entity, kept as arrays among the ledger's pages, which hold deals and counts by day.

    `metrics`: those of deals that each kind of entity is counted by.
    """

    def __init__(self, pages: Pages, rule: Cohort, metrics: Mapping[str, Sequence[str]]) -> None:
        super().__init__(pages, rule)
        self.metrics = metrics
        self._carried: tuple[int, Waiting[Counts], Waiting[Pairs]] = (-1, {}, {})  # the latest day's, at hand

    def carry(self, day: int, linking: Collection[str], aside: Executor) -> list[Future[Any]]:
        """Bring what is kept up to `day`, whose pages are written; which products were sold, of the kinds `linking`.
        The database is asked now, and what it said is added up and written down `aside`, while it does other work."""
        counts, links = {}, {}
        for kind in self.metrics:
            counts[kind] = aside.submit(self._written, f"sums_{kind}", self._counts_by(kind, day), _flat)
        for kind in self.metrics:
            if kind in linking:
                links[kind] = aside.submit(self._written, f"links_{kind}", self._links_by(kind, day), _arrays)
            else:
                self.pages.keep(f"links_{kind}", {})
        self._carried = (day, counts, links)
        return [*counts.values(), *links.values()]

    def counts(self, kind: str, day: int) -> Counts:
        """The counts of a kind as of `day`, by the pages that are written."""
        of, counts, _ = self._carried
        return counts[kind].result() if of == day else self._counts_by(kind, day)()

    def links(self, kind: str, day: int) -> Pairs:
        """Which products the entities of a kind sold in the longest window up to `day`."""
        of, _, links = self._carried
        return links[kind].result() if of == day and kind in links else self._links_by(kind, day)()

    def _written(self, kind: str, rest: Callable[[], Found], flat: Callable[[Found], Arrays]) -> Found:
        found = rest()
        self.pages.keep(kind, flat(found))
        return found

    def _counts_by(self, kind: str, day: int) -> Callable[[], Counts]:
        """What is left to do without the database."""
        since, kept = self._kept(f"sums_{kind}", day)
        known = _counts(since, kept) if since else no_counts(day, self.rule, self.metrics[kind])
        moves = [self._moved(f"counts_{kind}", since, day, days) for days in self.rule.windows]
        if not (pages := every(moves)):
            return lambda: known.plus(no_counts(known.day, self.rule, self.metrics[kind])).until(day, self.rule)
        added = (self._few if len(pages) <= FEW else self._many)(kind, moves, known.day)
        return lambda: known.plus(added()).until(day, self.rule)

    def _few(self, kind: str, moves: Sequence[Moved], day: int) -> Callable[[], Counts]:
        rows = self._signed_rows(moves)
        return lambda: moved(rows, day, self.rule, self.metrics[kind])

    def _many(self, kind: str, moves: Sequence[Moved], day: int) -> Callable[[], Counts]:
        """The same by the engine, which need not hold them all."""
        names = ["deals", "net", *(f"{part}_{m}" for m in self.metrics[kind] for part in ("n", "bad"))]
        sources = [self._signed(move, names) for move in moves]
        some = next(filter(None, sources))
        by_window = [self.pages.view("moved", each or f"{some} LIMIT 0") for each in sources]
        sums = weighted(by_window, self.rule, self.metrics[kind], base(day, self.rule)).to_pyarrow()
        return lambda: counts_of(sums, day, self.rule)

    def _links_by(self, kind: str, day: int) -> Callable[[], Pairs]:
        since, kept = self._kept(f"links_{kind}", day)
        move = self._moved(DEALS, since, day, self.rule.windows[-1])
        came, left = (self._sold(pages, kind) if pages else None for pages in move)

        def links() -> Pairs:
            sold = _links(came).less(_links(left))
            return Pairs(**kept).plus(sold) if since else sold

        return links

    def _sold(self, pages: set[str], kind: str) -> pa.Table:
        """Deals and value by entity and product."""
        sold = f"SELECT {SELLERS[kind][0]}, product_id, net FROM {self.pages.reading(pages)}"
        return linked(self.pages.view("sold", sold), kind).to_pyarrow()


def _links(table: pa.Table | None) -> Pairs:
    return no_pairs() if table is None else links_of(table)


def _flat(counts: Counts) -> Arrays:
    """Counts as arrays by name, those counted whole as narrow as they are: few are above a hundred. `_counts` puts them
    together again, and `Counts.plus` widens them."""
    sums = {f"{PLAIN}.{name}": _narrow(array) for name, array in counts.plain.items()}
    sums |= {f"{WEIGHTED}.{name}": array for name, array in counts.weighted.items()}
    return {"names": counts.names} | sums | {f"{CATEGORIES}.{k}": a for k, a in _arrays(counts.categories).items()}


def _narrow(array: Ints) -> NDArray[np.integer[Any]]:
    widths = (np.int8, np.int16, np.int32)
    low, high = (int(array.min()), int(array.max())) if array.size else (0, 0)
    fitting = (width for width in widths if np.iinfo(width).min <= low and high <= np.iinfo(width).max)
    return array.astype(next(fitting, np.int64), copy=False)


def _counts(day: int, arrays: Arrays) -> Counts:
    of: dict[str, Arrays] = {PLAIN: {}, WEIGHTED: {}, CATEGORIES: {}}
    for key, array in arrays.items():
        part, _, name = key.partition(".")
        if name:
            of[part][name] = array
    return Counts(day, arrays["names"], Pairs(**of[CATEGORIES]), of[PLAIN], of[WEIGHTED])


def _arrays(pairs: Pairs) -> Arrays:
    return {name: getattr(pairs, name) for name in Pairs.__slots__}

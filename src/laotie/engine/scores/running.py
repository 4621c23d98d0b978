"""The sums of deals in every window, carried from day to day: what would be added up, to the unit."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future
from functools import partial
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from laotie.engine.scores import compiled
from laotie.engine.scores.carrying import FEW, Arrays, Carried, Moved, every
from laotie.engine.scores.counting import SELLERS
from laotie.engine.scores.judging import DEALS
from laotie.engine.scores.moving import moved
from laotie.engine.scores.pages import Pages
from laotie.engine.scores.pairs import Pairs, no_pairs
from laotie.engine.scores.rulebook import Cohort
from laotie.engine.scores.tally import links_of
from laotie.engine.scores.weighing import Counts, Whole, base, counts_of, no_counts, weighted

Found = TypeVar("Found")
Adding = Callable[[Counts, bool], Counts]
AtHand = dict[str, tuple[int, Future[Found]]]  # by kind: of which day, and what was found
PLAIN, WEIGHTED, CATEGORIES = "plain", "weighted", "categories"


class Sums(Carried):
    """Sums by kind of entity, kept as arrays among the ledger's pages, which hold deals and counts by day.

    `metrics`: those of deals that each kind of entity is counted by.
    """

    def __init__(self, pages: Pages, rule: Cohort, metrics: Mapping[str, Sequence[str]]) -> None:
        super().__init__(pages, rule)
        self.metrics = metrics
        self._left: dict[str, tuple[list[set[str]], Future[Counts]]] = {}  # by kind: pages gone by window, what remains
        self._carried: AtHand[Counts] = {}
        self._linked: AtHand[Pairs] = {}
        self._unkept: list[tuple[str, Future[Any], Callable[[Any], Arrays]]] = []  # name, what was found, as arrays

    def leave(self, day: int, aside: Executor) -> None:
        """Take out of what is kept the pages that leave a window by `day`, whatever comes: `aside`, while the database
        does other work."""
        self._unkept = []
        for kind in self.metrics:
            since, kept = self._kept(f"sums_{kind}", day)
            left = [left for _, left in self._moves(kind, since, day)]
            gone = [(set[str](), pages) for pages in left]
            if since and 0 < len(every(gone)) <= FEW:
                rest = aside.submit(self._adding(kind, gone, since), _counts(since, kept), False)
                self._left[kind] = left, rest

    def link(self, kind: str, day: int, aside: Executor) -> None:
        """Bring up to `day`, whose deals are written, which products the entities of a kind sold. The database is asked
        now, and what it said is added up `aside`, while it does other work."""
        self._linked[kind] = day, aside.submit(self._links_by(kind, day))
        self._unkept.append((f"links_{kind}", self._linked[kind][1], _arrays))

    def carry(self, kind: str, day: int, aside: Executor) -> None:
        """The same of what is kept of a kind, when the counts of its days are written."""
        self._carried[kind] = day, aside.submit(self._counts_by(kind, day))
        self._unkept.append((f"sums_{kind}", self._carried[kind][1], _flat))

    def keep(self, aside: Executor) -> list[Future[None]]:
        """Write down `aside` what was carried and linked."""
        unkept, self._unkept = self._unkept, []
        return [aside.submit(self._keep, *each) for each in unkept]

    def counts(self, kind: str, day: int) -> Counts:
        """The counts of a kind as of `day`, by the pages that are written."""
        return _at_hand(self._carried, kind, day) or self._counts_by(kind, day)()

    def links(self, kind: str, day: int) -> Pairs:
        """Which products the entities of a kind sold in the longest window up to `day`."""
        return _at_hand(self._linked, kind, day) or self._links_by(kind, day)()

    def _keep(self, kind: str, found: Future[Any], flat: Callable[[Any], Arrays]) -> None:
        self.pages.keep(kind, flat(found.result()))

    def _moves(self, kind: str, since: int, day: int) -> list[Moved]:
        """The pages that moved, by window."""
        return [self._moved(f"counts_{kind}", since, day, days) for days in self.rule.windows]

    def _counts_by(self, kind: str, day: int) -> Callable[[], Counts]:
        """What is left to do without the database."""
        since, kept = self._kept(f"sums_{kind}", day)
        moves = self._moves(kind, since, day)
        known: Callable[[], Counts]
        if begun := self._left.pop(kind, None):
            before, known = begun[0], begun[1].result
            moves = [(came, left - gone) for (came, left), gone in zip(moves, before, strict=True)]
        else:
            known = (
                partial(_counts, since, kept) if since else partial(no_counts, kind, day, self.rule, self.metrics[kind])
            )
        adding = self._adding(kind, moves, since or day)
        return lambda: adding(known(), begun is not None).alive().until(day, self.rule)

    def _adding(self, kind: str, moves: Sequence[Moved], day: int) -> Adding:
        """How the rows of the pages that moved are added to what is known as of `day`, whose arrays may be used up or
        not. The engine adds many, which it need not hold all; few need no engine."""
        pages = every(moves)
        if 0 < len(pages) <= FEW:
            return lambda known, using_up: moved(known, self._signed_rows(moves), self.rule, using_up=using_up)
        added = self._many(kind, moves, day) if pages else no_counts(kind, day, self.rule, self.metrics[kind])
        return lambda known, _: known.plus(added)

    def _many(self, kind: str, moves: Sequence[Moved], day: int) -> Counts:
        names = ["deals", "net", *(f"{part}_{m}" for m in self.metrics[kind] for part in ("n", "bad"))]
        sources = [self._signed(move, names) for move in moves]
        some = next(filter(None, sources))
        by_window = [self.pages.view("moved", each or f"{some} LIMIT 0") for each in sources]
        sums = weighted(by_window, kind, self.rule, self.metrics[kind], base(day, self.rule)).to_pyarrow()
        return counts_of(sums, day, self.rule)

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
        self.pages.see("sold", f"SELECT {SELLERS[kind][0]}, product_id, net FROM {self.pages.reading(pages)}")
        # sums are wider than whole numbers, and would come as decimals, an object each
        return self.pages.table(f"SELECT * REPLACE (net::BIGINT AS net) FROM ({compiled.sold(kind)})")


def _at_hand(of: "AtHand[Found]", kind: str, day: int) -> Found | None:
    then, found = of.get(kind, (None, None))
    return found.result() if found and then == day else None


def _links(table: pa.Table | None) -> Pairs:
    return no_pairs() if table is None else links_of(table)


def _flat(counts: Counts) -> Arrays:
    """Counts as arrays by name, those counted whole as narrow as they are: few are above a hundred. `_counts` puts them
    together again, and `Counts.plus` widens them."""
    sums = {f"{PLAIN}.{name}": _narrow(array) for name, array in counts.plain.items()}
    sums |= {f"{WEIGHTED}.{name}": array for name, array in counts.weighted.items()}
    return {"names": counts.names} | sums | {f"{CATEGORIES}.{k}": a for k, a in _arrays(counts.categories).items()}


def _narrow(array: Whole) -> NDArray[np.integer[Any]]:
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

"""The sums of deals in every window, carried from day to day; what is carried is what would be added up, to the unit."""

from collections.abc import Collection, Mapping, Sequence

from laotie.engine.scores.carrying import FEW, Arrays, Carried, Moved, every
from laotie.engine.scores.counting import SELLERS
from laotie.engine.scores.moving import moved
from laotie.engine.scores.pages import Pages
from laotie.engine.scores.pairs import Pairs, no_pairs
from laotie.engine.scores.rulebook import Cohort
from laotie.engine.scores.tally import linked, links_of
from laotie.engine.scores.weighing import Counts, base, counts_of, no_counts, weighted

DEALS = "deals"  # the pages of deals, by day
PLAIN, WEIGHTED, CATEGORIES = "plain", "weighted", "categories"


class Sums(Carried):
    """Sums by kind of entity, kept as arrays among the ledger's pages, which hold deals and counts by day.

    `metrics`: those of deals that each kind of entity is counted by.
    """

    def __init__(self, pages: Pages, rule: Cohort, metrics: Mapping[str, Sequence[str]]) -> None:
        super().__init__(pages, rule)
        self.metrics = metrics
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
        if not (pages := every(moves)):
            return known.until(day, self.rule)
        added = self._few if len(pages) <= FEW else self._many
        return known.plus(added(kind, moves, known.day)).until(day, self.rule)

    def _few(self, kind: str, moves: Sequence[Moved], day: int) -> Counts:
        return moved(self._signed_rows(moves), day, self.rule, self.metrics[kind])

    def _many(self, kind: str, moves: Sequence[Moved], day: int) -> Counts:
        """The same by the engine, which need not hold them all."""
        names = ["deals", "net", *(f"{part}_{m}" for m in self.metrics[kind] for part in ("n", "bad"))]
        sources = [self._signed(move, names) for move in moves]
        some = next(filter(None, sources))
        by_window = [self.pages.view("moved", each or f"{some} LIMIT 0") for each in sources]
        sums = weighted(by_window, self.rule, self.metrics[kind], base(day, self.rule))
        return counts_of(sums.to_pyarrow(), day, self.rule)

    def _links_by(self, kind: str, day: int) -> Pairs:
        since, kept = self._kept(f"links_{kind}", day)
        came, left = self._moved(DEALS, since, day, self.rule.windows[-1])
        sold = self._sold(came, kind).less(self._sold(left, kind))
        return Pairs(**kept).plus(sold) if since else sold

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

"""What lies beside deals, kept by day as deals are, and carried from day to day.

What is observed on a day rests on facts that happened on that day or before it (see `sides`), so that days before the
first of the facts that are news stay as they are. What is told of a market as it stands is not kept: `RETOLD`.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta

import ibis
import pyarrow.compute as pc
from ibis import _
from ibis.expr.types import Table

from laotie.engine.scores.beside import SEEN, SideSums, no_sides, on, side_sums, summed
from laotie.engine.scores.carrying import FEW, Arrays, Carried, Moved, every
from laotie.engine.scores.counting import EPOCH
from laotie.engine.scores.moving import moved_sides
from laotie.engine.scores.pages import Pages
from laotie.engine.scores.rulebook import Cohort
from laotie.engine.scores.sides import RETOLD
from laotie.engine.scores.weighing import base

Seen = Mapping[tuple[str, str], Table]  # (kind, metric) → observations
NOTHING = "SELECT 0 AS day WHERE false"


class Observed(Carried):
    """Observations by kind of entity among the ledger's pages. `metrics`: those that each kind is observed by."""

    def __init__(self, pages: Pages, rule: Cohort, metrics: Mapping[str, Sequence[str]]) -> None:
        super().__init__(pages, rule)
        self.metrics = {kind: tuple(m for m in mine if m not in RETOLD) for kind, mine in metrics.items()}
        self._carried: tuple[int, dict[str, dict[str, SideSums]]] = (-1, {})  # the latest day's, at hand

    def carry(self, seen: Seen, day: int, first: int) -> None:
        """Bring what is kept up to `day`; observations of days before `first` are as they were."""
        for kind, metrics in self.metrics.items():
            mine = {metric: seen[kind, metric] for metric in metrics if (kind, metric) in seen}
            news = first if f"observed_{kind}" in self.pages.state.files else 0  # a ledger that did not keep them
            self._write(kind, mine, range(max(news, day - self.rule.windows[-1] + 1), day + 1))
        sums = {kind: self._sums_by(kind, day) for kind in self.metrics}
        for kind, found in sums.items():
            self.pages.keep(f"beside_{kind}", _flat(found))
        self._carried = (day, sums)

    def sums(self, kind: str, day: int) -> dict[str, SideSums]:
        """What was observed of a kind by metric, as of `day`, by the pages that are written."""
        of, sums = self._carried
        if kind not in self.metrics:
            return {}
        return sums[kind] if of == day else self._sums_by(kind, day)

    def _write(self, kind: str, mine: Mapping[str, Table], days: range) -> None:
        parts = [self.pages.query(_by_day(table, metric, days)) for metric, table in mine.items()]
        rows = " UNION ALL BY NAME ".join(f"({part})" for part in parts) or NOTHING
        self.pages.write(f"observed_{kind}", rows, "day", set(days))

    def _sums_by(self, kind: str, day: int) -> dict[str, SideSums]:
        since, kept = self._kept(f"beside_{kind}", day)
        move = self._moved(f"observed_{kind}", since, day, self.rule.windows[-1])
        known = {metric: no_sides(since or day) for metric in self.metrics[kind]} | _sums(since, kept)
        few = len(every([move])) <= FEW
        added = (self._few if few else self._many)(move, since or day, self.metrics[kind]) if every([move]) else {}
        return {m: (sums.plus(added[m]) if m in added else sums).until(day, self.rule) for m, sums in known.items()}

    def _few(self, move: Moved, day: int, metrics: Sequence[str]) -> dict[str, SideSums]:
        rows = self._signed_rows([move])
        own = {metric: rows.filter(pc.equal(rows["metric"], metric)) for metric in metrics}
        return {metric: moved_sides(mine, day, self.rule) for metric, mine in own.items() if mine.num_rows}

    def _many(self, move: Moved, day: int, metrics: Sequence[str]) -> dict[str, SideSums]:
        """The same by the engine, which need not hold them all."""
        rows = self.pages.view("moved", str(self._signed(move, SEEN)))
        dated, since = rows.mutate(on=rows.day), base(day, self.rule)
        own = {metric: summed(dated.filter(_.metric == metric), since, self.rule) for metric in metrics}
        return {metric: side_sums(mine.to_pyarrow(), day) for metric, mine in own.items()}


def _by_day(table: Table, metric: str, days: range) -> Table:
    """Observations of some days by entity and day."""
    first, last = (EPOCH + timedelta(days=day) for day in (days.start, days.stop - 1))
    inside = table.filter(_.entity.notnull() & table.day.cast("date").between(first, last))
    sums = {name: inside[name].sum().cast("int64") for name in SEEN}
    by = inside.group_by(entity=inside.entity.cast("string"), day=on(inside))
    return by.aggregate(**sums).mutate(metric=ibis.literal(metric))


def _flat(sums: Mapping[str, SideSums]) -> Arrays:
    """Sums as arrays by name; `_sums` puts them together again."""
    parts = ("names", "plain", "weighted")
    return {f"{metric}.{part}": getattr(found, part) for metric, found in sums.items() for part in parts}


def _sums(day: int, arrays: Arrays) -> dict[str, SideSums]:
    metrics = {key.partition(".")[0] for key in arrays}
    return {m: SideSums(day, arrays[f"{m}.names"], arrays[f"{m}.plain"], arrays[f"{m}.weighted"]) for m in metrics}

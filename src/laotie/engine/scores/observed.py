"""What lies beside deals, kept by day as deals are, and carried from day to day.

What is observed on a day rests on facts that happened on that day or before it (see `sides`), so that days before the
first of the facts that are news stay as they are. What is told of a market as it stands is not kept: `RETOLD`.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import fields
from datetime import timedelta

import pyarrow as pa
import pyarrow.compute as pc
from ibis import _

from laotie.engine.scores import compiled
from laotie.engine.scores.beside import SEEN, SideSums, no_sides, side_sums, summed
from laotie.engine.scores.carrying import FEW, Arrays, Carried, Moved, every
from laotie.engine.scores.counting import EPOCH
from laotie.engine.scores.moving import moved_sides
from laotie.engine.scores.pages import Pages
from laotie.engine.scores.rulebook import Cohort
from laotie.engine.scores.sides import RETOLD, Sides
from laotie.engine.scores.weighing import base

Key = tuple[str, str]  # kind of entity, metric
OBSERVED, BESIDE = "observed", "beside"  # pages by day, and the arrays of their sums
NOTHING = "SELECT 0 AS day WHERE false"


class Observed(Carried):
    """Observations of all kinds of entity among the ledger's pages. `metrics`: those that each kind is observed by."""

    def __init__(self, pages: Pages, rule: Cohort, metrics: Mapping[str, Sequence[str]]) -> None:
        super().__init__(pages, rule)
        self.metrics = [(kind, m) for kind, mine in metrics.items() for m in mine if m not in RETOLD]
        self._carried: tuple[int, Future[dict[Key, SideSums]]] | None = None  # the latest day's, at hand

    def carry(self, sides: Sides, day: int, first: int, aside: Executor) -> Future[dict[Key, SideSums]]:
        """Bring what is kept up to `day`; observations of days before `first` are as they were. The database is asked
        now, and what it said is added up and written down `aside`, while it does other work."""
        news = first if OBSERVED in self.pages.state.files else 0  # a ledger that did not keep them
        self._write(sides, range(max(news, day - self.rule.windows[-1] + 1), day + 1))
        found = aside.submit(self._kept_as, self._sums_by(day))
        self._carried = day, found
        return found

    def sums(self, kind: str, day: int) -> dict[str, SideSums]:
        """What was observed of a kind by metric, as of `day`, by the pages that are written."""
        at_hand = self._carried and self._carried[0] == day
        found = self._carried[1].result() if self._carried and at_hand else self._sums_by(day)()
        return {metric: sums for (of, metric), sums in found.items() if of == kind}

    def _kept_as(self, rest: Callable[[], dict[Key, SideSums]]) -> dict[Key, SideSums]:
        found = rest()
        self.pages.keep(BESIDE, _flat(found))
        return found

    def _write(self, sides: Sides, days: range) -> None:
        tables = {field.name: table for field in fields(sides) if (table := getattr(sides, field.name)) is not None}
        for name, table in tables.items():
            self.pages.see(f"beside_{name}", self.pages.query(table))
        seen = compiled.observed(compiled.columns(tables))
        parts = [_by_day(seen[key], key, days) for key in self.metrics if key in seen]
        rows = " UNION ALL BY NAME ".join(f"({part})" for part in parts) or NOTHING
        self.pages.write(OBSERVED, rows, "day", set(days))

    def _sums_by(self, day: int) -> Callable[[], dict[Key, SideSums]]:
        """What is left to do without the database."""
        since, kept = self._kept(BESIDE, day)
        move = self._moved(OBSERVED, since, day, self.rule.windows[-1])
        pages = every([move])
        come = (self._few if len(pages) <= FEW else self._many)(move, since or day) if pages else dict

        def sums() -> dict[Key, SideSums]:
            known, added = {key: no_sides(since or day) for key in self.metrics} | _sums(since, kept), come()
            return {k: (own.plus(added[k]) if k in added else own).until(day, self.rule) for k, own in known.items()}

        return sums

    def _few(self, move: Moved, day: int) -> Callable[[], dict[Key, SideSums]]:
        def moves() -> dict[Key, SideSums]:
            rows = self._signed_rows([move])
            own = {key: _of(rows, key) for key in self.metrics}
            return {key: moved_sides(mine, day, self.rule) for key, mine in own.items() if mine.num_rows}

        return moves

    def _many(self, move: Moved, day: int) -> Callable[[], dict[Key, SideSums]]:
        """The same by the engine, which need not hold them all."""
        rows = self.pages.view("moved", str(self._signed(move, SEEN)))
        dated, since = rows.mutate(on=rows.day), base(day, self.rule)
        own = {(kind, m): dated.filter((_.kind == kind) & (_.metric == m)) for kind, m in self.metrics}
        sums = {key: summed(mine, since, self.rule).to_pyarrow() for key, mine in own.items()}
        return lambda: {key: side_sums(mine, day) for key, mine in sums.items()}


def _of(rows: pa.Table, key: Key) -> pa.Table:
    kind, metric = key
    return rows.filter(pc.and_(pc.equal(rows["kind"], kind), pc.equal(rows["metric"], metric)))


def _by_day(observations: str, key: Key, days: range) -> str:
    """Observations of some days by entity and day."""
    kind, metric = key
    first, end = (EPOCH + timedelta(days=day) for day in (days.start, days.stop))
    sums = ", ".join(f"sum({name})::BIGINT AS {name}" for name in SEEN)
    return f"""SELECT entity::VARCHAR AS entity, date_diff('day', DATE '1970-01-01', day)::INTEGER AS day, {sums},
                      '{kind}' AS kind, '{metric}' AS metric
               FROM (SELECT * REPLACE (day::DATE AS day) FROM ({observations})
                     WHERE entity IS NOT NULL AND day >= DATE '{first}' AND day < DATE '{end}')
               GROUP BY ALL"""


def _flat(sums: Mapping[Key, SideSums]) -> Arrays:
    """Sums as arrays by name; `_sums` puts them together again."""
    parts = ("names", "plain", "weighted")
    return {f"{'.'.join(key)}.{part}": getattr(found, part) for key, found in sums.items() for part in parts}


def _sums(day: int, arrays: Arrays) -> dict[Key, SideSums]:
    def of(key: Key) -> SideSums:
        names, plain, weighted = (arrays[f"{'.'.join(key)}.{part}"] for part in ("names", "plain", "weighted"))
        return SideSums(day, names, plain, weighted)

    keys = dict.fromkeys(tuple(name.split(".")[:2]) for name in arrays)
    return {(kind, metric): of((kind, metric)) for kind, metric in keys}

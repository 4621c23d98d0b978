"""What lies beside deals, added up: whole numbers by entity in the longest window, whole and weighted by day."""

from dataclasses import dataclass, replace

import ibis
import numpy as np
import pyarrow as pa
from ibis import _
from ibis.expr.types import Column, Table
from numpy.typing import NDArray

from laotie.engine.scores import engines
from laotie.engine.scores.keys import coded, joined
from laotie.engine.scores.rulebook import Cohort
from laotie.engine.scores.weighing import FINE, Ints, Whole, add, base, forward, sources, spread

SEEN = ("n", "a", "b")  # of a side observation


@dataclass(frozen=True, slots=True)
class SideSums:
    """What was counted of one metric beside deals in the longest window up to `day` (counted from 1970): `n`, `a`, `b`
    as `sides` says, arrays of three × entities, whole (`plain`) and `weighted` in units of FINE deals (`weighing`).

    An entity of which only noughts were observed is left out.
    """

    day: int
    names: NDArray[np.str_]
    plain: Whole
    weighted: Whole

    def plus(self, more: "SideSums") -> "SideSums":
        """The sums of both, in the same units."""
        names, own, new = joined(self.names, more.names)
        source = sources(own, len(names))
        plain, weighted = (spread(mine, source) for mine in (self.plain, self.weighted))
        add(plain, new, more.plain)
        add(weighted, new, more.weighted)
        return SideSums(self.day, names, plain, weighted).held()

    def until(self, day: int, rule: Cohort) -> "SideSums":
        """The same as of a later day, in whose longest window all of it lies: exact, as that of deals is."""
        times = base(day, rule) - base(self.day, rule)
        return replace(self, day=day, weighted=self.weighted >> times if times else self.weighted)

    def held(self) -> "SideSums":
        """Those of whom anything is left."""
        held = self.plain.any(axis=0)
        if held.all():
            return self
        left = np.flatnonzero(held)  # places are taken several times as fast as a mask along a row
        plain, weighted = (np.take(values, left, axis=1) for values in (self.plain, self.weighted))
        return SideSums(self.day, self.names[left], plain, weighted)


def no_sides(day: int) -> SideSums:
    """Of nobody."""
    return SideSums(day, np.zeros(0, dtype=np.str_), *(np.zeros((len(SEEN), 0), dtype=np.int64) for _ in range(2)))


def on(table: Table) -> Column:
    """The day of each observation, counted from 1970; null where it is of the day itself."""
    found: Column = table.day.cast("date").epoch_days().cast("int32")
    return found


def grouped(table: Table, day: int, rule: Cohort, later: int = 0) -> Table:
    """Side observations by entity, inside the longest window. What has no day is of `day`."""
    then = day + later
    dated = table.mutate(on=on(table).fill_null(day))
    inside = dated.filter(_.entity.notnull() & dated.on.between(then - rule.windows[-1] + 1, day))
    return summed(inside, base(then, rule), rule)


def summed(rows: Table, since: int, rule: Cohort) -> Table:
    """Observations (entity, on, n, a, b) by entity, in units of the half-life `since`."""
    known = engines.given(rows.get_backend(), ibis.util.gen_name("forward"), forward(since, rule))
    rows = rows.inner_join(known, rows.on == known.of_day)
    weight = (rows.mantissa // FINE).cast("int64") * rows.doubled
    sums = {name: rows[name].sum() for name in SEEN} | {f"w_{name}": (rows[name] * weight).sum() for name in SEEN}
    return rows.group_by("entity").aggregate(**{name: found.cast("int64") for name, found in sums.items()})


def side_sums(table: pa.Table, day: int) -> SideSums:
    """From the table that `grouped` describes."""
    names, row = coded(table["entity"])

    def wide(name: str) -> Ints:
        found = np.zeros(len(names), dtype=np.int64)
        np.add.at(found, row, np.asarray(table[name].fill_null(0), dtype=np.int64))
        return found

    plain, weighted = ([wide(prefix + name) for name in SEEN] for prefix in ("", "w_"))
    return SideSums(day, names, np.array(plain), np.array(weighted)).held()

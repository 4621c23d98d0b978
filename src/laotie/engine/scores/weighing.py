"""From counts to weighted counts, still whole numbers and still the engine's work: sums of count × weight.

A deal weighs 2^(−age/half-life) / nth. It is counted by the other end: a deal of day d by 2^(d/half-life) / nth, and
who reads divides by what a deal of today weighs ("forward decay": Cormode, Shkapenyuk, Srivastava and Xu, ICDE 2009).
So a deal's weight is one whole number from the day on which it matures until it leaves: a mantissa of 31 bits for the
day's place in its half-life, divided by nth and rounded down, and doubled for every half-life since the oldest that
counts. Sums are exact, alike in every engine and in any order, and tomorrow's are today's, with the deals that came and
without those that left. Every window is added up by itself, with the n-th deal of that window, so that each entity's
own can be chosen afterwards.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
from ibis.expr.types import Table
from numpy.typing import NDArray

from laotie.engine.scores import engines
from laotie.engine.scores.counting import nth_in
from laotie.engine.scores.keys import coded, joined
from laotie.engine.scores.pairs import Pairs, no_pairs, pairs_of
from laotie.engine.scores.rulebook import Cohort

Ints = NDArray[np.int64]
Whole = NDArray[np.signedinteger[Any]]  # as wide as it must be
UNIT = 2**30
COARSE = 2**18  # of money only 2^-12 are told apart, so that sums of a large market stay below 2^63
FINE = 2**9  # of what lies beside deals (views are many) 2^-21
NTHS = {"first": 1, "second": 2}  # deals of a buyer
AGAIN = ("creator",)  # kinds of whose buyers it counts who came again
SEGMENTED = ("entity", "category", "segment")


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted of each entity in each window up to `day` (counted from 1970).

    `names`: sorted keys as text. `plain`: counted whole, `weighted`: in units of 2^-30 of a deal at the start of the
    oldest half-life (see `base`), arrays of windows × entities, of `deals`, `net` (minor units kept; 2^-12), for every
    metric m `n_m` and `bad_m` and, of kinds `AGAIN`, `first` and `second` (deals of buyers who came once, again; by age
    only).
    `categories`: the deals of each entity in the longest window, by category.
    """

    day: int
    names: NDArray[np.str_]
    categories: Pairs
    plain: dict[str, Whole]
    weighted: dict[str, Whole]

    @property
    def metrics(self) -> tuple[str, ...]:
        return tuple(name.removeprefix("n_") for name in self.plain if name.startswith("n_"))

    def plus(self, more: "Counts") -> "Counts":
        """The sums of both, in the same units; entities of whom nothing is left are left out."""
        both, new = self.among(more.names)
        for mine, theirs in ((both.plain, more.plain), (both.weighted, more.weighted)):
            for name, sums in mine.items():
                add(sums, new, theirs[name])
        return replace(both, categories=self.categories.plus(more.categories)).alive()

    def among(self, others: NDArray[np.str_], *, using_up: bool = False) -> tuple["Counts", Ints]:
        """The same in arrays of their own, in which the sorted `others` have a place, too; and where theirs are. Those
        of whom nothing is left have none of their own. `using_up`: its own arrays will do."""
        left = self._left()
        names, own, places = joined(self.names if left is None else self.names[left], others)
        source = sources(own, len(names), left)
        plain = {name: spread(values, source, whole(name), using_up) for name, values in self.plain.items()}
        weighted_ = {name: spread(values, source, np.int64, using_up) for name, values in self.weighted.items()}
        return replace(self, names=names, plain=plain, weighted=weighted_), places

    def alive(self) -> "Counts":
        """Those of whom anything is left."""
        left = self._left()
        if left is None:
            return self
        plain, weighted_ = (
            {name: np.take(values, left, axis=1) for name, values in part.items()}
            for part in (self.plain, self.weighted)
        )
        return replace(self, names=self.names[left], plain=plain, weighted=weighted_)

    def _left(self) -> Ints | None:
        """The places of those of whom anything is left; None: all. Of most there are deals, and that will do."""
        doubtful = np.flatnonzero(self.plain["deals"][-1] == 0)
        alive = np.zeros(len(doubtful), dtype=np.bool_)
        for values in self.plain.values():
            alive |= values[:, doubtful].any(axis=0)
        return None if alive.all() else np.delete(np.arange(len(self.names)), doubtful[~alive])

    def until(self, day: int, rule: Cohort) -> "Counts":
        """The same as of a later day, in whose windows all of it lies: exact, since all is of a later half-life too."""
        times = base(day, rule) - base(self.day, rule)
        if not times:
            return replace(self, day=day)
        halved = {name: values >> times for name, values in self.weighted.items()}
        return replace(self, day=day, weighted=halved, categories=self.categories.pruned())


def base(day: int, rule: Cohort) -> int:
    """The half-life, counted from 1970, in which the longest window up to `day` begins."""
    return (day - rule.windows[-1]) // rule.half_life


def unit(day: int, rule: Cohort) -> float:
    """What the first deal of `day` weighs in `Counts.weighted` as of that day."""
    return float(np.exp2(day / rule.half_life - base(day, rule)) * UNIT)


def forward(since: int, rule: Cohort) -> pa.Table:
    """The weight of a first deal by day, from the half-life `since` on: `mantissa` (nth divides it) × `doubled`."""
    days = since * rule.half_life + np.arange(rule.windows[-1] + 2 * rule.half_life + 1)
    halves, place = np.divmod(days, rule.half_life)
    mantissa = np.rint(np.exp2(place / rule.half_life) * UNIT).astype(np.int64)
    return pa.table({"of_day": days.astype(np.int32), "mantissa": mantissa, "doubled": 1 << (halves - since)})


def weight_of(age: int, nth: int, window: int, rule: Cohort) -> float:
    """How much a deal weighs in a window (days), of 1; nought outside the longest. `nth`: as `counting.nth_of` numbers
    it."""
    if not 0 <= age < rule.windows[-1]:
        return 0.0
    own = nth_in(nth, rule.windows.index(window), rule.windows)
    return float(int(np.rint(np.exp2(-age / rule.half_life) * UNIT)) // own) / UNIT


def inside(rows: Table, day: int, rule: Cohort) -> list[Table]:
    """What lies in each window up to `day`."""
    return [rows.filter(rows.day.between(day - days + 1, day)) for days in rule.windows]


def weighted(by_window: Sequence[Table], kind: str, rule: Cohort, metrics: Sequence[str], since: int) -> Table:
    """The expression: each window's rows of `counting.daily` or `counting.dealt` of a kind, added up by entity,
    category and segment (the window's place), in units of the half-life `since`."""
    known = engines.given(by_window[0].get_backend(), ibis.util.gen_name("forward"), forward(since, rule))
    nths = NTHS if kind in AGAIN else {}
    return ibis.union(*[_in_one(rows, known, rule, place, metrics, nths) for place, rows in enumerate(by_window)])


def _in_one(  # noqa: PLR0917
    rows: Table, known: Table, rule: Cohort, place: int, metrics: Sequence[str], nths: Mapping[str, int]
) -> Table:
    joined = rows.inner_join(known, rows.day == known.of_day)
    nth = nth_in(joined.nth, place, rule.windows).cast("int64")
    aged = joined.mutate(segment=ibis.literal(place, "int32"), nth=nth, share=(joined.mantissa // nth).cast("int64"))
    own = {name: (aged.nth == k).cast("int64") for name, k in nths.items()}
    coarse = (aged.share // COARSE).cast("int64")
    sums = {name: term.sum().cast("int64") for name, term in terms(aged, coarse, own, metrics).items()}
    return aged.group_by(*SEGMENTED).aggregate(**sums)


def terms(rows: Any, coarse: Any, own: Mapping[str, Any], metrics: Sequence[str]) -> dict[str, Any]:
    """What each row of `counting.daily` adds to every sum, of an engine's columns as of arrays: `share` is the mantissa
    of its n-th deal, `coarse` that in units of money, `own`: by `NTHS`, 1 where it counts such deals."""
    values = ["deals", *(f"{part}_{m}" for m in metrics for part in ("n", "bad"))]
    weight, whole = rows["share"] * rows["doubled"], rows["mantissa"] * rows["doubled"]
    found = {name: rows[name] for name in (*values, "net")} | {f"w_{name}": rows[name] * weight for name in values}
    found["w_net"] = rows["net"] * (coarse * rows["doubled"])
    for name, counts in own.items():
        found |= {name: rows["deals"] * counts, f"w_{name}": rows["deals"] * counts * whole}
    return found


def counts_of(table: pa.Table, day: int, rule: Cohort) -> Counts:
    """Counts as of `day` from the table that `weighted` describes."""
    names, row = coded(table["entity"])
    categories, category = coded(table["category"])
    windows, segment = len(rule.windows), _whole(table, "segment")
    own = [name for name in table.column_names if name not in SEGMENTED and not name.startswith("w_")]

    def wide(name: str) -> Ints:
        found = np.zeros(windows * len(names), dtype=np.int64)
        np.add.at(found, segment * len(names) + row, _whole(table, name))
        return found.reshape(windows, len(names))

    longest = segment == windows - 1
    held = (values[longest] for values in (row, category, _whole(table, "deals"), _whole(table, "net")))
    pairs = pairs_of(Pairs(names, categories, *held))
    plain = {name: wide(name).astype(whole(name), copy=False) for name in own}
    weighted_ = {name: wide(f"w_{name}") for name in own}
    return Counts(day, names, pairs, plain, weighted_).alive()


def no_counts(kind: str, day: int, rule: Cohort, metrics: Sequence[str]) -> Counts:
    """Of nobody."""
    names = [
        "deals",
        *(f"{part}_{m}" for m in metrics for part in ("n", "bad")),
        "net",
        *(NTHS if kind in AGAIN else ()),
    ]
    plain = {name: np.zeros((len(rule.windows), 0), whole(name)) for name in names}
    weighted_ = {name: np.zeros((len(rule.windows), 0), np.int64) for name in names}
    return Counts(day, np.zeros(0, dtype=np.str_), no_pairs(), plain, weighted_)


def _whole(table: pa.Table, name: str) -> Ints:
    return np.asarray(table[name].fill_null(0), dtype=np.int64)


def whole(name: str) -> type[np.signedinteger[Any]]:
    """How wide the sums under a name are that are counted whole: nobody has two thousand million deals."""
    return np.int64 if name == "net" else np.int32


def sources(own: Ints, size: int, left: Ints | None = None) -> Ints | None:
    """For each of `size` places the entity that comes there, or -1: those of a list, or the ones that are `left` of it,
    come to the places `own`. None where each stays where it is."""
    if left is None and len(own) == size:
        return None
    source = np.full(size, -1)
    source[own] = np.arange(len(own)) if left is None else left
    return source


def spread(
    mine: Whole, source: Ints | None, width: type[np.signedinteger[Any]] = np.int64, using_up: bool = False
) -> Whole:
    """An array of sums by entity as wide as `width`, with the entities that `source` names, one after the other (None:
    as they are); nought where it names none."""
    if source is None:
        return mine.astype(width, copy=not using_up)
    if not mine.shape[1]:
        return np.zeros((len(mine), len(source)), width)
    found = np.take(mine, source, axis=1).astype(width, copy=False)
    found[:, np.flatnonzero(source < 0)] = 0
    return found


def add(sums: Whole, place: Ints, more: Whole) -> None:
    """Add to sums by entity those of the entities in `place`: row by row, which is twice as fast as all at once."""
    for mine, theirs in zip(sums, more, strict=True):
        np.add.at(mine, place, theirs.astype(mine.dtype, copy=False))

"""The sums of the few rows that came into a window or left it, by NumPy.

Of a day's rows nearly each is of an entity of its own, so that an engine has nothing to add up and a wide table to hand
over. They are added where they belong instead, by the same terms (`weighing.terms`), to the same whole numbers.
"""

from dataclasses import replace

import numpy as np
import pyarrow as pa

from laotie.engine.scores.beside import SEEN, SideSums
from laotie.engine.scores.counting import nth_in
from laotie.engine.scores.keys import coded
from laotie.engine.scores.pairs import Pairs, pairs_of
from laotie.engine.scores.rulebook import Cohort
from laotie.engine.scores.weighing import COARSE, FINE, NTHS, Counts, Ints, add, base, forward, terms

SIGN = "sign_"  # how often a row counts in each window: 1 where it came, -1 where it left


def moved(known: Counts, table: pa.Table, rule: Cohort, *, using_up: bool = False) -> Counts:
    """Counts with rows of `counting.daily` added by their signs by window, in columns sign_0, sign_1, … Entities of
    whom nothing is left now are among them still. `using_up`: the arrays of what was known may become the sum's."""
    (names, row), (categories, category) = coded(table["entity"]), coded(table["category"])
    rows = _weighing(table, known.day, rule)
    both, places = known.among(names, using_up=using_up)
    where = places[row]
    for place in range(len(rule.windows)):
        sign = _whole(table, f"{SIGN}{place}")
        here = np.flatnonzero(sign)  # the others neither came into this window nor left it
        mine = {name: values[here] for name, values in rows.items()}
        nth = nth_in(mine["nth"], place, rule.windows)
        share = mine["mantissa"] // nth
        own = {name: (nth == k).astype(np.int64) for name, k in NTHS.items() if name in known.plain}
        for name, term in terms(mine | {"share": share}, share // COARSE, own, known.metrics).items():
            sums = both.weighted[name[2:]] if name.startswith("w_") else both.plain[name]
            add(sums[place : place + 1], where[here], (term * sign[here])[None])
    longest = _whole(table, f"{SIGN}{len(rule.windows) - 1}")
    pairs = pairs_of(Pairs(names, categories, row, category, rows["deals"] * longest, rows["net"] * longest))
    return replace(both, categories=known.categories.plus(pairs))


def moved_sides(table: pa.Table, day: int, rule: Cohort) -> SideSums:
    """The sums of one metric's rows of `beside`, of one window."""
    names, row = coded(table["entity"])
    rows, sign = _weighing(table, day, rule), _whole(table, f"{SIGN}0")
    weighted = rows["mantissa"] // FINE * rows["doubled"] * sign
    sums = np.zeros((2, len(SEEN), len(names)), dtype=np.int64)
    for part, by in zip(sums, (sign, weighted), strict=True):
        add(part, row, np.stack([rows[name] * by for name in SEEN]))
    return SideSums(day, names, *sums)


def _weighing(table: pa.Table, day: int, rule: Cohort) -> dict[str, Ints]:
    """The rows' numbers, and what a first deal of each row's day weighs."""
    keys = ("entity", "category", "kind", "metric")
    rows = {name: _whole(table, name) for name in table.column_names if name not in keys and not name.startswith(SIGN)}
    known = forward(base(day, rule), rule)
    of_day = rows["day"] - known["of_day"][0].as_py()
    return rows | {name: np.asarray(known[name], dtype=np.int64)[of_day] for name in ("mantissa", "doubled")}


def _whole(table: pa.Table, name: str) -> Ints:
    return np.asarray(table[name].fill_null(0), dtype=np.int64)

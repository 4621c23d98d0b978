"""The sums of the few rows that came into a window or left it, by NumPy.

Of a day's rows nearly each is of an entity of its own, so that an engine has nothing to add up and a wide table to hand
over. They are added where they belong instead, by the same terms (`weighing.terms`), to the same whole numbers.
"""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from laotie.engine.scores.beside import SEEN, SideSums
from laotie.engine.scores.counting import nth_in
from laotie.engine.scores.pairs import Pairs, coded, pairs_of
from laotie.engine.scores.rulebook import Cohort
from laotie.engine.scores.weighing import COARSE, FINE, Counts, Ints, base, forward, terms

SIGN = "sign_"  # how often a row counts in each window: 1 where it came, -1 where it left


def moved(table: pa.Table, day: int, rule: Cohort, metrics: Sequence[str]) -> Counts:
    """Counts as of `day` of rows of `counting.daily` with their signs by window, in columns sign_0, sign_1, …"""
    (names, row), (categories, category) = coded(table["entity"]), coded(table["category"])
    rows = _weighing(table, day, rule)
    plain: dict[str, Ints] = {}
    weighted: dict[str, Ints] = {}
    for place in range(len(rule.windows)):
        sign, nth = _whole(table, f"{SIGN}{place}"), nth_in(rows["nth"], place, rule.windows)
        share = rows["mantissa"] // nth
        own = {k: (nth == k).astype(np.int64) for k in (1, 2)}
        for name, term in terms(rows | {"share": share}, share // COARSE, own, metrics).items():
            part, key = (weighted, name[2:]) if name.startswith("w_") else (plain, name)
            sums = part.setdefault(key, np.zeros((len(rule.windows), len(names)), dtype=np.int64))
            np.add.at(sums[place], row, term * sign)
    longest = _whole(table, f"{SIGN}{len(rule.windows) - 1}")
    pairs = Pairs(names, categories, row, category, rows["deals"] * longest, rows["net"] * longest)
    return Counts(day, names, pairs_of(pairs), plain, weighted)


def moved_sides(table: pa.Table, day: int, rule: Cohort) -> SideSums:
    """The same of one metric's rows of `beside`, of one window."""
    names, row = coded(table["entity"])
    rows, sign = _weighing(table, day, rule), _whole(table, f"{SIGN}0")
    weight = rows["mantissa"] // FINE * rows["doubled"]

    def added(values: Ints) -> Ints:
        found = np.zeros(len(names), dtype=np.int64)
        np.add.at(found, row, values * sign)
        return found

    plain, weighted = ([added(rows[name] * by) for name in SEEN] for by in (1, weight))
    return SideSums(day, names, np.array(plain), np.array(weighted))


def _weighing(table: pa.Table, day: int, rule: Cohort) -> dict[str, Ints]:
    """The rows' numbers, and what a first deal of each row's day weighs."""
    keys = ("entity", "category", "metric")
    rows = {name: _whole(table, name) for name in table.column_names if name not in keys and not name.startswith(SIGN)}
    known = forward(base(day, rule), rule)
    of_day = rows["day"] - known["of_day"][0].as_py()
    return rows | {name: np.asarray(known[name], dtype=np.int64)[of_day] for name in ("mantissa", "doubled")}


def _whole(table: pa.Table, name: str) -> Ints:
    return np.asarray(table[name].fill_null(0), dtype=np.int64)

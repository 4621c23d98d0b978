"""Whole numbers by two keys (an entity and a category, an entity and a product), kept in order so that a few more are
added without sorting all again."""

from dataclasses import dataclass, replace

import numpy as np

from laotie.engine.scores.keys import Ints, Texts, joined, looked_up


@dataclass(frozen=True, slots=True)
class Pairs:
    """`row` and `other`: places in the sorted keys `names` and `others`, in rising order, each pair once. `deals` and
    `net` (minor units kept) of each pair; one without either is left out."""

    names: Texts
    others: Texts
    row: Ints
    other: Ints
    deals: Ints
    net: Ints

    def plus(self, more: "Pairs") -> "Pairs":
        """The sums of both. O(self) in copying, O(more · log(self)) in searching."""
        names, row, new_row = joined(self.names, more.names)
        others, other, new_other = joined(self.others, more.others)
        row, other, new_row, new_other = row[self.row], other[self.other], new_row[more.row], new_other[more.other]
        own, new = row * len(others) + other, new_row * len(others) + new_other
        place, known = looked_up(own, new)
        fresh = np.flatnonzero(~known)

        def inserted(mine: Ints, theirs: Ints) -> Ints:
            return np.insert(mine, place[fresh], theirs[fresh]) if len(fresh) else mine

        def added(mine: Ints, theirs: Ints) -> Ints:
            summed = np.array(mine)
            summed[place[known]] += theirs[known]
            return inserted(summed, theirs)

        row, other = inserted(row, new_row), inserted(other, new_other)
        return Pairs(names, others, row, other, added(self.deals, more.deals), added(self.net, more.net)).held()

    def less(self, gone: "Pairs") -> "Pairs":
        """Without the deals of others."""
        return self.plus(replace(gone, deals=-gone.deals, net=-gone.net))

    def held(self) -> "Pairs":
        """Those with deals. Of what is added or taken away there may be as many as before, of another value."""
        held = (self.deals != 0) | (self.net != 0)
        if held.all():
            return self
        left = np.flatnonzero(held)
        return replace(self, **{name: getattr(self, name)[left] for name in ("row", "other", "deals", "net")})

    def pruned(self) -> "Pairs":
        """Without keys of which there is no pair."""
        rows, row = np.unique(self.row, return_inverse=True)
        others, other = np.unique(self.other, return_inverse=True)
        return Pairs(self.names[rows], self.others[others], row, other, self.deals, self.net)


def pairs_of(rows: Pairs) -> Pairs:
    """The same in order and each once, of rows in any order."""
    keys, place = np.unique(rows.row * max(len(rows.others), 1) + rows.other, return_inverse=True)
    summed = [np.zeros(len(keys), dtype=np.int64) for _ in range(2)]
    for whole, values in zip(summed, (rows.deals, rows.net), strict=True):
        np.add.at(whole, place, values)
    row, other = np.divmod(keys, max(len(rows.others), 1))
    return Pairs(rows.names, rows.others, row, other, *summed).held()


def no_pairs() -> Pairs:
    """None."""
    none, nobody = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.str_)
    return Pairs(nobody, nobody, none, none, none, none)

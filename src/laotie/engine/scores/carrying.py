"""What is carried from day to day among the pages: read again, and what moved since.

A day's rows weigh the same whole number as long as they are in a window (see `weighing`), so that tomorrow's sums are
today's, with the pages that came or were written anew and without those that left.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from laotie.engine.scores.counting import number
from laotie.engine.scores.moving import SIGN
from laotie.engine.scores.pages import Pages
from laotie.engine.scores.rulebook import Cohort

Arrays = dict[str, NDArray[Any]]
Moved = tuple[set[str], set[str]]  # pages that came into a window, and that left it
FEW = 12  # pages of a day whose rows are added one by one; the engine adds up more


class Carried:
    """Sums kept as arrays among pages by day."""

    def __init__(self, pages: Pages, rule: Cohort) -> None:
        self.pages, self.rule = pages, rule

    def _kept(self, kind: str, day: int) -> tuple[int, Arrays]:
        """The day of what is kept and what it is; nothing (0) where it is no longer worth carrying on."""
        since = number(self.pages.day) if self.pages.day else 0
        kept = self.pages.kept(kind) if 0 <= day - since < self.rule.half_life else None
        return (since, kept) if kept else (0, {})

    def _moved(self, kind: str, since: int, day: int, days: int) -> Moved:
        """The pages that came into a window of `days` since the day `since` (0: all of them), and those that left."""
        before = range(since - days + 1, since + 1) if since else range(0)
        return self.pages.moved(kind, before, range(day - days + 1, day + 1))

    def _signed_rows(self, moves: Sequence[Moved]) -> pa.Table:
        """The rows of the pages that moved, each once, with their signs by window. Reads without the database."""
        parts = []
        for page in sorted(every(moves)):
            rows = self.pages.read(page)
            for place, (came, left) in enumerate(moves):
                signs = np.full(len(rows), (page in came) - (page in left), dtype=np.int8)
                rows = rows.append_column(f"{SIGN}{place}", pa.array(signs))
            parts.append(rows)
        return pa.concat_tables(parts, promote_options="default")

    def _signed(self, move: Moved, names: Iterable[str]) -> str | None:
        """The same of one window as SQL; the columns `names` of what left count against it."""
        came, left = move
        less = ", ".join(f"-{name} AS {name}" for name in names)
        parts = [f"SELECT * FROM {self.pages.reading(came)}"] if came else []
        parts += [f"SELECT * REPLACE ({less}) FROM {self.pages.reading(left)}"] if left else []
        return " UNION ALL BY NAME ".join(parts) or None


def every(moves: Sequence[Moved]) -> set[str]:
    """All pages that moved."""
    return set().union(*(names for move in moves for names in move))

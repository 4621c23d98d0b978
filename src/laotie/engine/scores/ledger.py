"""The counts of every day, kept in a folder, so that one more day costs what the day's facts cost.

A deal is judged once, when it matures, so that a day's counts stay as they are unless facts about it are recorded late.
A refresh looks again at the lines that new facts are about and at those that were due, but not at deals that cannot
mature yet; what comes out differently is written, by day, and those days alone are counted again. The sums of the
windows are carried on with what came and without what left. From an empty folder it is the full computation.

What deals are and how they are counted is said in Ibis, once, elsewhere; the bookkeeping here is DuckDB's own SQL.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ibis.expr.types import Table

from laotie.engine.scores import compiled
from laotie.engine.scores.beside import SideSums
from laotie.engine.scores.counting import EPOCH, number
from laotie.engine.scores.deals import Facts
from laotie.engine.scores.judging import DEALS, NUMBERED, TOLD, Judging
from laotie.engine.scores.observed import Observed
from laotie.engine.scores.pages import Pages
from laotie.engine.scores.pairs import Pairs
from laotie.engine.scores.rulebook import Cohort
from laotie.engine.scores.running import Sums
from laotie.engine.scores.sides import Sides, linking
from laotie.engine.scores.threads import aside
from laotie.engine.scores.weighing import Counts


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did: how many lines it looked at, and which days it counted again."""

    lines: int
    days: tuple[date, ...]


class Ledger:
    """Deals and counts by day, in a folder of `pages`. One writer at a time: that is the caller's to see to.

    `metrics`: those of deals that each kind of entity is counted by; `beside`: those beside deals.
    """

    def __init__(
        self,
        pages: Pages,
        rule: Cohort,
        metrics: Mapping[str, Sequence[str]],
        beside: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self.pages, self.rule, self.metrics = pages, rule, metrics
        self._judging, self._sums = Judging(pages, rule), Sums(pages, rule, metrics)
        self._observed = Observed(pages, rule, beside or {})
        self._coming: date | None = None  # the day that it is being brought up to

    def refresh(
        self,
        facts: Facts,
        touched: Table,
        day: date,
        known: str = "",
        since: date | None = None,
        *,
        counted: Callable[[str], None] = lambda kind: None,
    ) -> Refreshed:
        """Bring the counts up to `day`. `facts`: all that is known; `touched`: the line_ids that facts unknown at the
        last refresh are about (of an empty ledger: all); `since`: the first day on which such facts beside deals
        happened (None: any day). `known`: the caller's mark of what is known now. `counted` is called with each kind
        as soon as what it is counted by is read: from then on it may be asked for in another thread, before anything
        is in force."""
        self._coming = day
        try:
            with aside() as thread:
                judging = self._judging.ask(facts, thread)
                self._sums.leave(number(day), thread)  # first: arrays need no interpreter, which is busy asking
                waiting: list[Future[Any]] = [thread.submit(self.pages.sweep)]
                lines = self._judging.look(facts, touched, day, judging)
                waiting += [self._observed.carry(facts.sides, number(day), self._news(since), thread)]
                days = self._judging.write_deals(day)
                days |= self._judging.write_told(day)
                linking = self._linking(facts.sides)
                for kind in self.metrics:
                    self._count(kind, days)
                    self._sums.carry(kind, number(day), thread)
                    if kind in linking:
                        self._sums.link(kind, number(day), thread)
                    counted(kind)
                waiting += self._sums.keep(thread)
                self._judging.write_open(day)
            for each in waiting:
                each.result()
            self.pages.turn(day, known, self._judging.oldest(day))
        finally:
            self._coming = None
        return Refreshed(lines, tuple(sorted(EPOCH + timedelta(days=each) for each in days)))

    def counts(self, kind: str, later: int = 0) -> Counts:
        """The counts of a kind as of the ledger's day; or as they weigh `later` days after it, had nothing happened."""
        return self._sums.counts(kind, number(self._day) + later)

    def sides(self, kind: str, later: int = 0) -> dict[str, SideSums]:
        """What the ledger keeps of a kind beside deals, by metric, in the same way."""
        return self._observed.sums(kind, number(self._day) + later)

    def links(self, kind: str) -> Pairs | None:
        """Which products the entities of a kind sold in the longest window."""
        return None if kind == "product" else self._sums.links(kind, number(self._day))

    def cohort(self, day: date) -> Table | None:
        """The deals behind the counts of `day`, as `counting.cohort` gives them; late reviews are rows of their own."""
        last, first = number(day), number(day) - self.rule.windows[-1] + 1
        pages = [page for kind in (DEALS, TOLD) if (page := self.pages.sql(kind, first, last))]
        if not pages:
            return None
        rows = " UNION ALL ".join(f"SELECT {NUMBERED}, ({last} - day)::INTEGER AS age FROM {page}" for page in pages)
        return self.pages.view("cohort", rows)

    @property
    def _day(self) -> date:
        day = self._coming or self.pages.day
        if day is None:
            raise LookupError("the ledger has not been brought up to any day")
        return day

    def _linking(self, sides: Sides) -> list[str]:
        """The kinds of which it is kept which products they sold; of others it is kept no longer."""
        for kind in set(self.metrics) - set(linking(sides)):
            self.pages.keep(f"links_{kind}", {})
        return [kind for kind in self.metrics if kind in linking(sides)]

    def _news(self, since: date | None) -> int:
        """The first day of which anything beside deals may be another."""
        if since is None or self.pages.day is None:
            return 0
        return min(number(since), number(self.pages.day) + 1)

    def _count(self, kind: str, days: set[int]) -> None:
        """Count the days again by the entities of a kind."""
        if not days:
            return
        counted = []
        for page, day in ((DEALS, "day"), (TOLD, "review_day")):
            source = self.pages.sql_of(page, days)
            if source:
                self.pages.see(f"{page}_again", f"SELECT * REPLACE ({day} AS day) FROM {source}")
                counted.append(compiled.counted(f"{page}_again", kind, tuple(self.metrics[kind]), told=page == TOLD))
        both = " UNION ALL BY NAME ".join(f"({each})" for each in counted) or "SELECT 0 AS day, 0 AS net WHERE false"
        # sums are wider than files hold whole numbers, and would be written as floats
        self.pages.write(f"counts_{kind}", f"SELECT * REPLACE (net::BIGINT AS net) FROM ({both})", "day", days)

"""A night's scores from a ledger: what it counts, and what is scored while it is still counting.

The database counts one kind of entity after the other, in one thread; scores are arithmetic over arrays. So products
are scored in another while shops and creators are counted and the night's sums are written down. Nothing is in force
before all of it is written: who is killed meanwhile has scored in vain, and the ledger stands where it stood.
"""

from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date

from ibis.expr.types import Table

from laotie.engine.scores.beside import SideSums
from laotie.engine.scores.curves import Curves
from laotie.engine.scores.deals import Facts
from laotie.engine.scores.deductions import deducted
from laotie.engine.scores.evidence import Roster
from laotie.engine.scores.ledger import Ledger
from laotie.engine.scores.points import Scores
from laotie.engine.scores.rosters import asked, listed
from laotie.engine.scores.rulebook import Rulebook
from laotie.engine.scores.scoring import ORDER, Market, Turns, parents
from laotie.engine.scores.sides import Sides, linking, observations
from laotie.engine.scores.tally import Tally, everybody, sides_of

Sums = dict[str, SideSums]  # by metric
Deducted = dict[str, dict[str, float]]  # by kind and entity


def brought_up(  # noqa: PLR0917
    ledger: Ledger,
    facts: Facts,
    touched: Table,
    day: date,
    rulebook: Rulebook,
    curves: Mapping[str, Curves] | None = None,
    known: str = "",
    since: date | None = None,
) -> tuple[Market, dict[str, Scores]]:
    """Bring a ledger, whose metrics name the kinds in their ORDER, up to `day` (see `Ledger.refresh`): what was
    counted, and its scores by the week's `curves`, as `scoring.scored` would give them."""
    night, named = Night(ledger, facts.sides, day, rulebook), asked(facts.sides)
    above, off = parents(facts.sides), deducted(facts.sides.violations, day, rulebook.deductions)
    turns, taken = Turns(day, rulebook, above, curves or {}), list[Future[None]]()
    with ThreadPoolExecutor(1) as aside:
        rosters = aside.submit(listed, named)

        def take_turn(kind: str, beside: Sums) -> None:
            there = everybody(rosters.result().get(kind), beside)  # while its deals are added up still
            turns.take(night.tally(kind, beside), there, off.get(kind))

        def counted(kind: str) -> None:
            taken.append(aside.submit(take_turn, kind, night.beside(kind)))

        ledger.refresh(facts, touched, day, known, since, counted=counted)
        for each in taken:
            each.result()
    return night.market(rosters.result(), turns.tallies, above, off), turns.found


def counted_by(ledger: Ledger, sides: Sides, day: date, rulebook: Rulebook) -> Market:
    """The same as `scoring.counted` from a ledger that stands at `day`."""
    night = Night(ledger, sides, day, rulebook)
    off = deducted(sides.violations, day, rulebook.deductions)
    return night.market(listed(asked(sides)), night.tallies(0), parents(sides), off)


@dataclass(frozen=True, slots=True)
class Night:
    """A ledger that stands at `day` or is being brought up to it, the tables beside deals, and by which rulebook they
    are counted. The database is asked by `beside` and `market` only."""

    ledger: Ledger
    sides: Sides
    day: date
    rulebook: Rulebook

    def beside(self, kind: str, later: int = 0) -> Sums:
        """What lies beside the deals of a kind, by what the ledger keeps; the rest is counted from its facts. As it
        weighs `later` days after the night, if nothing happens."""
        seen = {key: table for key, table in observations(self.sides).items() if key[0] == kind}
        kept = {metric: sums for metric, sums in self.ledger.sides(kind, later).items() if (kind, metric) in seen}
        other = {key: table for key, table in seen.items() if key[1] not in kept}
        return kept | sides_of(other, kind, self.day, self.rulebook, later)

    def tally(self, kind: str, beside: Sums, later: int = 0) -> Tally:
        """What is counted of a kind, with what lies beside its deals."""
        links = self.ledger.links(kind) if kind in linking(self.sides) else None
        return Tally(kind, self.ledger.counts(kind, later), beside, links)

    def tallies(self, later: int) -> dict[str, Tally]:
        """Those of all kinds that the rulebook scores."""
        kinds = [kind for kind in ORDER if kind in self.rulebook.dimensions]
        return {kind: self.tally(kind, self.beside(kind, later), later) for kind in kinds}

    def market(
        self, rosters: dict[str, Roster], tallies: dict[str, Tally], above: dict[str, str], off: Deducted
    ) -> Market:
        """All that the night's scores rest on; `above` and `off` are a market's parents and deductions. The ledger is
        to stand at the night."""
        return Market(
            day=self.day,
            tallies=tallies,
            rosters=rosters,
            parents=above,
            deductions=off,
            cohort=self.ledger.cohort(self.day),
            later=self.tallies,
        )

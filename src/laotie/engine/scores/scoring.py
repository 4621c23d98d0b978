"""The scores of a day, from facts to figures; products first, since shops' goods and creators' prices rest on them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from ibis.expr.types import Table

from laotie.engine.scores import engines
from laotie.engine.scores.counting import cohort, number
from laotie.engine.scores.curves import Curves, completed
from laotie.engine.scores.deals import Facts, deals
from laotie.engine.scores.deductions import deducted
from laotie.engine.scores.evidence import Roster
from laotie.engine.scores.points import Scores, score
from laotie.engine.scores.rosters import asked, listed
from laotie.engine.scores.rulebook import Rulebook
from laotie.engine.scores.sides import Sides, linking, observations
from laotie.engine.scores.tally import Everybody, Points, Tally, deal_metrics, everybody, sides_of, tally, weighed
from laotie.engine.scores.tally import counted as recounted

ORDER = ("product", "shop", "creator")


@dataclass(frozen=True, slots=True)
class Market:
    """What was counted of a market by one day: all that its scores rest on.

    `rosters`: everybody who is to be scored, by kind; `parents`: the category above each; `deductions`: points off the
    total, by kind and entity. `cohort`: the deals themselves, held by the engine. `later`: the tallies of some days
    later if nothing happened.
    """

    day: date
    tallies: dict[str, Tally]
    rosters: dict[str, Roster] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    deductions: dict[str, dict[str, float]] = field(default_factory=dict)
    cohort: Table | None = None
    later: Callable[[int], dict[str, Tally]] | None = None

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(kind for kind in ORDER if kind in self.tallies)


def counted(facts: Facts, day: date, rulebook: Rulebook) -> Market:
    """Count a market's facts by `day`. This is where the database engine works; all else is arithmetic."""
    rule = rulebook.cohort
    rows = cohort(deals(facts, rule), day, rule)
    seen = observations(facts.sides)
    kinds = [kind for kind in ORDER if kind in rulebook.dimensions]
    tallies = {kind: tally(rows, seen, kind, day, rulebook, kind in linking(facts.sides)) for kind in kinds}

    def later(days: int) -> dict[str, Tally]:
        wanted = {kind: deal_metrics(rulebook, kind) for kind in kinds}
        then = number(day) + days
        return {
            k: replace(
                found,
                counts=recounted(rows, k, rule, wanted[k], then),
                sides=sides_of(seen, k, day, rulebook, days),
            )
            for k, found in tallies.items()
        }

    return Market(
        day=day,
        tallies=tallies,
        rosters=listed(asked(facts.sides)),
        parents=parents(facts.sides),
        deductions=deducted(facts.sides.violations, day, rulebook.deductions),
        cohort=rows,
        later=later,
    )


@dataclass(slots=True)
class Turns:
    """The scores of a day in the making, one kind after the other. `curves`: what stands this week; what they lack is
    fitted on this day. `tallies`, `found`: of the kinds that had their turn."""

    day: date
    rulebook: Rulebook
    parents: Mapping[str, str]
    curves: Mapping[str, Curves]
    tallies: dict[str, Tally] = field(default_factory=dict)
    found: dict[str, Scores] = field(default_factory=dict)

    def take(self, tally: Tally, there: Everybody, deductions: Mapping[str, float] | None) -> Scores:
        """The scores of a kind, which rest on those of products, if there are any."""
        kind = tally.kind
        evidence = weighed(tally, self.rulebook.cohort, there, self._products(kind))
        own = self.curves.get(kind) or Curves(kind, self.day, self.rulebook.version, {})
        own = completed(own, evidence, self.rulebook, self.parents)
        self.tallies[kind], self.found[kind] = tally, score(evidence, kind, self.rulebook, own, deductions)
        return self.found[kind]

    def _products(self, kind: str) -> dict[str, Points]:
        """The points of products that enter the scores of a kind."""
        products = self.found.get("product")
        if products is None or kind == "product":
            return {}
        return _prices(products) if kind == "creator" else _totals(products)


def scored(market: Market, rulebook: Rulebook, curves: Mapping[str, Curves] | None = None) -> dict[str, Scores]:
    """The scores of a counted market by kind. `curves`: what stands this week; what they lack is
    fitted on this day."""
    turns = Turns(market.day, rulebook, market.parents, curves or {})
    for kind in market.kinds:
        if kind in rulebook.dimensions:
            tally_ = market.tallies[kind]
            there = everybody(market.rosters.get(kind), tally_.sides)
            turns.take(tally_, there, market.deductions.get(kind))
    return turns.found


def day_of(
    facts: Facts, day: date, rulebook: Rulebook, curves: Mapping[str, Curves] | None = None
) -> dict[str, Scores]:
    """The scores of `day` in one step, for whoever needs nothing else of it."""
    market = counted(facts, day, rulebook)
    try:
        return scored(market, rulebook, curves)
    finally:
        if market.cohort is not None:
            engines.dropped(market.cohort)


def parents(sides: Sides) -> dict[str, str]:
    """The category above each."""
    if sides.categories is None:
        return {}
    rows = sides.categories.select("category_id", "parent_id").to_pyarrow().to_pylist()
    return {str(row["category_id"]): str(row["parent_id"]) for row in rows if row["parent_id"] is not None}


def _totals(products: Scores) -> dict[str, Points]:
    """The scores of products, for the shops that sold them."""
    return {"product_score": Points(products.evidence.entity, products.total)}


def _prices(products: Scores) -> dict[str, Points]:
    """The price points of products that have any, for the creators who sold them."""
    stats = products.evidence.stats.get("price")
    if stats is None:
        return {}
    own = stats.n > 0
    return {"price": Points(products.evidence.entity[own], stats.a[own] / (stats.n[own] * 10_000))}

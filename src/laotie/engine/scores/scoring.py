"""The scores of a day, from facts to figures; products first, since shops' goods and creators' prices rest on them."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date

from ibis.expr.types import Table

from laotie.engine.scores import engines
from laotie.engine.scores.beside import SideSums
from laotie.engine.scores.counting import cohort, number
from laotie.engine.scores.curves import Curves, completed
from laotie.engine.scores.deals import Facts, deals
from laotie.engine.scores.deductions import deducted
from laotie.engine.scores.evidence import Roster
from laotie.engine.scores.ledger import Ledger
from laotie.engine.scores.points import Scores, score
from laotie.engine.scores.rosters import asked, listed
from laotie.engine.scores.rulebook import Rulebook
from laotie.engine.scores.sides import Sides, linking, observations
from laotie.engine.scores.tally import Points, Tally, deal_metrics, sides_of, tally, weighed
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


def brought_up(  # noqa: PLR0917
    ledger: Ledger,
    facts: Facts,
    touched: Table,
    day: date,
    rulebook: Rulebook,
    known: str = "",
    since: date | None = None,
) -> Market:
    """Bring a ledger up to `day` (see `Ledger.refresh`) and say what was counted; who is there is listed meanwhile."""
    named = asked(facts.sides)
    with ThreadPoolExecutor(1) as aside:
        everybody = aside.submit(listed, named)
        ledger.refresh(facts, touched, day, known, since)
        return counted_by(ledger, facts.sides, day, rulebook, everybody.result())


def counted_by(
    ledger: Ledger, sides: Sides, day: date, rulebook: Rulebook, everybody: dict[str, Roster] | None = None
) -> Market:
    """The same as `counted` from a ledger that stands at `day`; what it does not keep of what lies beside deals is
    counted from its facts. `everybody`: the rosters, where they are at hand."""
    seen = observations(sides)

    def beside(kind: str, later: int) -> dict[str, SideSums]:
        kept = {metric: sums for metric, sums in ledger.sides(kind, later).items() if (kind, metric) in seen}
        other = {key: table for key, table in seen.items() if key[1] not in kept}
        return kept | sides_of(other, kind, day, rulebook, later)

    def tallies(later: int) -> dict[str, Tally]:
        return {
            kind: Tally(
                kind,
                ledger.counts(kind, later),
                beside(kind, later),
                ledger.links(kind) if kind in linking(sides) else None,
            )
            for kind in ORDER
            if kind in rulebook.dimensions
        }

    return Market(
        day=day,
        tallies=tallies(0),
        rosters=listed(asked(sides)) if everybody is None else everybody,
        parents=parents(sides),
        deductions=deducted(sides.violations, day, rulebook.deductions),
        cohort=ledger.cohort(day),
        later=tallies,
    )


def scored(market: Market, rulebook: Rulebook, curves: Mapping[str, Curves] | None = None) -> dict[str, Scores]:
    """The scores of a counted market by kind. `curves`: what stands this week; what they lack is
    fitted on this day."""
    standing, found = curves or {}, {}
    products: dict[str, dict[str, Points]] = {"product": {}, "shop": {}, "creator": {}}
    for kind in market.kinds:
        if kind not in rulebook.dimensions:
            continue
        evidence = weighed(market.tallies[kind], rulebook.cohort, market.rosters.get(kind), products[kind])
        own = standing.get(kind) or Curves(kind, market.day, rulebook.version, {})
        own = completed(own, evidence, rulebook, market.parents)
        found[kind] = score(evidence, kind, rulebook, own, market.deductions.get(kind))
        if kind == "product":
            products["shop"]["product_score"] = Points(evidence.entity, found[kind].total)
            products["creator"] |= _prices(found[kind])
    return found


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


def _prices(products: Scores) -> dict[str, Points]:
    """The price points of products that have any, for the creators who sold them."""
    stats = products.evidence.stats.get("price")
    if stats is None:
        return {}
    own = stats.n > 0
    return {"price": Points(products.evidence.entity[own], stats.a[own] / (stats.n[own] * 10_000))}

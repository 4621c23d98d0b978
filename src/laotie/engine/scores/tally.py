"""What was counted of one kind of entity by one day, and how it becomes evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pyarrow as pa
from ibis.expr.types import Table
from numpy.typing import NDArray

from laotie.engine.scores.beside import SideSums, grouped, side_sums
from laotie.engine.scores.counting import SELLERS, dealt, number
from laotie.engine.scores.evidence import Evidence, Floats, Ints, Roster, Stats, added, put_over, sums, weigh
from laotie.engine.scores.keys import coded, looked_up, places
from laotie.engine.scores.metrics import OF_DEALS
from laotie.engine.scores.pairs import Pairs, pairs_of
from laotie.engine.scores.prior import POINTS
from laotie.engine.scores.rulebook import Cohort, Rulebook
from laotie.engine.scores.weighing import FINE, Counts, base, counts_of, inside, unit, weighted


@dataclass(frozen=True, slots=True)
class Tally:
    """Whole numbers only. Equal tallies give equal scores to the last digit.

    `links`: which products an entity sold in the longest window.
    """

    kind: str
    counts: Counts
    sides: dict[str, SideSums]
    links: Pairs | None


@dataclass(frozen=True, slots=True)
class Everybody:
    """Who is listed or was observed, and `where` those are that each metric beside deals was observed of."""

    roster: Roster
    where: dict[str, Ints]


@dataclass(frozen=True, slots=True)
class Points:
    """Points (0 … 1) of products; `product` is sorted."""

    product: NDArray[np.str_]
    points: Floats


def tally(  # noqa: PLR0917
    cohort: Table, seen: Mapping[tuple[str, str], Table], kind: str, day: date, rulebook: Rulebook, linking: bool
) -> Tally:
    """Count the cohort and the side observations of `kind` by `day`: what the rulebook weighs, and which products were
    sold where the score reads them (`linking`)."""
    rule, wanted = rulebook.cohort, deal_metrics(rulebook, kind)
    sold = cohort.filter(cohort.age < rule.windows[-1])
    links = None if kind == "product" or not linking else links_of(linked(sold, kind).to_pyarrow())
    return Tally(kind, counted(cohort, kind, rule, wanted, number(day)), sides_of(seen, kind, day, rulebook), links)


def counted(cohort: Table, kind: str, rule: Cohort, metrics: Sequence[str], day: int) -> Counts:
    """The counts of a kind as they weigh on `day`: the cohort's own, or a later one."""
    rows = inside(dealt(cohort, kind, rule, metrics), day, rule)
    return counts_of(weighted(rows, kind, rule, metrics, base(day, rule)).to_pyarrow(), day, rule)


def sides_of(
    seen: Mapping[tuple[str, str], Table], kind: str, day: date, rulebook: Rulebook, later: int = 0
) -> dict[str, SideSums]:
    """The side observations of a kind, counted by `day`, as they weigh `later` days after it."""
    wanted, then = weighed_metrics(rulebook, kind), number(day) + later
    return {
        metric: side_sums(grouped(table, number(day), rulebook.cohort, later).to_pyarrow(), then)
        for (of, metric), table in seen.items()
        if of == kind and metric in wanted
    }


def side_metrics(rulebook: Rulebook, kind: str) -> tuple[str, ...]:
    """The metrics beside deals that the score of a kind rests on."""
    return tuple(sorted(weighed_metrics(rulebook, kind) - set(OF_DEALS)))


def deal_metrics(rulebook: Rulebook, kind: str) -> tuple[str, ...]:
    """The metrics of deals that the score of a kind rests on."""
    wanted = weighed_metrics(rulebook, kind)
    return tuple(m for m in OF_DEALS if m in wanted)


def weighed_metrics(rulebook: Rulebook, kind: str) -> frozenset[str]:
    """The metrics that the score of a kind rests on."""
    return frozenset(name for dimension in rulebook.dimensions[kind] for name, _weight in dimension.metrics)


def linked(deals: Table, kind: str) -> Table:
    """Deals and value by entity and product."""
    key = SELLERS[kind][0]
    rows = deals.filter(deals[key].notnull())
    by = rows.group_by(entity=rows[key], product=rows.product_id)
    return by.aggregate(deals=rows.count().cast("int64"), net=rows.net.sum().cast("int64"))


def links_of(table: pa.Table) -> Pairs:
    """From the table that `linked` describes."""
    names, row = coded(table["entity"])
    products, product = coded(table["product"])
    deals, net = (np.asarray(table[name].fill_null(0), dtype=np.int64) for name in ("deals", "net"))
    return pairs_of(Pairs(names, products, row, product, deals, net))


def weighed(tally: Tally, rule: Cohort, there: Everybody, products: Mapping[str, Points]) -> Evidence:
    """The evidence of a kind. `products`: points of products that enter as a table, by metric."""
    evidence, place = weigh(tally.counts, rule, there.roster)
    found: dict[str, Stats] = {}
    for metric, side in tally.sides.items():
        own = there.where[metric] if evidence.entity is there.roster.entity else places(evidence.entity, side.names)
        found[metric] = _side_stats(len(evidence.entity), side, own, rule)
    if "net_value" in found:
        found["net_value"] = _with_deals(tally.counts, place, found["net_value"], rule)
    if tally.kind == "creator":
        found["repurchase"] = _repurchase(tally.counts, place, len(evidence.entity), rule)
    if tally.links is not None:
        for metric, points in products.items():
            found[metric] = _of_products(evidence, tally.links, points)
    return replace(evidence, stats=evidence.stats | found)


def everybody(roster: Roster | None, sides: Mapping[str, SideSums]) -> Everybody:
    """Who is there of a kind, by its roster and what lies beside deals."""
    listed = roster or Roster(np.empty(0, "<U1"), np.empty(0, "<U1"))
    where: dict[str, Ints] = {}
    for metric, side in sides.items():
        before = listed
        listed, where[metric] = before.beside(side.names)
        if listed is not before:  # somebody came, and moved those who were there
            where |= {known: places(listed.entity, sides[known].names) for known in where}
    return Everybody(listed, where)


def _side_stats(size: int, side: SideSums, place: Ints, rule: Cohort) -> Stats:
    """Side facts count in the longest window, whatever the deals' window is."""
    one = unit(side.day, rule) / FINE
    weighted_ = [put_over(values, place, size, one) for values in side.weighted]
    return Stats(*weighted_, *[put_over(values, place, size) for values in side.plain])


def _with_deals(counts: Counts, place: Ints, shown: Stats, rule: Cohort) -> Stats:
    """Exposures, and what the deals brought."""
    (n, plain_n), (a, plain_a) = added(counts, ("deals", "net"), place, len(shown.b), rule)
    return Stats(n, a, shown.b, plain_n, plain_a, shown.plain_b)


def _repurchase(counts: Counts, place: Ints, size: int, rule: Cohort) -> Stats:
    """Buyers (first deals), and those who bought again (second deals)."""
    none = np.zeros(size)
    (n, plain_n), (a, plain_a) = added(counts, ("first", "second"), place, size, rule)
    return Stats(n, np.minimum(a, n), none, plain_n, np.minimum(plain_a, plain_n), none)


def _of_products(evidence: Evidence, links: Pairs, points: Points) -> Stats:
    """Points of the products that an entity sold, by their value, or by deals where no value is known."""
    size, none = len(evidence.entity), np.zeros(len(evidence.entity))
    row = places(evidence.entity, links.names)[links.row]
    place, known = looked_up(points.product, links.others)
    whole = np.zeros(len(known))
    whole[known] = np.rint(points.points[place[known]] * POINTS)
    share = (links.net if links.net.any() else links.deals) * known[links.other]
    value, of = sums(row, share * whole[links.other], size), sums(row, share, size)
    n = np.where(of > 0, sums(row, links.deals * known[links.other], size), 0.0)
    a = np.divide(value, of, out=np.zeros(size), where=of > 0) * n
    return Stats(n, a, none, n, a, none)

"""Every metric of every score: what it counts, from which facts, and which way is better.

A rate counts `a` of `n`; a time is what half the cases stay below; an amount is a value for every thousand exposures;
a table brings points that were judged elsewhere. How much each weighs, and in which score, is the rulebook's business.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    RATE = "rate"
    TIME = "time"
    AMOUNT = "amount"
    TABLE = "table"


LOWER, HIGHER = "lower", "higher"


@dataclass(frozen=True, slots=True)
class MetricSpec:
    """`counts`: what `a` of `n` is; `sources`: tables of `deals.Facts` and `sides.Sides`; `better`: lower or higher.

    `of_deals`: counted on the deals of the cohort, with their weights, and not on a day of its own.
    """

    name: str
    kind: Kind
    sources: tuple[str, ...]
    better: str
    counts: str
    of_deals: bool = False


def _of_deals(name: str, counts: str, *sources: str, better: str = LOWER) -> MetricSpec:
    return MetricSpec(name, Kind.RATE, ("lines", "paid", *sources), better, counts, of_deals=True)


def _rate(name: str, counts: str, *sources: str, better: str = LOWER) -> MetricSpec:
    return MetricSpec(name, Kind.RATE, sources, better, counts)


def _table(name: str, counts: str, *sources: str) -> MetricSpec:
    return MetricSpec(name, Kind.TABLE, sources, HIGHER, counts)


_ALL = (
    _of_deals("quality", "delivered deals first complained of for quality, damage or as not claimed", "complaints"),
    _of_deals("bad_review", "reviewed deals with one or two stars", "reviews"),
    _of_deals("ships_late", "deals shipped after the promise", "shipped"),
    _of_deals("arrives_late", "deals that arrived after the promise", "signed"),
    _of_deals("lost", "deals unsigned 15 days after the promised arrival", "signed"),
    _of_deals("poor_service", "delivered deals first complained of for service", "complaints"),
    _of_deals("seller_cancels", "paid deals that the shop cancelled", "cancelled"),
    _of_deals("sold_out", "paid deals cancelled because nothing was left", "cancelled"),
    _of_deals("not_as_claimed", "delivered deals first complained of as not claimed", "complaints"),
    _of_deals("poor_review", "deals reviewed with three stars or fewer, those of late parcels left out", "reviews"),
    _of_deals("seeded", "deals seeded by a clip that went wrong by quality or claim", "complaints"),
    _rate("slow_3s", "questions not settled by an answer within 3 seconds", "asked", "answered"),
    _rate("slow_3min", "questions not settled by an answer within 3 minutes", "asked", "answered"),
    _rate("platform_closed", "after-sales closed by the platform", "cases"),
    _rate("disputes_lost", "after-sales that the platform decided against the shop", "cases"),
    MetricSpec("close_time", Kind.TIME, ("cases",), LOWER, "minutes from asking to closing an after-sale"),
    _rate("price_jumps", "price changes that raised a price by more than a tenth", "prices"),
    _rate("out_of_stock", "days on sale on which nothing was left", "stocked"),
    MetricSpec("net_value", Kind.AMOUNT, ("exposures", "lines", "paid"), HIGHER, "what deals brought and kept"),
    _table("price", "points of the price index, of a creator's those of what was sold", "price_index"),
    _table("information", "points of pictures, title, attributes and clip", "information"),
    _table("product_score", "the shop's product scores, weighted by value", "lines"),
    _table("carded_score", "the shop's score as it stood at carding; of own goods the product's", "cards"),
    _rate("reports", "visits that ended in a report", "visits", "reports"),
    _rate("votes_false", "viewers' votes that a claim was false", "votes"),
    _rate("returns", "viewers who came back within seven days", "visits", better=HIGHER),
    _rate("conversion", "visits that ended in a deal", "visits", "lines", better=HIGHER),
    _rate("repurchase", "buyers who bought again", "lines", better=HIGHER),
    _rate("unanswered", "questions in the room that stayed without an answer", "room_questions"),
)
REGISTRY: dict[str, MetricSpec] = {spec.name: spec for spec in _ALL}
METRICS = tuple(REGISTRY)
OF_DEALS = tuple(spec.name for spec in _ALL if spec.of_deals)
REVIEWED = ("bad_review", "poor_review")  # counted on the day of the review where it came after maturing

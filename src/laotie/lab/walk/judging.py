"""What the matured deal does: to the scores and their reasons, to standing, and what an upheld appeal gives back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from laotie.kit import clock
from laotie.lab.walk import market
from laotie.lab.walk.cast import Cast
from laotie.lab.walk.contracts import Astray, Station
from laotie.lab.walk.parcel import line_of
from laotie.people.standing import queries as standing
from laotie.people.standing.contracts import Standing
from laotie.trade.orders.contracts import Order
from laotie.trust.appeals import actions as appeals
from laotie.trust.scores import queries as scores
from laotie.trust.scores.contracts import SHOP, Cost, Score

QUIET = 1  # night before the deal matures, to compare with


@dataclass(frozen=True, slots=True)
class Judged:
    """The shop's score and standing on a night."""

    score: Score
    standing: Standing


def judged(cast: Cast, day: date) -> Judged:
    """As published the night after `day`. Raises Astray where the shop has no score."""
    return stood(cast, market.night_after(day))


def stood(cast: Cast, at: datetime) -> Judged:
    """The newest score, and the standing at `at`. Raises Astray where the shop has no score."""
    with clock.travel(at):
        found = scores.score(SHOP, cast.shop.id)
        stands = standing.standing([cast.shop.id], clock.now())[cast.shop.id]
    if found is None:
        raise Astray("scores", "the shop has none")
    return Judged(found, stands)


def until_maturity(cast: Cast, day: date) -> Judged:
    """The nights before the deal matures on `day` are published; the last of them."""
    for back in range(QUIET, 0, -1):
        market.publish(day - timedelta(days=back))
    return judged(cast, day - timedelta(days=1))


def scored(before: Judged, after: Judged, order: Order) -> Station:
    """The scores of the deal's day fall, and say that this deal is why."""
    cost = _cost(after.score, order)
    if cost is None:
        raise Astray("scores", "the deal is not among what costs the shop most")
    if not after.score.score < before.score.score:
        raise Astray("scores", f"{before.score.score} did not fall: {after.score.score}")
    return Station(
        "scores",
        "The night after the deal matured the shop's score falls, and names the deal",
        {
            "score the night before": before.score.score,
            "score": after.score.score,
            "matured deals": after.score.deals,
            "this deal": f"{cost.outcome}, by {', '.join(cost.metrics)}",
            "it costs": round(cost.cost, 4),
        },
    )


def stands(before: Judged, after: Judged) -> Station:
    """Standing follows the score, and the rooms below act on it."""
    if not after.standing.multiplier_bp < before.standing.multiplier_bp:
        raise Astray("standing", "the multiplier did not fall")
    return Station(
        "standing",
        "Standing is written down from the score: how often the shop may be shown, when it has its money",
        {
            "multiplier the night before": before.standing.multiplier_bp / 10_000,
            "multiplier": after.standing.multiplier_bp / 10_000,
            "band": after.standing.band,
            "settlement (days)": after.standing.settlement_days,
        },
    )


def appealed(cast: Cast, day: date, after: Judged, order: Order, words: Mapping[str, str]) -> tuple[Station, Judged]:
    """The shop appeals with the carrier's record; the operator upholds it; the deal counts no more."""
    with clock.travel(market.night_after(day) + timedelta(hours=8)):
        made = appeals.appeal(cast.merchant, SHOP, cast.shop.id, line_of(order), words["appeal"])
        appeals.uphold(cast.operator, made.id, words["judgement"])
        if not appeals.carry(market.carry(), made.id):
            raise Astray("appeal", "the lake has not heard of the void")
    restored = judged(cast, day + timedelta(days=1))
    if not restored.score.score > after.score.score:
        raise Astray("appeal", "the score did not come back")
    figures = {
        "score as published": after.score.score,
        "score as corrected": restored.score.score,
        "multiplier": restored.standing.multiplier_bp / 10_000,
    }
    title = "The shop appeals, the operator upholds it, the deal is void, and the night is computed again"
    return Station("appeal", title, figures), restored


def _cost(score: Score, order: Order) -> Cost | None:
    return next((cost for cost in score.costs if cost.line_id == line_of(order)), None)

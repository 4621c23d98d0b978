"""Writing down what scores open: the only thing that lower rooms learn of them."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from laotie.engine.scores import resources
from laotie.engine.scores.rulebook import Rulebook
from laotie.goods.standing import actions as product_standing
from laotie.goods.standing.contracts import Standing as ProductStanding
from laotie.kit import clock
from laotie.people.standing import actions as seller_standing
from laotie.people.standing.contracts import Standing as SellerStanding
from laotie.trust.scores import keeping, queries
from laotie.trust.scores.computing import Day
from laotie.trust.scores.contracts import PRODUCT, SHOP, Decided, Run

PLANS = "commission plans"  # the gate that a shop's commission plans pass


def stand(run: Run, days: list[Day], rulebook: Rulebook) -> None:
    """Write down what the scores open, from now on."""
    since, by = clock.now(), f"{run.rulebook}/{run.id}"
    for found in days:
        rows = list(_decisions(run, found))
        if found.kind == PRODUCT:
            products = [ProductStanding(score.entity_id, since, score.band, value, by) for score, value in rows]
            product_standing.write(products)
        else:
            sellers = [seller(score, value, found.kind, rulebook) for score, value in rows]
            seller_standing.write([replace(standing, since=since, decided_by=by) for standing in sellers])


def _decisions(run: Run, found: Day) -> Iterator[tuple[Decided, int]]:
    """What was decided of everybody who has a row, with the multiplier in basis points."""
    decided = queries.decided(run.id)
    multiplier_bp = np.round(found.multiplier * 10_000).astype(int)
    for row, entity in keeping.entities(found):
        if (found.kind, entity) in decided:
            yield decided[found.kind, entity], int(multiplier_bp[row])


def seller(score: Decided, multiplier_bp: int, kind: str, rulebook: Rulebook) -> SellerStanding:
    """What a seller may do by a score; when it counts from and who decided is the caller's."""
    rule = rulebook.resources
    shut = kind == SHOP and PLANS in score.gates
    return SellerStanding(
        seller_id=score.entity_id,
        since=clock.now(),
        band=score.band,
        multiplier_bp=multiplier_bp,
        may_offer_plans=resources.may_offer_plans(score.band, score.status, rule) and not shut,
        settlement_days=resources.settlement_days(score.band, score.status, rule),
    )

"""Score: what the engine needs of each candidate, for this person: rates, affinity, multiplier; and the arms."""

import numpy as np

from laotie.engine.matching.drawing import Arms
from laotie.engine.matching.values import Candidates, joined_multiplier
from laotie.places.search.contracts import halves
from laotie.traffic.feed import lane
from laotie.traffic.feed.contracts import Manner
from laotie.traffic.feed.sources import bit
from laotie.traffic.feed.stages.types import Floats, Ints, Kept, Person, Request, Scored, Sheet


def score(kept: Kept, request: Request) -> Scored:
    """The candidates and the arms of the draw."""
    sheet = kept.sheet
    multiplier = joined_multiplier(sheet.item_bp / 10_000, sheet.seller_bp / 10_000, request.policy)
    candidates = Candidates(
        key=sheet.low.view(np.uint64) ^ sheet.high.view(np.uint64),
        seller=sheet.seller_low,
        category=sheet.category,
        rates=sheet.rates,
        affinity=_affinity(sheet, request.person),
        multiplier=multiplier,
    )
    return Scored(kept, candidates, _arms(sheet, request))


def _affinity(sheet: Sheet, person: Person) -> Floats:
    """Columns in the order of `engine.matching.policy.LIFTS`."""
    following = np.isin(sheet.seller_low, [*person.following, *person.hosts]).astype(np.float64)
    return np.column_stack(
        [following, _looked_up(sheet.seller_low, person.shops), _looked_up(sheet.category, person.categories)]
    )


def _looked_up(keys: Ints, values: dict[int, float]) -> Floats:
    if not values:
        return np.zeros(len(keys))
    return np.array([values.get(key, 0.0) for key in keys.tolist()])


def _arms(sheet: Sheet, request: Request) -> Arms:
    """The sample of the random source, on a category's page all of it; and the newcomers that are here."""
    if request.asking.manner is Manner.CATEGORY:
        random = np.arange(len(sheet))
    else:
        random = np.flatnonzero(sheet.sources >> bit("random") & 1)
    chances = {halves(arm.item)[1]: arm.chance for arm in lane.arms()}
    rows = np.flatnonzero(np.isin(sheet.low, list(chances)))
    chance = np.array([chances[low] for low in sheet.low[rows].tolist()])
    return Arms(random, rows, chance) if chance.sum() > 0 else Arms(random)

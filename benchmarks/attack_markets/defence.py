"""What the market does against an attack: the engine's rules, each void as if the operator upheld it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.attack_markets.deals import DAYS, Attack, Deals
from benchmarks.attack_markets.pairs import BUYERS
from laotie.engine.risk import blocks, lineage, reviewers, turns
from laotie.engine.risk.market import pairs

RECENT = 14


@dataclass(frozen=True)
class Defended:
    """`void`: a mark a deal; `answers`: whose deals count for each shop; `turning`: shops whose growth is held."""

    void: NDArray[np.bool_]
    answers: NDArray[np.int64]
    turning: NDArray[np.bool_]


def defend(attack: Attack) -> Defended:
    deals, shops = attack.deals, len(attack.category)
    answers = lineage.heirs(attack.owner, attack.opened, attack.closed)
    void = in_blocks(deals, attack.category) | in_blocks(deals.where(deals.bad), attack.category, deals.bad)
    return Defended(void | by_unfair(deals), answers, _turning(deals, shops))


def in_blocks(deals: Deals, category: NDArray[np.int64], among: NDArray[np.bool_] | None = None) -> NDArray[np.bool_]:
    """Deals inside dense blocks; `among`: the rows of a longer list that `deals` are."""
    found = blocks.find(pairs(deals.buyer, deals.shop, BUYERS, len(category)), category)
    inside = np.zeros(len(deals.buyer), dtype=bool)
    for block in found:
        inside |= np.isin(deals.buyer, block.buyers) & np.isin(deals.shop, block.shops)
    if among is None:
        return inside
    spread = np.zeros(len(among), dtype=bool)
    spread[np.flatnonzero(among)[inside]] = True
    return spread


def by_unfair(deals: Deals) -> NDArray[np.bool_]:
    """Bad deals of buyers whose reviews are unfair."""
    told = deals.stars > 0
    rating = (deals.stars[told] - 3) / 2
    judged = reviewers.judge(deals.buyer[told], deals.shop[told], rating)
    marked = np.zeros(BUYERS, dtype=bool)
    unfair = reviewers.unfair(judged, deals.buyer[told])
    marked[: len(unfair)] = unfair
    return deals.bad & marked[deals.buyer]


def _turning(deals: Deals, shops: int) -> NDArray[np.bool_]:
    """A shop's complaints of the last days against its own record before, both before they mature."""
    known = DAYS - 4  # complaints come 4 days after payment
    recent = (deals.day >= known - RECENT) & (deals.day < known)
    before = deals.day < known - RECENT
    n, bad = (np.bincount(deals.shop[recent], w, shops).astype(int) for w in (None, deals.bad[recent]))
    a = np.bincount(deals.shop[before], deals.bad[before], shops) + 2
    b = np.bincount(deals.shop[before], ~deals.bad[before], shops) + 30
    return turns.turning(n, bad, a, b)

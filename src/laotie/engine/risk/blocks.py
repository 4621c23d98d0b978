"""Dense blocks of buyers × shops: brushing and rings.

1. Peel (FRAUDAR) on pairs weighted by log(1 + support) / log(d + c): the densest set is where to look.
2. Sharpen: inside a block every cell is filled with probability p beside what chance gives it, q. A buyer is worth
   Σ ln(1 + p/q) over its pairs inside − p · shops − ln((N − n)/n) nats; likewise a shop. In turns keep all buyers, then
   all shops, that are worth more than nothing (fast subset scan with a cost for each member: Speakman, Somanchi,
   McFowland, Neill, JCGS 2016). q is taken from what each did *outside*, so a block does not excuse itself.
3. Stop: a block counts if Σ ln(1 + p/q) − p · buyers · shops exceeds the nats that naming its members takes,
   ln C(N, n) + ln C(M, m), and its pairs exceed chance many times (`Limits`). Then its pairs are taken out and the
   next is sought.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from laotie.engine.risk.market import Floats, Ints, Null, Pairs, null
from laotie.engine.risk.peeling import column_weights, densest
from laotie.engine.risk.support import support

Mask = NDArray[np.bool_]
TURNS = 30
PRIOR = 1.0  # pairs outside that everyone is taken to have beside those seen


@dataclass(frozen=True, slots=True)
class Limits:
    """`margin`: nats by which a block must beat the naming of its members; `times`: how often its pairs must exceed
    what chance gives (the core of an honest market, heavy buyers at famous shops, comes to 5 … 9);
    `share`: of a market's pairs at most: where most of it lies inside, nothing outside says what chance gives, and what
    is dense is the market; `buyers`, `shops`: the fewest of each; `blocks`: at most so many; `misses`: seeds in a row
    that may come to nothing.
    """

    margin: float = 10.0
    times: float = 20.0
    share: float = 0.5
    buyers: int = 8
    shops: int = 2
    blocks: int = 50
    misses: int = 3


@dataclass(frozen=True, slots=True)
class Block:
    """`pairs` inside where chance gives `expected`; `evidence`: nats beyond what naming its members takes.

    `buyers`, `shops`: indices, rising. `worth`: nats of each buyer's own pairs, in the same order.
    """

    buyers: Ints
    shops: Ints
    pairs: int
    expected: float
    evidence: float
    worth: Floats


@dataclass(frozen=True, slots=True)
class _View:
    """A candidate block seen against chance. `surprise`: ln(1 + p/q) of each pair of the market."""

    buyers: Mask
    shops: Mask
    inside: Mask
    filled: float
    expected: float
    surprise: Floats

    def of_buyers(self, pairs: Pairs) -> Floats:
        """What each buyer is worth to the shops of the block, in nats."""
        held = self.shops[pairs.shop]
        seen = np.bincount(pairs.buyer[held], self.surprise[held], minlength=pairs.buyers)
        worth: Floats = seen - self.filled * self.shops.sum() - _odds(self.buyers)
        return worth

    def of_shops(self, pairs: Pairs) -> Floats:
        """What each shop is worth to the buyers of the block, in nats."""
        held = self.buyers[pairs.buyer]
        seen = np.bincount(pairs.shop[held], self.surprise[held], minlength=pairs.shops)
        worth: Floats = seen - self.filled * self.buyers.sum() - _odds(self.shops)
        return worth

    @property
    def evidence(self) -> float:
        cells = float(self.buyers.sum() * self.shops.sum())
        return (
            float(self.surprise[self.inside].sum()) - self.filled * cells - _naming(self.buyers) - _naming(self.shops)
        )


def find(pairs: Pairs, shop_group: Ints | None = None, limits: Limits | None = None) -> list[Block]:
    """The blocks, strongest seed first. `shop_group`: see `market.null`. Deterministic."""
    limits = limits or Limits()
    chance = null(pairs, shop_group)
    found: list[Block] = []
    left, misses = pairs, 0
    while len(found) < limits.blocks and misses < limits.misses and len(left.buyer):
        buyers, shops = _seed(left, chance)
        view = _sharpen(left, chance, shops)
        if view is not None and _counts(view, limits, len(pairs.buyer)):
            found.append(_block(left, view))
            inside, misses = view.inside, 0
        else:
            inside, misses = buyers[left.buyer] & shops[left.shop], misses + 1
        if not inside.any():
            break
        left = left.without(inside)
    return found


def _seed(pairs: Pairs, chance: Null) -> tuple[Mask, Mask]:
    weight = np.log1p(support(pairs, chance)) * column_weights(pairs)
    buyers, shops, _ = densest(pairs, weight)
    return buyers, shops


def _sharpen(pairs: Pairs, chance: Null, shops: Mask) -> _View | None:
    """What grows from `shops`; None where nothing does."""
    buyers = np.bincount(pairs.buyer[shops[pairs.shop]], minlength=pairs.buyers) >= 2
    view = _look(pairs, chance, buyers, shops)
    for _ in range(TURNS):
        before = view
        if view is not None:
            view = _look(pairs, chance, view.buyers, view.of_shops(pairs) > 0)
        if view is not None:
            view = _look(pairs, chance, view.of_buyers(pairs) > 0, view.shops)
        if view is None or before is None:
            return None
        if (view.buyers == before.buyers).all() and (view.shops == before.shops).all():
            break
    return view


def _look(pairs: Pairs, chance: Null, buyers: Mask, shops: Mask) -> _View | None:
    """None where the block is empty or no denser than chance."""
    at_shops, by_buyers = shops[pairs.shop], buyers[pairs.buyer]
    inside = at_shops & by_buyers
    if not inside.any():
        return None
    outside_buyer = chance.of_buyer - np.bincount(pairs.buyer[at_shops], minlength=pairs.buyers) + PRIOR
    outside_shop = chance.of_shop - np.bincount(pairs.shop[by_buyers], minlength=pairs.shops) + PRIOR
    expected = chance.among(buyers, shops, outside_buyer, outside_shop)
    filled = (inside.sum() - expected) / float(buyers.sum() * shops.sum())
    if filled <= 0:
        return None
    theta = chance.theta[chance.buyer_group[pairs.buyer], chance.shop_group[pairs.shop]]
    surprise = np.log1p(filled / (outside_buyer[pairs.buyer] * outside_shop[pairs.shop] * theta))
    return _View(buyers, shops, inside, float(filled), expected, surprise)


def _counts(view: _View, limits: Limits, of: int) -> bool:
    if view.buyers.sum() < limits.buyers or view.shops.sum() < limits.shops or view.inside.sum() > limits.share * of:
        return False
    return view.evidence > limits.margin and view.inside.sum() > limits.times * view.expected


def _block(pairs: Pairs, view: _View) -> Block:
    members = np.flatnonzero(view.buyers)
    return Block(
        buyers=members,
        shops=np.flatnonzero(view.shops),
        pairs=int(view.inside.sum()),
        expected=view.expected,
        evidence=view.evidence,
        worth=view.of_buyers(pairs)[members],
    )


def _odds(members: Mask) -> float:
    """What adding one more member to the naming takes."""
    held = int(members.sum())
    return float(np.log((len(members) - held + 1) / max(held, 1)))


def _naming(members: Mask) -> float:
    """ln C(of, count)."""
    of, count = len(members), int(members.sum())
    return float(gammaln(of + 1) - gammaln(count + 1) - gammaln(of - count + 1))

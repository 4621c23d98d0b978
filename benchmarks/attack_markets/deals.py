"""Deals with outcomes, on which the attacks act, and what an attack costs.

Each shop has a share of bad deals of its own, Beta(2, 30); a bad deal is complained of for its quality and gets 1 star,
half of the others get 5. Deals are paid on 90 days before the day of the scores.
"""

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from benchmarks.attack_markets.pairs import BUYERS, SHOPS, honest

Ints = NDArray[np.int64]
DAYS = 90
FAKE_DEAL = 15.0  # fee 3, commission of the brusher 8, freight of an empty parcel 4, on a price of 60
SLANDER_DEAL = 12.0  # freight 4 and the accuser's 8; the price comes back with the refund
KEPT = 3.0  # a good deal costs the shop that would rather send trash
NEW_SHOP = 500.0  # papers and the lost part of a deposit


@dataclass(frozen=True)
class Deals:
    """One row a deal: `day` of payment (0 … DAYS − 1), whether it went `bad`, `stars` (0: no review), `fake` or not."""

    buyer: Ints
    shop: Ints
    day: Ints
    bad: NDArray[np.bool_]
    stars: Ints
    fake: NDArray[np.bool_]

    def __add__(self, more: "Deals") -> "Deals":
        return Deals(*[np.concatenate([getattr(self, f.name), getattr(more, f.name)]) for f in fields(self)])

    def where(self, kept: NDArray[np.bool_]) -> "Deals":
        return Deals(*[getattr(self, f.name)[kept] for f in fields(self)])


@dataclass(frozen=True)
class Attack:
    """A market under attack. `takers`: whom it lifts (or, `against`, pulls down); `spent`: money; `owner` of each shop;
    `opened`, `closed`: days, NaN while open."""

    name: str
    deals: Deals
    category: Ints
    takers: Ints
    spent: float
    against: bool
    owner: Ints
    opened: NDArray[np.float64]
    closed: NDArray[np.float64]


def market(random: np.random.Generator) -> tuple[Deals, Ints]:
    """Honest deals and the shops' categories."""
    buyer, shop, category = honest(random)
    bad = random.random(len(buyer)) < random.beta(2, 30, SHOPS)[shop]
    stars = np.where(bad, 1, np.where(random.random(len(buyer)) < 0.5, 5, 0))
    day = random.integers(0, DAYS, len(buyer))
    return Deals(buyer, shop, day, bad, stars, np.zeros(len(buyer), dtype=bool)), category


def made(buyer: Ints, shop: Ints, random: np.random.Generator, *, bad: bool) -> Deals:
    """Fake deals, all good with 5 stars or all bad with 1, spread over the days."""
    size = len(buyer)
    stars = np.full(size, 1 if bad else 5)
    return Deals(buyer, shop, random.integers(20, 70, size), np.full(size, bad), stars, np.ones(size, dtype=bool))


def middling(deals: Deals, random: np.random.Generator, count: int) -> Ints:
    """Shops with 20 to 60 deals, worse than most: those whom an attack would help."""
    n = np.bincount(deals.shop, minlength=SHOPS)
    rate = np.bincount(deals.shop, deals.bad, SHOPS) / np.maximum(n, 1)
    wanted = np.flatnonzero((n >= 20) & (n <= 60) & (rate > 0.06))
    return np.sort(random.choice(wanted, count, replace=False))


def brushing(random: np.random.Generator) -> tuple[Attack, Attack]:
    """200 accounts make 800 perfect deals with 20 shops, and keep buying elsewhere as honest people do."""
    deals, category = market(random)
    takers = middling(deals, random, 20)
    fakes = random.choice(BUYERS, 200, replace=False)
    row, column = np.nonzero(random.random((200, 20)) < 0.2)
    fresh = made(fakes[row], takers[column], random, bad=False)
    return _pair("brushing", deals, deals + fresh, category, takers=takers, spent=len(row) * FAKE_DEAL)


def ring(random: np.random.Generator) -> tuple[Attack, Attack]:
    """20 shops whose 40 people buy from each other, four deals a pair."""
    deals, category = market(random)
    takers = middling(deals, random, 20)
    fakes = random.choice(BUYERS, 40, replace=False)
    row, column = (np.repeat(found, 4) for found in np.nonzero(random.random((40, 20)) < 0.5))
    fresh = made(fakes[row], takers[column], random, bad=False)
    return _pair("ring", deals, deals + fresh, category, takers=takers, spent=len(row) * FAKE_DEAL)


def slander(random: np.random.Generator) -> tuple[Attack, Attack]:
    """60 accounts buy from 15 good rivals, complain and give 1 star."""
    deals, category = market(random)
    n = np.bincount(deals.shop, minlength=SHOPS)
    rate = np.bincount(deals.shop, deals.bad, SHOPS) / np.maximum(n, 1)
    rivals = np.sort(random.choice(np.flatnonzero((n >= 20) & (n <= 80) & (rate < 0.05)), 15, replace=False))
    fakes = random.choice(BUYERS, 60, replace=False)
    row, column = np.nonzero(random.random((60, 15)) < 0.3)
    fresh = made(fakes[row], rivals[column], random, bad=True)
    return _pair("slander", deals, deals + fresh, category, takers=rivals, spent=len(row) * SLANDER_DEAL, against=True)


def whitewash(random: np.random.Generator) -> tuple[Attack, Attack]:
    """The 20 worst shops close on day 50; their owners' new shops take over what they would have sold."""
    deals, category = market(random)
    n = np.bincount(deals.shop, minlength=SHOPS)
    rate = np.where(n >= 25, np.bincount(deals.shop, deals.bad, SHOPS) / np.maximum(n, 1), 0)
    worst = np.argsort(rate)[-20:]
    reborn = SHOPS + np.arange(20)
    to = np.arange(SHOPS)
    to[worst] = reborn
    moved = replace(deals, shop=np.where(deals.day >= 50, to[deals.shop], deals.shop))
    attack, _ = _pair(
        "whitewash", deals, moved, np.concatenate([category, category[worst]]), takers=reborn, spent=20 * NEW_SHOP
    )
    opened, closed = np.zeros(SHOPS + 20), np.full(SHOPS + 20, np.nan)
    opened[reborn], closed[worst] = 50, 50
    attack = replace(attack, owner=np.concatenate([np.arange(SHOPS), worst]), opened=opened, closed=closed)
    return attack, replace(attack, deals=deals, category=category, takers=worst)


def oscillation(random: np.random.Generator) -> tuple[Attack, Attack]:
    """20 busy shops sell nothing bad for 68 days and send trash half of the time in the last 16; without the attack
    6 in 100 of their deals had gone badly all along."""
    deals, category = market(random)
    n = np.bincount(deals.shop, minlength=SHOPS)
    takers = np.sort(random.choice(np.flatnonzero((n >= 40) & (n <= 200)), 20, replace=False))
    own = np.isin(deals.shop, takers)
    harvest = own & (deals.day >= DAYS - 16)
    bad = np.where(own, harvest & (random.random(len(own)) < 0.5), deals.bad)
    turned = replace(deals, bad=bad, stars=np.where(own, np.where(bad, 1, 5), deals.stars))
    steady = replace(turned, bad=np.where(own, random.random(len(own)) < 0.06, deals.bad))
    spent = float((own & (deals.day < DAYS - 16)).sum()) * KEPT
    return _pair("oscillation", steady, turned, category, takers=takers, spent=spent)


def _pair(
    name: str, honest: Deals, deals: Deals, category: Ints, *, takers: Ints, spent: float, against: bool = False
) -> tuple[Attack, Attack]:
    """The attacked market, and the one that would have been without the attack."""
    shops = len(category)
    unknown, never = np.zeros(shops), np.full(shops, np.nan)
    attack = Attack(name, deals, category, takers, spent, against, np.arange(shops), unknown, never)
    return attack, replace(attack, deals=honest)


ATTACKS = (brushing, ring, slander, whitewash, oscillation)

"""What attacks on the scores buy, with and without the defence; and how well planted blocks are found.

    python -m benchmarks.attacks [--seeds 5] [--clean 20] [--no-peer]

Blocks of 200 accounts × 20 shops in markets of 10,000 × 2,000 at three densities, without camouflage and with half of
the accounts' deals elsewhere. F1 over accounts and shops (a block's members), and over deals (what would be voided).
Peers in the same run, on the first seed of each cell: UGFraud's Fraudar (its densest block), and the plainest rule, to
suspect the accounts and shops with most deals, as many as were planted. Limits were chosen on seeds from 100 on; the
seeds here are 0 to 99. Attacks are scored by `engine.scores`, exposures by its multipliers from 2,000 a day and shop.
"""

import argparse
import json
import time
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from benchmarks.attack_markets import deals as markets
from benchmarks.attack_markets.defence import defend
from benchmarks.attack_markets.pairs import BUYERS, SHOPS, Market, fans, planted
from benchmarks.attack_markets.scoring import scored
from laotie.engine.risk import blocks
from laotie.engine.risk.market import Pairs, pairs

DENSITIES, CAMOUFLAGES = (0.1, 0.2, 0.4), (0.0, 0.5)
EXPOSURES = 2_000 * 30
Ints = NDArray[np.int64]


def f1(hits: int, found: int, true: int) -> float:
    return 2 * hits / (found + true) if found + true else 1.0


def of_members(market: Market, buyers: Ints, shops: Ints) -> float:
    hits = len(np.intersect1d(buyers, market.fakes)) + len(np.intersect1d(shops, market.takers))
    return f1(hits, len(buyers) + len(shops), len(market.fakes) + len(market.takers))


def of_deals(market: Market, found: list[blocks.Block]) -> float:
    inside = np.zeros(len(market.buyer), dtype=bool)
    for block in found:
        inside |= np.isin(market.buyer, block.buyers) & np.isin(market.shop, block.shops)
    return f1(int((inside & market.planted).sum()), int(inside.sum()), int(market.planted.sum()))


def members(found: list[blocks.Block]) -> tuple[Ints, Ints]:
    none = np.zeros(0, dtype=np.int64)
    return (
        np.unique(np.concatenate([none, *[block.buyers for block in found]])),
        np.unique(np.concatenate([none, *[block.shops for block in found]])),
    )


def peer(graph: Pairs) -> tuple[Ints, Ints]:
    """The densest block of UGFraud's Fraudar with logarithmic column weights."""
    from scipy import sparse
    from UGFraud.Detector.Fraudar import logWeightedAveDegree

    shape = (graph.buyers, graph.shops)
    matrix = sparse.csr_matrix((np.ones(len(graph.buyer)), (graph.buyer, graph.shop)), shape)
    (rows, columns), _ = logWeightedAveDegree(matrix)
    return np.array(sorted(rows)), np.array(sorted(columns))


def busiest(graph: Pairs) -> tuple[Ints, Ints]:
    """The accounts and shops with most pairs, as many as were planted."""
    return np.argsort(graph.of_buyer)[-200:], np.argsort(graph.of_shop)[-20:]


def cell(density: float, camouflage: float, seeds: range, with_peer: bool) -> dict[str, float]:
    """F1 over `seeds`: mean and least over members, mean over deals; the peers' on the first."""
    own, by_deals, seconds, theirs = [], [], 0.0, {}
    for seed in seeds:
        market = planted(np.random.default_rng(seed), density, camouflage)
        graph = pairs(market.buyer, market.shop, BUYERS, SHOPS)
        began = time.perf_counter()
        found = blocks.find(graph, market.category)
        seconds += time.perf_counter() - began
        own.append(of_members(market, *members(found)))
        by_deals.append(of_deals(market, found))
        if seed == seeds[0]:
            theirs["busiest"] = of_members(market, *busiest(graph))
            if with_peer:
                began = time.perf_counter()
                theirs["fraudar"] = of_members(market, *peer(graph))
                theirs["fraudar_s"] = time.perf_counter() - began
    return {"f1": float(np.mean(own)), "least": min(own), "deals_f1": float(np.mean(by_deals)),
            "seconds": seconds / len(seeds), **theirs}  # fmt: skip


def false_blocks(count: int) -> dict[str, float]:
    """How many honest markets give a block at all; and how many of hosts' groups of fans come before an operator."""
    clean = sum(bool(blocks.find(*_graph(planted(np.random.default_rng(seed), 0.0, 0.0)))) for seed in range(count))
    groups = held = 0
    for seed in range(max(count // 4, 1)):
        market, hosts = fans(np.random.default_rng(seed))
        groups += hosts
        held += len(blocks.find(*_graph(market)))
    return {"clean_markets": count, "clean_with_block": clean, "fan_groups": groups, "fan_groups_held": held}


def _graph(market: Market) -> tuple[Pairs, Ints]:
    return pairs(market.buyer, market.shop, BUYERS, SHOPS), market.category


def attacked(attack: markets.Attack, honest: markets.Attack) -> dict[str, float]:
    """Points (1 = one unit of score of one shop) and exposures a month that 1,000 spent bought, with and without."""
    own = np.arange(len(attack.category))
    before, base = _level(honest)
    defence = defend(attack)
    plain, lifted = scored(attack.deals, attack.category, own)
    kept, held = scored(attack.deals.where(~defence.void), attack.category, defence.answers)
    held = np.where(defence.turning, np.minimum(held, 1.0), held)
    sign, thousand = (-1 if attack.against else 1), attack.spent / 1000
    takers = attack.takers

    def gain(after: NDArray[np.float64], was: NDArray[np.float64]) -> float:
        return float(np.nansum(sign * (after[takers] - was)) / thousand)

    fake = attack.deals.fake
    return {
        "spent": attack.spent,
        "points": gain(plain, before), "points_defended": gain(kept, before),
        "exposures": gain(lifted, base) * EXPOSURES, "exposures_defended": gain(held, base) * EXPOSURES,
        "fake": int(fake.sum()), "fake_voided": int((defence.void & fake).sum()),
        "honest_voided": int((defence.void & ~fake).sum()),
    }  # fmt: skip


def _level(honest: markets.Attack) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Where the takers would stand without the attack."""
    score, multiplier = scored(honest.deals, honest.category, np.arange(len(honest.category)))
    return score[honest.takers], multiplier[honest.takers]


def table_of_cells(cells: dict[str, dict[str, float]]) -> Table:
    names = ("f1", "least", "deals_f1", "fraudar", "busiest", "seconds", "fraudar_s")
    table = Table("density, camouflage", *names, title="Planted blocks: F1")
    for name, values in cells.items():
        table.add_row(name, *[f"{values[key]:.3f}" if key in values else "–" for key in names])
    return table


def table_of_attacks(attacks: dict[str, dict[str, float]]) -> Table:
    names = list(next(iter(attacks.values())))
    table = Table("attack", *names, title="What 1,000 spent buys")
    for name, values in attacks.items():
        table.add_row(name, *[_figure(values[key]) for key in names])
    return table


def _short(figures: Any) -> Any:
    """Numbers to four digits, however deep."""
    if isinstance(figures, dict):
        return {name: _short(value) for name, value in figures.items()}
    return round(float(figures), 4)


def _figure(value: float) -> str:
    return f"{value:,.3f}" if abs(value) < 100 and value != int(value) else f"{value:,.0f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--clean", type=int, default=20)
    parser.add_argument("--no-peer", action="store_true")
    asked = parser.parse_args()
    began = time.perf_counter()
    blocks.find(*_graph(planted(np.random.default_rng(100), 0.4, 0.0)))  # compiles
    cells = {
        f"{density} {camouflage}": cell(density, camouflage, range(asked.seeds), not asked.no_peer)
        for density in DENSITIES
        for camouflage in CAMOUFLAGES
    }
    Console().print(table_of_cells(cells))
    honest = false_blocks(asked.clean)
    print(", ".join(f"{name} {count}" for name, count in honest.items()))
    attacks = {plan.__name__: attacked(*plan(np.random.default_rng(0))) for plan in markets.ATTACKS}
    Console().print(table_of_attacks(attacks))
    seconds = time.perf_counter() - began
    print(json.dumps(_short({"cells": cells, "honest": honest, "attacks": attacks, "seconds": seconds})))


if __name__ == "__main__":
    main()

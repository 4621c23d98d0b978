"""The greedy densest block of a bipartite graph: peel the least suspicious node, keep the best that was left.

FRAUDAR (Hooi, Song, Beutel, Shah, Shin, Faloutsos, KDD 2016): with weights that fall with the *column's* degree only,
what accounts add elsewhere as camouflage takes nothing from the block. A binary heap of stale entries; O(E log E).
"""

import heapq

import numba
import numpy as np
from numpy.typing import NDArray

from laotie.engine.risk.market import Floats, Ints, Pairs

COLUMN = 5.0  # the constant c of 1 / log(degree + c)


def column_weights(pairs: Pairs) -> Floats:
    """For each pair 1 / log(d + c), d the number of its shop's buyers."""
    weight: Floats = 1.0 / np.log(pairs.of_shop[pairs.shop] + COLUMN)
    return weight


def densest(pairs: Pairs, weight: Floats) -> tuple[NDArray[np.bool_], NDArray[np.bool_], float]:
    """The marked buyers and shops with (about) the most `weight` of pairs inside a node, and that density."""
    nodes = pairs.buyers + pairs.shops
    order = np.argsort(pairs.shop, kind="stable")
    ends = np.concatenate([pairs.shop + pairs.buyers, pairs.buyer[order]])
    weights = np.concatenate([weight, weight[order]])
    degree = np.concatenate([pairs.of_buyer, pairs.of_shop])
    starts = np.concatenate([[0], np.cumsum(degree)])
    removed, density = _peel(starts, ends, weights)
    left = np.zeros(nodes, dtype=np.bool_)
    best = int(np.argmax(density))
    left[removed[best:]] = True
    return left[: pairs.buyers], left[pairs.buyers :], float(density[best])


@numba.njit(cache=True)  # type: ignore[untyped-decorator]
def _peel(starts: Ints, ends: Ints, weights: Floats) -> tuple[Ints, Floats]:
    """The order of removal, and for k the density of what is left before the k-th removal."""
    nodes = len(starts) - 1
    held = np.zeros(nodes)
    for node in range(nodes):
        held[node] = weights[starts[node] : starts[node + 1]].sum()
    heap = [(held[node], node) for node in range(nodes)]
    heapq.heapify(heap)
    removed, density = np.empty(nodes, dtype=np.int64), np.empty(nodes)
    gone = np.zeros(nodes, dtype=np.bool_)
    total, count = held.sum() / 2, 0
    while count < nodes:
        key, node = heapq.heappop(heap)
        if gone[node] or key != held[node]:
            continue
        density[count] = total / (nodes - count)
        removed[count] = node
        gone[node] = True
        count += 1
        total -= held[node]
        for place in range(starts[node], starts[node + 1]):
            other = ends[place]
            if not gone[other]:
                held[other] -= weights[place]
                heapq.heappush(heap, (held[other], other))
    return removed, density

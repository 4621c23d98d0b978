"""What-if: a target in, the smallest set of metric changes out.

Which: each metric can raise the total by at most weight × (best − points), its room. The metrics with the most room
are taken until the target is within reach: no smaller set reaches it, for the k largest rooms have the largest sum of
any k.
How far: all of the set use the same share of their room, just enough; so none of them could be left out, and since a
curve is monotone the value with those points is found by reading it backwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from laotie.engine.scores.curves import Curves, line, reaching
from laotie.engine.scores.explaining import Part
from laotie.engine.scores.metrics import OF_DEALS
from laotie.engine.scores.points import on_line
from laotie.engine.scores.prior import Beta, Prior
from laotie.engine.scores.rulebook import Line, Rulebook

REACHABLE = 0.94  # points at the tenth best of a hundred: what a metric can be asked to reach


@dataclass(frozen=True, slots=True)
class Wish:
    """One metric's change: its value and points now and then; `deals`: so many good ones in a row would do it, 0 where
    that says nothing (times, amounts, points judged elsewhere)."""

    metric: str
    dimension: str
    value: float
    wanted: float
    points: float
    points_wanted: float
    deals: int


@dataclass(frozen=True, slots=True)
class WhatIf:
    """`score`: what the wishes lead to: `target`, or the highest within reach where that is lower (`reached` False)."""

    target: float
    score: float
    reached: bool
    wishes: tuple[Wish, ...]


def what_if(parts: Sequence[Part], category: str, curves: Curves, target: float, rulebook: Rulebook) -> WhatIf:
    """The fewest metric changes that bring a score, explained by `parts`, to `target` (score units)."""
    total = sum(part.contribution for part in parts)
    gap = total_at(rulebook.map, target) - total
    if gap <= 0:
        return WhatIf(target, _figure(rulebook, total), True, ())
    chosen: list[Part] = []
    room = 0.0
    for part in sorted(parts, key=lambda part: (-_room(part), part.metric)):
        if room >= gap or _room(part) <= 0:
            break
        chosen.append(part)
        room += _room(part)
    share = min(gap / room, 1.0) if room else 0.0
    wishes = tuple(_wish(part, curves.prior(part.metric, category), share, rulebook) for part in chosen)
    return WhatIf(target, _figure(rulebook, total + share * room), room >= gap, wishes)


def total_at(line: Line, figure: float) -> float:
    """The least total that stands at `figure` on the map."""
    heights, first = np.unique(np.array(line.y), return_index=True)
    return float(np.interp(figure, heights, np.array(line.x)[first]))


def _room(part: Part) -> float:
    return part.weight * max(REACHABLE - part.points, 0.0)


def _wish(part: Part, prior: Prior, share: float, rulebook: Rulebook) -> Wish:
    wanted = part.points + share * max(REACHABLE - part.points, 0.0)
    value = reaching(line(prior, part.metric, rulebook.curve), wanted, part.metric)
    deals = _good_deals(part, prior, value)
    return Wish(part.metric, part.dimension, part.rate, value, part.points, wanted, deals)


def _good_deals(part: Part, prior: Prior, value: float) -> int:
    """How many good deals in a row bring the shrunk rate to `value`: (a + bad) / (a + b + n + x) = value."""
    if not isinstance(prior, Beta) or part.metric not in OF_DEALS or value <= 0:
        return 0
    weight = part.n + prior.strength
    return max(int(np.ceil(part.rate * weight / value - weight - 1e-9)), 0)


def _figure(rulebook: Rulebook, total: float) -> float:
    return float(on_line(rulebook.map, np.array([total]))[0])

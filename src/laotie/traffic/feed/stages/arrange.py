"""Arrange: the slots of the page, drawn by value or in order of time."""

import numpy as np

from laotie.engine.matching.drawing import Slot
from laotie.engine.matching.ranking import arranged, rank
from laotie.engine.matching.values import value
from laotie.traffic.feed.contracts import Manner
from laotie.traffic.feed.stages.types import Arranged, Request, Scored

TIME = "time"
BY_TIME = frozenset({Manner.FOLLOWING, Manner.NEWEST})


def arrange(scored: Scored, request: Request) -> Arranged:
    """The slots from `request.first` on."""
    first, upto = request.first, request.first + request.asking.size
    if request.asking.manner in BY_TIME:
        ranked = arranged(value(scored.candidates, request.policy), _by_time(scored, first, upto))
    else:
        whole = rank(scored.candidates, scored.arms, request.policy, request.seed, upto)
        ranked = type(whole)(whole.slots[first:], whole.score[first:], whole.parts[first:])
    return Arranged(scored, ranked, upto < len(scored.candidates))


def _by_time(scored: Scored, first: int, upto: int) -> list[Slot]:
    """Newest first; nothing is left to chance."""
    sheet = scored.kept.sheet
    order = np.lexsort((sheet.low, -sheet.listed))[first:upto]
    return [Slot(row, TIME, 0.0, 1.0, 1.0) for row in order.tolist()]

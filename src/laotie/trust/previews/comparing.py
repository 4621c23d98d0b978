"""Two sets of scores of the same day beside each other: who moves, and how exposures would. No database."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from laotie.trust.previews.contracts import KindResult, Mover
from laotie.trust.scores.contracts import Tried

Floats = NDArray[np.float64]
OFFICIAL = "official"
BINS = 40  # from 3.00 to 5.00
MOST_MOVERS = 25
Pair = tuple[Tried, Tried]


def compare(before: Iterable[Tried], after: Iterable[Tried]) -> list[KindResult]:
    """The results by kind, of everybody who has a score by both."""
    pairs = paired(before, after)
    kinds = list(dict.fromkeys(old.kind for old, _ in pairs))
    return [_kind(kind, [pair for pair in pairs if pair[0].kind == kind]) for kind in kinds]


def paired(before: Iterable[Tried], after: Iterable[Tried]) -> list[Pair]:
    """(before, after) of everybody who has both, in the order of `before`."""
    later = {(each.kind, each.entity_id): each for each in after}
    return [(old, new) for old in before if (new := later.get((old.kind, old.entity_id))) is not None]


def _kind(kind: str, pairs: Sequence[Pair]) -> KindResult:
    old, new = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    share_before, share_after = shares(old), shares(new)
    fresh = np.array([each.status != OFFICIAL for each in old], dtype=np.bool_)
    moved = np.array([round(b.score - a.score, 4) for a, b in pairs])
    return KindResult(
        kind=kind,
        count=len(pairs),
        bands=tuple(sorted((a, b, n) for (a, b), n in Counter((a.band, b.band) for a, b in pairs).items() if a != b)),
        rose=int((moved > 0).sum()),
        fell=int((moved < 0).sum()),
        traffic=float(np.abs(share_after - share_before).sum()),
        gini_before=gini(share_before),
        gini_after=gini(share_after),
        new_count=int(fresh.sum()),
        new_before=float(share_before[fresh].sum()),
        new_after=float(share_after[fresh].sum()),
        quartiles_before=_quartiles(old),
        quartiles_after=_quartiles(new),
        histogram_before=histogram(each.score for each in old),
        histogram_after=histogram(each.score for each in new),
        plans_lost=sum(a.may_offer_plans and not b.may_offer_plans for a, b in pairs),
        plans_won=sum(b.may_offer_plans and not a.may_offer_plans for a, b in pairs),
        sooner=sum(b.settlement_days < a.settlement_days for a, b in pairs),
        later=sum(b.settlement_days > a.settlement_days for a, b in pairs),
        movers=_movers(pairs, share_before, share_after),
    )


def shares(scores: Sequence[Tried]) -> Floats:
    """Each one's share of exposures where only multipliers differ."""
    multipliers = np.array([each.multiplier for each in scores])
    shared: Floats = multipliers / multipliers.sum()
    return shared


def gini(share: Floats) -> float:
    """0: all have the same; 1: one has all."""
    ordered, count = np.sort(share), len(share)
    ranks = np.arange(1, count + 1)
    return float((2 * ranks - count - 1) @ ordered / (count * ordered.sum())) if count else 0.0


def histogram(scores: Iterable[float]) -> tuple[int, ...]:
    """How many stand in each of BINS equal steps from 3.00 to 5.00."""
    counts, _ = np.histogram(list(scores), bins=BINS, range=(3.0, 5.0))
    return tuple(int(count) for count in counts)


def _quartiles(scores: Sequence[Tried]) -> tuple[float, ...]:
    official = [each.score for each in scores if each.status == OFFICIAL]
    return tuple(round(float(q), 4) for q in np.quantile(official, [0.25, 0.5, 0.75])) if official else ()


def _movers(pairs: Sequence[Pair], before: Floats, after: Floats) -> tuple[Mover, ...]:
    far = sorted(range(len(pairs)), key=lambda at: (-abs(pairs[at][1].score - pairs[at][0].score), at))
    return tuple(
        Mover(
            pairs[at][0].entity_id, pairs[at][0].score, pairs[at][1].score, pairs[at][0].band, pairs[at][1].band,
            float(before[at]), float(after[at]),
        )
        for at in far[:MOST_MOVERS]
        if pairs[at][1].score != pairs[at][0].score
    )  # fmt: skip

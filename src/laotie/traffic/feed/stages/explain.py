"""Explain: each slot's reasons, as numbers that sum to its score, while they are known."""

import numpy as np

from laotie.engine.matching.ranking import ARRANGED
from laotie.traffic.feed.stages.types import Arranged, Explained

MILLIONTHS = 1_000_000


def explain(arranged: Arranged) -> Explained:
    """The parts in millionths; the score is their sum to the last unit. Codes that are nought everywhere go."""
    parts = np.rint(arranged.ranked.parts * MILLIONTHS).astype(np.int64)
    used = np.asarray(parts.any(axis=0))
    codes = tuple(code for code, is_used in zip(ARRANGED, used.tolist(), strict=True) if is_used)
    return Explained(arranged, codes, parts[:, used], parts.sum(axis=1))

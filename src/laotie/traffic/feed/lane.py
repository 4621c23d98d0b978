"""The newcomers' lane: who competes in it, with which chance. The same for everybody, a few seconds old at most."""

from dataclasses import dataclass
from uuid import UUID

import numpy as np

from laotie.engine.matching.policy import Policy, published
from laotie.engine.matching.thompson import best_chances
from laotie.kit.memory import ShortMemory
from laotie.traffic.feed.models import LaneArm

MOST = 64  # owners at a time; the chances of more are too small to matter within a minute


@dataclass(frozen=True, slots=True)
class Arm:
    """A newcomer's thing and the chance that it is the best of all."""

    item: UUID
    owner: UUID
    chance: float


_arms: ShortMemory[str, tuple[Arm, ...]] = ShortMemory(1, ages=10)


def arms() -> tuple[Arm, ...]:
    """The newcomers whose owner's budget of the day is not spent."""
    return _arms.get("all", _read)


def _read() -> tuple[Arm, ...]:
    policy = published()
    rows = list(LaneArm.objects.filter(spent__lt=policy.lane.budget).order_by("exposures", "owner_id")[:MOST])
    return tuple(
        Arm(row.item_id, row.owner_id, float(chance)) for row, chance in zip(rows, _chances(rows, policy), strict=True)
    )


def _chances(rows: list[LaneArm], policy: Policy) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    alpha = np.array([policy.lane.prior[0] + row.opened for row in rows])
    beta = np.array([policy.lane.prior[1] + max(row.exposures - row.opened, 0.0) for row in rows])
    return best_chances(alpha, beta)

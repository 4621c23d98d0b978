"""Newcomers: for each owner the newest thing that hardly anybody has seen, and what of today's budget is spent."""

from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID

import numpy as np
from django.db import transaction
from numpy.typing import NDArray

from laotie.engine.matching.drawing import LANE
from laotie.engine.matching.policy import ACTIONS, Policy
from laotie.kit import market
from laotie.people.merchants import queries as merchants
from laotie.stream.lake.queries import Snapshot
from laotie.traffic.feed.contracts import FeedDecided
from laotie.traffic.feed.estimating.goods import Goods
from laotie.traffic.feed.models import LaneArm

Floats = NDArray[np.float64]
NEW = timedelta(days=30)  # what was listed before is no newcomer, however little it was seen
CLICK = ACTIONS.index("click")


def newcomers(goods: Goods, found: Floats, exposures: Floats, policy: Policy, now: datetime) -> list[LaneArm]:
    """One arm an owner. A new owner may open as many shops as they like: they have one place in the lane."""
    since = int((now - NEW).timestamp())
    fresh = np.flatnonzero((exposures < policy.lane.newcomer) & (goods.columns.listed >= since))
    rows = fresh[np.argsort(goods.columns.listed[fresh])]  # of an owner's the newest is the last, and stays
    shops = dict(zip(rows.tolist(), (goods.columns.shop_ids[row] for row in rows.tolist()), strict=True))
    owners = merchants.owners(set(shops.values()))
    newest = {owners[shop]: row for row, shop in shops.items() if shop in owners}
    items = goods.columns.product_ids
    return [
        LaneArm(
            owner_id=owner, item_id=items[row], exposures=exposures[row], opened=exposures[row] * found[row, CLICK],
            spent=0, run=now,
        )
        for owner, row in newest.items()
    ]  # fmt: skip


def spent_today(lake: Snapshot, now: datetime) -> dict[UUID, int]:
    """How many lane slots each owner had today."""
    decided = lake.read(FeedDecided.KIND, [market.current().day(now)])
    shown: Counter[str] = Counter()
    for arms, sellers in zip(decided["arms"].to_pylist(), decided["sellers"].to_pylist(), strict=True):
        shown.update(seller for arm, seller in zip(arms or (), sellers or (), strict=True) if arm == LANE)
    owners = merchants.owners(UUID(seller) for seller in shown)
    spent: Counter[UUID] = Counter()
    for seller, count in shown.items():
        if UUID(seller) in owners:
            spent[owners[UUID(seller)]] += count
    return dict(spent)


@transaction.atomic
def keep(arms: list[LaneArm], spent: dict[UUID, int]) -> None:
    """Put `arms` in the place of those before."""
    for arm in arms:
        arm.spent = spent.get(arm.owner_id, 0)
    LaneArm.objects.all().delete()
    LaneArm.objects.bulk_create(arms, 2000)


def refresh_spent(spent: dict[UUID, int]) -> None:
    """Bring the budgets up to date, between two runs."""
    rows = list(LaneArm.objects.all())
    for row in rows:
        row.spent = spent.get(row.owner_id, 0)
    LaneArm.objects.bulk_update(rows, ["spent"], 2000)

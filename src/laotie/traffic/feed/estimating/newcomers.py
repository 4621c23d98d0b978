"""Newcomers: for each owner the newest thing that hardly anybody has seen, and what of today's budget is spent."""

from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID

import numpy as np
from django.db import transaction
from ibis import _

from laotie.engine.matching.drawing import LANE
from laotie.engine.matching.policy import Policy
from laotie.kit import market
from laotie.people.merchants import queries as merchants
from laotie.stream.lake.queries import Snapshot
from laotie.traffic.feed.contracts import FeedDecided
from laotie.traffic.feed.estimating.estimates import Estimated
from laotie.traffic.feed.estimating.goods import Goods
from laotie.traffic.feed.models import LaneArm

NEW = timedelta(days=30)  # what was listed before is no newcomer, however little it was seen


def newcomers(goods: Goods, found: Estimated, policy: Policy, now: datetime) -> list[LaneArm]:
    """One arm an owner. A new owner may open as many shops as they like: they have one place in the lane."""
    since = int((now - NEW).timestamp())
    fresh = np.flatnonzero((found.seen < policy.lane.newcomer) & (goods.columns.listed >= since))
    rows = fresh[np.argsort(goods.columns.listed[fresh])]  # of an owner's the newest is the last, and stays
    of_shops = goods.columns.shop_ids
    shops = {row: of_shops[row] for row in rows.tolist()}
    owners = merchants.owners(set(shops.values()))
    newest = {owners[shop]: row for row, shop in shops.items() if shop in owners}
    items = goods.columns.product_ids
    return [
        LaneArm(
            owner_id=owner, item_id=items[row], exposures=found.seen[row], opened=found.opened[row], spent=0, run=now
        )
        for owner, row in newest.items()
    ]  # fmt: skip


def spent_today(lake: Snapshot, now: datetime) -> dict[UUID, int]:
    """How many lane slots each owner had today."""
    decided = lake.table(FeedDecided.KIND, [market.current().day(now)])
    slots = decided.select(arm=_.arms.unnest(), seller=_.sellers.unnest())
    counted = slots.filter(_.arm == LANE).group_by("seller").aggregate(n=_.count()).to_pyarrow()
    shown = {
        UUID(seller): n for seller, n in zip(*(counted[name].to_pylist() for name in ("seller", "n")), strict=True)
    }
    owners = merchants.owners(shown)
    spent: Counter[UUID] = Counter()
    for seller, count in shown.items():
        if seller in owners:
            spent[owners[seller]] += count
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

"""Estimates of every thing, kept for the feed to read: what the newest run says replaces what the one before said."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pyarrow as pa
from django.db import transaction
from numpy.typing import NDArray

from laotie.engine.matching.estimates import assumed_exposures, rates
from laotie.engine.matching.policy import ACTIONS, Policy
from laotie.stream.lake.queries import Snapshot
from laotie.traffic.feed.estimating import counts
from laotie.traffic.feed.estimating.counts import Window
from laotie.traffic.feed.estimating.goods import Goods
from laotie.traffic.feed.models import Estimate

Floats = NDArray[np.float64]
TRUSTED = 10.0  # matured deals that a thing's own share of good ones must outweigh
PAY = ACTIONS.index("pay")


@dataclass(frozen=True, slots=True)
class Estimated:
    """Of N goods: `rates` (N, ACTIONS), the `exposures` they rest on, and what beacons alone told: `seen`, `opened`."""

    rates: Floats
    exposures: Floats
    seen: Floats
    opened: Floats


def estimate(lake: Snapshot, within: Window, goods: Goods, policy: Policy) -> Estimated:
    """The estimates of all goods."""
    events = np.zeros((len(goods), len(ACTIONS)))
    seen = _column(counts.shown(lake, "impression", within), "n", goods)
    sold = counts.bought(lake, within)
    columns = {name: _column(sold, name, goods) for name in ("n", "matured", "good", "refund", "again")}
    usual = policy.prior[ACTIONS.index("good")] / policy.prior[PAY]
    share = (columns["good"] + TRUSTED * usual) / (columns["matured"] + TRUSTED)
    found = {
        "click": _column(counts.shown(lake, "click", within), "n", goods),
        "dwell": _column(counts.shown(lake, "dwell", within), "n", goods),
        "pay": columns["n"],
        "good": columns["n"] * share,
        "refund": columns["refund"],
        "repurchase": columns["again"],
    }
    for name, column in found.items():
        events[:, ACTIONS.index(name)] = column
    exposures = np.maximum(seen, assumed_exposures(columns["n"], goods.category, policy, PAY))
    found_rates = rates(_filled(events, exposures, seen, policy), exposures, goods.category, policy)
    return Estimated(found_rates, exposures, seen, found["click"])


def _filled(events: Floats, exposures: Floats, seen: Floats, policy: Policy) -> Floats:
    """Events of what only beacons tell: exposures that were assumed went as the prior says."""
    assumed = np.maximum(exposures - seen, 0.0)
    unknown = [ACTIONS.index(name) for name in ("enter", "dwell", "follow", "click", "hide", "report")]
    filled = events.copy()
    filled[:, unknown] += assumed[:, None] * np.asarray(policy.prior)[unknown]
    return filled


@transaction.atomic
def keep(goods: Goods, found: Estimated, run: datetime) -> None:
    """Write the estimates down; those of things that are gone go."""
    rows = [
        Estimate(item_id=item, rates=own, exposures=seen, run=run)
        for item, own, seen in zip(
            goods.columns.product_ids, found.rates.tolist(), found.exposures.tolist(), strict=True
        )
    ]
    Estimate.objects.bulk_create(
        rows, 2000, update_conflicts=True, unique_fields=["item_id"], update_fields=["rates", "exposures", "run"]
    )
    Estimate.objects.filter(run__lt=run).delete()


def _column(table: pa.Table, name: str, goods: Goods) -> Floats:
    """A column of counts by item, as one number a row of the goods."""
    column = np.zeros(len(goods))
    for item, value in zip(table["item"].to_pylist(), table[name].to_pylist(), strict=True):
        row = goods.row.get(item)
        if row is not None:
            column[row] = value or 0.0
    return column

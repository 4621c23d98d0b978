"""Comparing the market's prices, keeping how each stands, and leaving a fact where that changed."""

from datetime import date, datetime, timedelta
from uuid import UUID

import numpy as np
from django.db import transaction

from laotie.engine.price.index import Index, index
from laotie.kit import market
from laotie.stream.lake.queries import Snapshot
from laotie.stream.outbox.actions import emit
from laotie.trust.prices.contracts import PriceCompared
from laotie.trust.prices.gathering import SECONDS, Listed, gather
from laotie.trust.prices.models import ComparedRow


def compare(lake: Snapshot, day: date) -> int:
    """Compare every price that counts at the end of market day `day`. Returns how many products have one.

    Doing it twice changes nothing: a fact is left only for what stands differently.
    """
    listed = gather(lake, day, _end(day).timestamp() / SECONDS)
    rows = _rows(listed, index(listed.listings), day)
    with transaction.atomic():
        before = {row.product_id: row for row in ComparedRow.objects.select_for_update()}
        emit(*[_fact(row) for row in rows if _differs(row, before.get(row.product_id))])
        ComparedRow.objects.exclude(product_id__in=[row.product_id for row in rows]).delete()
        ComparedRow.objects.bulk_create(
            rows, batch_size=1000, update_conflicts=True, unique_fields=["product_id"], update_fields=FIELDS
        )
    return len(rows)


FIELDS = ["shop_id", "day", "basis", "index_e4", "points_e4", "sellers", "landed_minor", "cut_e4", "cluster"]


def _end(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), market.current().zone)


def _rows(listed: Listed, made: Index, day: date) -> list[ComparedRow]:
    first: dict[int, UUID] = {}
    for product, cluster in zip(listed.products, made.cluster.tolist(), strict=True):
        first[cluster] = min(first.get(cluster, product), product)
    return [
        ComparedRow(
            product_id=product, shop_id=listed.shops[row], day=day, basis=str(made.basis[row]),
            index_e4=_e4(made.index[row]), points_e4=_e4(made.points[row]), sellers=int(made.sellers[row]),
            landed_minor=round(float(made.landed[row])), cut_e4=_e4(listed.cut[row]) or 0,
            cluster=first[int(made.cluster[row])],
        )
        for row, product in enumerate(listed.products)
    ]  # fmt: skip


def _e4(value: float) -> int | None:
    return None if np.isnan(value) else min(round(float(value) * 10_000), 2_000_000_000)


def _fact(row: ComparedRow) -> PriceCompared:
    return PriceCompared(row.product_id, row.shop_id, row.basis, row.index_e4, row.points_e4, row.sellers, row.cluster)


def _differs(row: ComparedRow, before: ComparedRow | None) -> bool:
    return before is None or _fact(row) != _fact(before)

"""Counting sales. The reader of facts calls this in the transaction that moves its cursor: each sale counts once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import exp, log
from uuid import UUID

from django.db import connection

from laotie.places.popularity.contracts import Sale
from laotie.places.popularity.decay import EPOCH, RATE

ADD = """
INSERT INTO popularity_productpulse AS kept (product_id, sold, heat, last_at)
SELECT * FROM unnest(%s::uuid[], %s::bigint[], %s::float8[], %s::timestamptz[])
ON CONFLICT (product_id) DO UPDATE SET
    sold = kept.sold + excluded.sold,
    heat = greatest(kept.heat, excluded.heat) + ln(1 + exp(-abs(kept.heat - excluded.heat))),
    last_at = greatest(kept.last_at, excluded.last_at)
"""


def count(sales: Iterable[Sale]) -> None:
    """Add `sales` in one statement. Products are written in the order of their ids, so that two writers never lock
    each other."""
    by_product: dict[UUID, list[Sale]] = defaultdict(list)
    for sale in sales:
        by_product[sale.product_id].append(sale)
    if not by_product:
        return
    ids = sorted(by_product)
    groups = [by_product[product_id] for product_id in ids]
    with connection.cursor() as cursor:
        cursor.execute(
            ADD,
            [
                ids,
                [sum(sale.quantity for sale in group) for group in groups],
                [_heat(group) for group in groups],
                [max(sale.at for sale in group) for group in groups],
            ],
        )


def _heat(sales: Sequence[Sale]) -> float:
    """ln Σ quantity · e^(RATE · seconds since EPOCH), without leaving the range of a float."""
    exponents = [log(sale.quantity) + RATE * (sale.at - EPOCH).total_seconds() for sale in sales]
    highest = max(exponents)
    return highest + log(sum(exp(exponent - highest) for exponent in exponents))

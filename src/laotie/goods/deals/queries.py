"""The terms of offers for one buyer at one moment, as `goods.terms` defines them, with what else an order copies."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from laotie.goods.deals.contracts import DealTerms
from laotie.goods.offers import queries as offers
from laotie.goods.offers.contracts import FreightPlan
from laotie.goods.stock import queries as stock
from laotie.kit import market

READ = "SELECT * FROM goods_deal_terms(%(offers)s::uuid[], %(creators)s::uuid[], %(account)s, %(at)s)"


def deal_terms(
    offer_ids: Iterable[UUID],
    account_id: UUID | None,
    at: datetime,
    creators: Mapping[UUID, UUID] | None = None,
) -> dict[UUID, DealTerms]:
    """Terms by offer, of those that exist, in one statement. `creators`: offer → the creator the buyer came from."""
    ids = sorted(set(offer_ids))
    if not ids:
        return {}
    came_from = [(creators or {}).get(offer_id) for offer_id in ids]
    with connection.cursor() as cursor:
        cursor.execute(READ, {"offers": ids, "creators": came_from, "account": account_id, "at": at})
        return {row[0]: _deal(row) for row in cursor.fetchall()}


def _deal(row: tuple[Any, ...]) -> DealTerms:
    money = market.current().money
    return DealTerms(
        offer_id=row[0],
        sku_id=row[1],
        product_id=row[2],
        merchant_id=row[3],
        shop=row[4],
        shop_slug=row[5],
        category_id=row[6],
        title=row[7],
        options=row[8],
        picture=UUID(row[9]) if row[9] else None,
        price=money(row[10]),
        list_price=money(row[11]),
        ships_within_hours=row[12],
        freight_plan=_plan(row[13]),
        timed_price_id=row[14],
        plan_id=row[15],
        commission_bp=row[16],
        cap=None if row[17] is None else max(0, row[17]),
        left=row[18],
        on_sale=row[19],
    )


def _plan(text: str | dict[str, Any] | None) -> FreightPlan | None:
    if text is None:
        return None
    return offers.plan_of(json.loads(text) if isinstance(text, str) else text)


def stock_left(offer_ids: Iterable[UUID]) -> dict[UUID, int]:
    """What is left of each offer, 0 where there is none."""
    ids = list(offer_ids)
    return dict.fromkeys(ids, 0) | stock.available(ids)

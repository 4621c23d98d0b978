"""The terms of offers for one buyer at one moment, as `goods.terms` defines them, with what else an order copies."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from laotie.goods.deals.contracts import DealTerms
from laotie.goods.offers import queries as offers
from laotie.goods.stock import queries as stock
from laotie.kit import market
from laotie.kit.prepared import Prepared, Row, array

READ = Prepared("goods_deal_terms", "SELECT * FROM goods_deal_terms($1::uuid[], $2::uuid[], $3::uuid, $4::timestamptz)")


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
    who = str(account_id) if account_id else None
    deals = [_deal(row) for row in READ.rows(array(ids), array(came_from), who, at.isoformat())]
    return {deal.offer_id: deal for deal in deals}


def _deal(row: Row) -> DealTerms:
    money = market.current().money
    return DealTerms(
        offer_id=UUID(row[0]),
        sku_id=UUID(row[1]),
        product_id=UUID(row[2]),
        merchant_id=UUID(row[3]),
        shop=row[4],
        shop_slug=row[5],
        category_id=UUID(row[6]),
        title=row[7],
        options=row[8],
        picture=_id(row[9]),
        price=money(int(row[10])),
        list_price=money(int(row[11])),
        ships_within_hours=int(row[12]),
        freight_plan=offers.plan_of(json.loads(row[13])) if row[13] else None,
        timed_price_id=_id(row[14]),
        plan_id=_id(row[15]),
        commission_bp=int(row[16]),
        cap=max(0, int(row[17])) if row[17] else None,
        left=int(row[18]),
        on_sale=row[19] == "t",
    )


def _id(text: str) -> UUID | None:
    return UUID(text) if text else None


def stock_left(offer_ids: Iterable[UUID]) -> dict[UUID, int]:
    """What is left of each offer, 0 where there is none."""
    ids = list(offer_ids)
    return dict.fromkeys(ids, 0) | stock.available(ids)

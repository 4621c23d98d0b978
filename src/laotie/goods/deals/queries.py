"""The terms of offers for one buyer at one moment, as `goods.terms` defines them, with what else an order copies."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from laotie.goods.deals.contracts import DealTerms
from laotie.goods.offers.contracts import FreightPlan
from laotie.goods.stock import queries as stock
from laotie.kit import market

# A timed price holds while it runs, has units left and this buyer still has a share of it; the lowest one counts.
# A commission plan made for the creator the buyer came from goes before one that is open to all.
READ = """
    SELECT o.id, o.sku_id, o.product_id, o.merchant_id, m.name, m.slug, p.category_id, p.title, s.options,
        p.pictures ->> 0, least(o.price_minor, timed.price_minor), o.price_minor, o.ships_within_hours,
        CASE WHEN f.id IS NOT NULL THEN to_jsonb(f) END,
        CASE WHEN timed.price_minor <= o.price_minor THEN timed.id END, plan.id, coalesce(plan.rate_bp, 0),
        least(standing.cap - coalesce(had.quantity, 0),
              CASE WHEN timed.price_minor <= o.price_minor THEN timed.share END),
        goods_stock_available(o.id),
        o.status = 'on_sale' AND p.status = 'listed' AND m.status = 'approved'
    FROM unnest(%(offers)s::uuid[], %(creators)s::uuid[]) AS wanted (offer, creator)
    JOIN offers_offer o ON o.id = wanted.offer
    JOIN catalogue_product p ON p.id = o.product_id
    JOIN catalogue_sku s ON s.id = o.sku_id
    JOIN merchants_merchant m ON m.id = o.merchant_id
    LEFT JOIN offers_freightplan f ON f.id = o.freight_plan_id
    LEFT JOIN terms_offercap standing ON standing.offer_id = o.id
    LEFT JOIN terms_bought had ON had.holder = standing.offer_id AND had.account = %(account)s
    LEFT JOIN LATERAL (
        SELECT t.id, t.price_minor, t.cap_per_buyer - coalesce(b.quantity, 0) AS share
        FROM terms_timedprice t
        LEFT JOIN terms_bought b ON b.holder = t.id AND b.account = %(account)s
        WHERE t.offer_id = o.id AND t.starts_at <= %(at)s AND %(at)s < t.ends_at
            AND (t.allotment IS NULL OR goods_stock_available(t.id) > 0)
            AND (t.cap_per_buyer IS NULL OR coalesce(b.quantity, 0) < t.cap_per_buyer)
        ORDER BY t.price_minor, t.id LIMIT 1
    ) timed ON true
    LEFT JOIN LATERAL (
        SELECT c.id, c.rate_bp FROM terms_commissionplan c
        WHERE c.offer_id = o.id AND c.starts_at <= %(at)s AND (c.ends_at IS NULL OR %(at)s < c.ends_at)
            AND wanted.creator IS NOT NULL AND (c.creators = '{}' OR wanted.creator = ANY (c.creators))
        ORDER BY c.creators = '{}', c.id LIMIT 1
    ) plan ON true
"""


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
    row = json.loads(text) if isinstance(text, str) else text
    money = market.current().money
    return FreightPlan(
        id=UUID(row["id"]),
        merchant_id=UUID(row["merchant_id"]),
        name=row["name"],
        base=money(row["base_minor"]),
        each_more=money(row["each_more_minor"]),
        free_from=None if row["free_from_minor"] is None else money(row["free_from_minor"]),
        regions={region: None if minor is None else money(minor) for region, minor in row["regions"].items()},
    )


def stock_left(offer_ids: Iterable[UUID]) -> dict[UUID, int]:
    """What is left of each offer, 0 where there is none."""
    ids = list(offer_ids)
    return dict.fromkeys(ids, 0) | stock.available(ids)

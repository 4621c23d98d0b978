"""The terms of offers for one buyer, in one call.

A function rather than a statement, because placing an order is the hot path: plpgsql keeps the plan of these joins
for the life of a connection, where a statement would be planned again for every order.

A timed price holds while it runs, has units left and this buyer still has a share of it; the lowest one counts.
A commission plan made for the creator the buyer came from goes before one that is open to all.
"""

from django.db import migrations

TERMS = """
CREATE FUNCTION goods_deal_terms(offers uuid[], creators uuid[], buyer uuid, at timestamptz) RETURNS TABLE (
    offer_id uuid, sku_id uuid, product_id uuid, merchant_id uuid, shop varchar, shop_slug varchar, category_id uuid,
    title varchar, options varchar, picture text, price_minor bigint, list_price_minor bigint,
    ships_within_hours smallint, freight_plan jsonb, timed_price_id uuid, plan_id uuid, commission_bp int,
    cap int, available bigint, on_sale boolean
) LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        SELECT o.id, o.sku_id, o.product_id, o.merchant_id, m.name, m.slug, p.category_id, p.title, s.options,
            p.pictures ->> 0, least(o.price_minor, timed.price_minor), o.price_minor, o.ships_within_hours,
            CASE WHEN f.id IS NOT NULL THEN to_jsonb(f) END,
            CASE WHEN timed.price_minor <= o.price_minor THEN timed.id END, plan.id, coalesce(plan.rate_bp, 0),
            least(standing.cap - coalesce(had.quantity, 0),
                  CASE WHEN timed.price_minor <= o.price_minor THEN timed.share END),
            goods_stock_available(o.id),
            o.status = 'on_sale' AND p.status = 'listed' AND m.status = 'approved'
        FROM unnest(offers, creators) AS wanted (offer, creator)
        JOIN offers_offer o ON o.id = wanted.offer
        JOIN catalogue_product p ON p.id = o.product_id
        JOIN catalogue_sku s ON s.id = o.sku_id
        JOIN merchants_merchant m ON m.id = o.merchant_id
        LEFT JOIN offers_freightplan f ON f.id = o.freight_plan_id
        LEFT JOIN terms_offercap standing ON standing.offer_id = o.id
        LEFT JOIN terms_bought had ON had.holder = standing.offer_id AND had.account = buyer
        LEFT JOIN LATERAL (
            SELECT t.id, t.price_minor, t.cap_per_buyer - coalesce(b.quantity, 0) AS share
            FROM terms_timedprice t
            LEFT JOIN terms_bought b ON b.holder = t.id AND b.account = buyer
            WHERE t.offer_id = o.id AND t.starts_at <= at AND at < t.ends_at
                AND (t.allotment IS NULL OR goods_stock_available(t.id) > 0)
                AND (t.cap_per_buyer IS NULL OR coalesce(b.quantity, 0) < t.cap_per_buyer)
            ORDER BY t.price_minor, t.id LIMIT 1
        ) timed ON true
        LEFT JOIN LATERAL (
            SELECT c.id, c.rate_bp FROM terms_commissionplan c
            WHERE c.offer_id = o.id AND c.starts_at <= at AND (c.ends_at IS NULL OR at < c.ends_at)
                AND wanted.creator IS NOT NULL AND (c.creators = '{}' OR wanted.creator = ANY (c.creators))
            ORDER BY c.creators = '{}', c.id LIMIT 1
        ) plan ON true;
END $$;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalogue", "0001_initial"),
        ("merchants", "0001_initial"),
        ("offers", "0001_initial"),
        ("stock", "0002_functions"),
        ("terms", "0002_functions"),
    ]

    operations = [
        migrations.RunSQL(TERMS, "DROP FUNCTION goods_deal_terms(uuid[], uuid[], uuid, timestamptz)"),
    ]

"""Product cards in one call.

A function because every page of the shelf asks for fifty of them: plpgsql keeps the plan of these joins for the life of
a connection, where planning the statement takes longer than running it.
"""

from django.db import migrations

CARDS = """
CREATE FUNCTION goods_cards(ids uuid[], at timestamptz) RETURNS TABLE (
    product_id uuid, title varchar, cover text, shop_id uuid, price_minor bigint, timed_minor bigint, sold_out boolean
) LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        SELECT DISTINCT ON (p.id) p.id, p.title, p.pictures ->> 0, p.merchant_id, o.price_minor, timed.minor,
            bool_and(stocked.available = 0) OVER (PARTITION BY p.id)
        FROM catalogue_product p
        JOIN offers_offer o ON o.product_id = p.id AND o.status = 'on_sale'
        LEFT JOIN LATERAL (
            SELECT t.price_minor AS minor FROM terms_timedprice t
            WHERE t.offer_id = o.id AND t.starts_at <= at AND at < t.ends_at
                AND (t.allotment IS NULL OR goods_stock_available(t.id) > 0)
            ORDER BY t.price_minor LIMIT 1
        ) timed ON true
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(b.available), 0) AS available FROM stock_stockbucket b WHERE b.holder = o.id
        ) stocked
        WHERE p.id = ANY (ids) AND p.status = 'listed'
        ORDER BY p.id, least(o.price_minor, timed.minor), o.id;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0001_initial"),
        ("offers", "0001_initial"),
        ("stock", "0002_functions"),
        ("terms", "0002_functions"),
    ]

    operations = [migrations.RunSQL(CARDS, "DROP FUNCTION goods_cards(uuid[], timestamptz)")]

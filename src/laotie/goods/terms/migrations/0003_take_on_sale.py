"""`goods_take` also judges whether every line may still be sold: offer on sale, product listed, shop approved.

It judges last, when all locks are held: what was committed while it waited for stock counts, so nothing that was ended
or taken down before the stock was had is sold. What ends after that came after the order.
"""

from importlib import import_module

from django.db import migrations

CLOSED = """
CREATE FUNCTION goods_closed(offers uuid[]) RETURNS uuid LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (
        SELECT l.offer FROM unnest(offers) AS l (offer)
        LEFT JOIN offers_offer o ON o.id = l.offer AND o.status = 'on_sale'
        LEFT JOIN catalogue_product p ON p.id = o.product_id AND p.status = 'listed'
        LEFT JOIN merchants_merchant m ON m.id = o.merchant_id AND m.status = 'approved'
        WHERE p.id IS NULL OR m.id IS NULL
        ORDER BY l.offer LIMIT 1
    );
END $$;
"""

TAKE = """
CREATE OR REPLACE FUNCTION goods_take(buyer uuid, offers uuid[], timed uuid[], quantities int[], at timestamptz)
RETURNS jsonb LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    line record;
    price terms_timedprice;
    standing int;
    closed uuid;
BEGIN
    FOR line IN
        SELECT offer, timed_price, sum(quantity)::int AS wanted
        FROM unnest(offers, timed, quantities) AS l (offer, timed_price, quantity)
        GROUP BY offer, timed_price ORDER BY offer, timed_price NULLS LAST
    LOOP
        SELECT cap INTO standing FROM terms_offercap WHERE offer_id = line.offer;
        IF FOUND AND NOT goods_cap_take(line.offer, buyer, line.wanted, standing) THEN
            RETURN jsonb_build_object('offer', line.offer, 'reason', 'cap', 'cap', standing);
        END IF;
        IF line.timed_price IS NOT NULL THEN
            SELECT * INTO price FROM terms_timedprice
                WHERE id = line.timed_price AND offer_id = line.offer AND starts_at <= at AND at < ends_at;
            IF NOT FOUND THEN
                RETURN jsonb_build_object('offer', line.offer, 'reason', 'price_over');
            END IF;
            IF price.cap_per_buyer IS NOT NULL
                AND NOT goods_cap_take(price.id, buyer, line.wanted, price.cap_per_buyer) THEN
                RETURN jsonb_build_object('offer', line.offer, 'reason', 'cap', 'cap', price.cap_per_buyer);
            END IF;
            IF price.allotment IS NOT NULL AND NOT goods_stock_take(price.id, line.wanted) THEN
                RETURN jsonb_build_object('offer', line.offer, 'reason', 'allotment');
            END IF;
        END IF;
        IF NOT goods_stock_take(line.offer, line.wanted) THEN
            RETURN jsonb_build_object('offer', line.offer, 'reason', 'sold_out');
        END IF;
    END LOOP;
    closed := goods_closed(offers);
    IF closed IS NOT NULL THEN
        RETURN jsonb_build_object('offer', closed, 'reason', 'closed');
    END IF;
    RETURN NULL;
END $$;
"""

BEFORE: str = import_module("laotie.goods.terms.migrations.0002_functions").TAKE


class Migration(migrations.Migration):
    dependencies = [
        ("terms", "0002_functions"),
        ("catalogue", "0001_initial"),
        ("merchants", "0001_initial"),
        ("offers", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(CLOSED, "DROP FUNCTION goods_closed(uuid[])"),
        migrations.RunSQL(TAKE, BEFORE.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")),
    ]

"""What an order takes of an offer, in one call: the buyer's cap, the timed price's allotment, the stock.

`goods_take` judges a whole order: NULL when everything was taken, else why not, and then the caller rolls back.
Lines are taken in ascending offer id, each in the order cap, allotment, stock: the one order of all locks in goods.
"""

from django.db import migrations

CAP_TAKE = """
CREATE FUNCTION goods_cap_take(capped uuid, buyer uuid, wanted int, cap int) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    IF wanted > cap THEN
        RETURN false;
    END IF;
    INSERT INTO terms_bought AS b (holder, account, quantity) VALUES (capped, buyer, wanted)
        ON CONFLICT (holder, account) DO UPDATE SET quantity = b.quantity + wanted WHERE b.quantity + wanted <= cap;
    RETURN FOUND;
END $$;
"""

TAKE = """
CREATE FUNCTION goods_take(buyer uuid, offers uuid[], timed uuid[], quantities int[], at timestamptz)
RETURNS jsonb LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    line record;
    price terms_timedprice;
    standing int;
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
    RETURN NULL;
END $$;
"""

RETURN = """
CREATE FUNCTION goods_return(buyer uuid, offers uuid[], timed uuid[], quantities int[])
RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    line record;
BEGIN
    FOR line IN
        SELECT offer, timed_price, sum(quantity)::int AS given
        FROM unnest(offers, timed, quantities) AS l (offer, timed_price, quantity)
        GROUP BY offer, timed_price ORDER BY offer, timed_price NULLS LAST
    LOOP
        UPDATE terms_bought SET quantity = greatest(0, quantity - line.given)
            WHERE holder = line.offer AND account = buyer;
        IF line.timed_price IS NOT NULL THEN
            UPDATE terms_bought SET quantity = greatest(0, quantity - line.given)
                WHERE holder = line.timed_price AND account = buyer;
            IF EXISTS (SELECT 1 FROM terms_timedprice WHERE id = line.timed_price AND allotment IS NOT NULL) THEN
                PERFORM goods_stock_return(line.timed_price, line.given);
            END IF;
        END IF;
        PERFORM goods_stock_return(line.offer, line.given);
    END LOOP;
END $$;
"""

PRICE = """
CREATE FUNCTION goods_timed_price(wanted uuid, at timestamptz) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT price_minor FROM terms_timedprice
    WHERE offer_id = wanted AND starts_at <= at AND at < ends_at
        AND (allotment IS NULL OR goods_stock_available(id) > 0)
    ORDER BY price_minor LIMIT 1
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("terms", "0001_initial"), ("stock", "0002_functions")]

    operations = [
        migrations.RunSQL(CAP_TAKE, "DROP FUNCTION goods_cap_take(uuid, uuid, int, int)"),
        migrations.RunSQL(TAKE, "DROP FUNCTION goods_take(uuid, uuid[], uuid[], int[], timestamptz)"),
        migrations.RunSQL(RETURN, "DROP FUNCTION goods_return(uuid, uuid[], uuid[], int[])"),
        migrations.RunSQL(PRICE, "DROP FUNCTION goods_timed_price(uuid, timestamptz)"),
    ]

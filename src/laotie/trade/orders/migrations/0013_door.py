"""What the door in a rush looks at before it refuses (`door.py` says why), as a function: its plan is kept.

No row, no refusal: the key to REST does not hold, its owner has an order under this idempotency key, or the offer is
closed. STABLE: all is seen as it is at one moment.
"""

from django.db import migrations

DOOR = """
CREATE FUNCTION orders_at_the_door(shown text, under text, wanted uuid, at timestamptz)
RETURNS TABLE (price bigint, left_over bigint) LANGUAGE plpgsql STABLE ROWS 1 AS $$
BEGIN
    RETURN QUERY SELECT least(goods_timed_price(o.id, at), o.price_minor), goods_stock_available(o.id)
        FROM accounts_apitoken AS t
        JOIN accounts_account AS a ON a.id = t.account_id AND a.is_active
        JOIN offers_offer AS o ON o.id = wanted
        WHERE t.digest = shown AND t.revoked_at IS NULL AND t.expires_at > at
            AND NOT EXISTS (SELECT 1 FROM orders_checkoutrow AS c WHERE c.buyer_id = t.account_id AND c.key = under)
            AND goods_closed(ARRAY[wanted]) IS NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("offers", "0001_initial"),
        ("orders", "0012_arrival"),
        ("stock", "0003_kept_plan"),
        ("terms", "0006_kept_plan"),
    ]

    operations = [
        migrations.RunSQL(DOOR, "DROP FUNCTION orders_at_the_door(text, text, uuid, timestamptz)"),
    ]

"""What an order does with claims of coupons, in its own transaction.

`goods_coupons_use`: pairs of claim and order; NULL when every claim was the buyer's, good now and unused, else the one
that was not, and then the caller rolls back. `goods_coupons_return`: an order that came to nothing gives its claims back
to the buyer's hand; they are as good as their time lets them.
"""

from django.db import migrations

USE = """
CREATE FUNCTION goods_coupons_use(buyer uuid, claims uuid[], orders uuid[], at timestamptz)
RETURNS uuid LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    pair record;
BEGIN
    FOR pair IN SELECT * FROM unnest(claims, orders) AS p (claim, used_for) ORDER BY claim LOOP
        UPDATE terms_couponclaim c SET "order" = pair.used_for FROM terms_coupon k
            WHERE c.id = pair.claim AND c.account = buyer AND c."order" IS NULL
                AND k.id = c.coupon_id AND k.starts_at <= at AND at < k.ends_at;
        IF NOT FOUND THEN
            RETURN pair.claim;
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
"""

RETURN = """
CREATE FUNCTION goods_coupons_return(used_for uuid) RETURNS void LANGUAGE sql VOLATILE AS $$
    UPDATE terms_couponclaim SET "order" = NULL WHERE "order" = used_for;
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("terms", "0004_coupons")]

    operations = [
        migrations.RunSQL(USE, "DROP FUNCTION goods_coupons_use(uuid, uuid[], uuid[], timestamptz)"),
        migrations.RunSQL(RETURN, "DROP FUNCTION goods_coupons_return(uuid)"),
    ]

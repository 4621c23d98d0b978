"""The timed price that holds, with a plan that is kept: it is asked for wherever a price is shown or paid."""

from importlib import import_module

from django.db import migrations

PRICE = """
CREATE OR REPLACE FUNCTION goods_timed_price(wanted uuid, at timestamptz) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (
        SELECT price_minor FROM terms_timedprice
        WHERE offer_id = wanted AND starts_at <= at AND at < ends_at
            AND (allotment IS NULL OR goods_stock_available(id) > 0)
        ORDER BY price_minor LIMIT 1
    );
END $$;
"""
BEFORE: str = import_module("laotie.goods.terms.migrations.0002_functions").PRICE


class Migration(migrations.Migration):
    dependencies = [("terms", "0005_coupon_functions")]

    operations = [migrations.RunSQL(PRICE, BEFORE.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"))]

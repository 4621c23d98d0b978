"""Placing uses the buyer's coupons in the same statement, before it takes the stock."""

from importlib import import_module

from django.db import migrations

BEFORE: str = import_module("laotie.trade.orders.migrations.0005_stock_last").PLACE
MARK = "    SELECT goods_take(who,"
COUPONS = """    IF jsonb_array_length(coalesce(deal -> 'coupons', '[]')) > 0 THEN
        SELECT goods_coupons_use(who, array_agg(c.claim), array_agg(c."order"), placed) INTO spent
            FROM jsonb_to_recordset(deal -> 'coupons') AS c (claim uuid, "order" uuid);
        IF spent IS NOT NULL THEN
            RAISE EXCEPTION 'goods refused a coupon' USING ERRCODE = 'LT002',
                DETAIL = jsonb_build_object('reason', 'coupon', 'claim', spent)::text;
        END IF;
    END IF;

"""
PLACE = BEFORE.replace(MARK, COUPONS + MARK).replace("    refusal jsonb;\n", "    refusal jsonb;\n    spent uuid;\n")


class Migration(migrations.Migration):
    dependencies = [("orders", "0010_coupons"), ("terms", "0005_coupon_functions")]

    operations = [migrations.RunSQL(PLACE, BEFORE)]

"""Placing takes the stock last, so that a hot row is held for little more than the commit.

What goods refuses undoes the rows written before it; the terms read just before refuse nearly all of those.
"""

from importlib import import_module

from django.db import migrations

PLACE = """
CREATE OR REPLACE FUNCTION orders_place(deal jsonb) RETURNS jsonb LANGUAGE plpgsql VOLATILE
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    head jsonb := deal -> 'checkout';
    who uuid := (head ->> 'buyer_id')::uuid;
    placed timestamptz := (head ->> 'placed_at')::timestamptz;
    alias uuid;
    known record;
    refusal jsonb;
BEGIN
    -- One buyer places one order at a time: the same key twice at once gives one order, and caps are counted right.
    PERFORM pg_advisory_xact_lock(hashtextextended('orders.place ' || who, 0));
    SELECT id, fingerprint INTO known FROM orders_checkoutrow WHERE buyer_id = who AND key = head ->> 'key';
    IF FOUND THEN
        RETURN jsonb_build_object('known', known.id, 'fingerprint', known.fingerprint);
    END IF;

    INSERT INTO orders_checkoutrow SELECT * FROM jsonb_populate_record(NULL::orders_checkoutrow, head);
    INSERT INTO orders_orderrow SELECT * FROM jsonb_populate_recordset(NULL::orders_orderrow, deal -> 'orders');
    INSERT INTO orders_linerow SELECT * FROM jsonb_populate_recordset(NULL::orders_linerow, deal -> 'lines');
    INSERT INTO orders_steprow (order_id, event, source, target, by, account_id, at, data)
        SELECT (o ->> 'id')::uuid, 'place', '', 'placed', 'buyer', who, placed, '{}'
        FROM jsonb_array_elements(deal -> 'orders') AS o;

    SELECT pseudonym INTO alias FROM accounts_account WHERE id = who;
    PERFORM stream_emit_all(deal -> 'facts', jsonb_build_object(
        'buyer', coalesce(alias, '00000000-0000-0000-0000-000000000000')), placed);
    PERFORM procrastinate_defer_jobs_v1(ARRAY[ROW(
        'timers', 'orders.expire', 0, NULL, NULL, jsonb_build_object('checkout_id', head ->> 'id'),
        (head ->> 'pay_by')::timestamptz)::procrastinate_job_to_defer_v1]);

    SELECT goods_take(who, array_agg(l.offer_id), array_agg(l.timed_price_id), array_agg(l.quantity), placed)
        INTO refusal
        FROM jsonb_to_recordset(deal -> 'lines') AS l (offer_id uuid, timed_price_id uuid, quantity int);
    IF refusal IS NOT NULL THEN
        RAISE EXCEPTION 'goods refused a line' USING ERRCODE = 'LT002', DETAIL = refusal::text;
    END IF;
    RETURN jsonb_build_object('placed', true);
END $$;
"""

BEFORE: str = import_module("laotie.trade.orders.migrations.0002_place").PLACE


class Migration(migrations.Migration):
    dependencies = [("orders", "0004_repaid_outside"), ("outbox", "0003_emit_all"), ("terms", "0003_take_on_sale")]

    operations = [
        migrations.RunSQL(
            PLACE,
            BEFORE.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION").replace(
                "VOLATILE AS", "VOLATILE SET plan_cache_mode = force_generic_plan AS"
            ),
        )
    ]

"""A rehearsal of an order (`rehearsal.py` says why): all that placing one plans is planned, and nothing stays of it.

True: the way was gone to its end, where goods refuse what does not exist.
"""

from django.db import migrations

REHEARSE = """
CREATE FUNCTION orders_rehearse(deal jsonb) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    nobody CONSTANT uuid := '00000000-0000-0000-0000-000000000000';
    at CONSTANT timestamptz := now();
BEGIN
    PERFORM FROM accounts_holder('', at);
    PERFORM FROM goods_deal_terms(ARRAY[nobody], ARRAY[nobody], nobody, at);
    PERFORM goods_timed_price(nobody, at), goods_stock_available(nobody), goods_closed(ARRAY[nobody]);
    PERFORM FROM orders_at_the_door('', '', nobody, at);
    BEGIN
        PERFORM kit_rate_count('rehearsal', '', 0), goods_cap_take(nobody, nobody, 1, 1);
        PERFORM goods_stock_take(nobody, 1), goods_stock_move(0, nobody, 0);
        PERFORM orders_place(deal);
        RAISE EXCEPTION 'a rehearsal sold something';
    EXCEPTION WHEN SQLSTATE 'LT002' THEN
        RETURN true;
    END;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_holder"),
        ("deals", "0003_lower_only"),
        ("kit", "0001_rates"),
        ("orders", "0013_door"),
    ]

    operations = [migrations.RunSQL(REHEARSE, "DROP FUNCTION orders_rehearse(jsonb)")]

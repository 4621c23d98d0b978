"""The functions that move stock. Other rooms call them in their own SQL; nothing else writes the buckets.

How a take stays exact and does not queue:
1. *Unlocked first.* One bucket with enough that nobody holds (`SKIP LOCKED`), the search beginning at another bucket
   for every backend. A bucket found drained after it was locked stays locked, so this too is a subtransaction: where
   nothing was found, nothing is held.
2. *One wait.* Wait for one bucket that looked full enough, in a subtransaction, so that finding it drained meanwhile
   gives its lock back.
3. *Certainty.* Wait for all buckets in their order. Holders that have not committed are thereby waited for: "no" is
   said only when what everybody has committed is too little, and "no" gives the locks back at once.

Nothing waits while holding a bucket of the same holder except step 3 and `goods_stock_set`, both in bucket order, and
a transaction must touch holders in ascending id; so there is no circle to wait in.
Needs READ COMMITTED: every statement in here must see what was committed while the one before it waited.
"""

from django.db import migrations

TAKE = """
CREATE FUNCTION goods_stock_take(wanted uuid, quantity int) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    chosen bigint;
    rest int := quantity;
    part record;
BEGIN
    IF quantity IS NULL OR quantity < 1 THEN
        RAISE EXCEPTION 'quantity must be positive' USING ERRCODE = 'check_violation';
    END IF;
    BEGIN
        SELECT id INTO chosen FROM stock_stockbucket WHERE holder = wanted AND available >= quantity
            ORDER BY (bucket + pg_backend_pid()) % 16, bucket LIMIT 1 FOR UPDATE SKIP LOCKED;
        IF FOUND THEN
            PERFORM goods_stock_move(chosen, wanted, -quantity);
            RETURN true;
        END IF;
        RAISE EXCEPTION USING ERRCODE = 'LT001';
    EXCEPTION WHEN SQLSTATE 'LT001' THEN
        NULL;
    END;
    BEGIN
        SELECT id INTO chosen FROM stock_stockbucket WHERE holder = wanted AND available >= quantity
            ORDER BY (bucket + pg_backend_pid()) % 16, bucket LIMIT 1;
        IF FOUND THEN
            PERFORM 1 FROM stock_stockbucket WHERE id = chosen AND available >= quantity FOR UPDATE;
            IF FOUND THEN
                PERFORM goods_stock_move(chosen, wanted, -quantity);
                RETURN true;
            END IF;
            RAISE EXCEPTION USING ERRCODE = 'LT001';
        END IF;
    EXCEPTION WHEN SQLSTATE 'LT001' THEN
        NULL;
    END;
    BEGIN
        PERFORM 1 FROM stock_stockbucket WHERE holder = wanted AND bucket = 0 FOR UPDATE;
        FOR part IN SELECT id, available FROM stock_stockbucket WHERE holder = wanted ORDER BY bucket FOR UPDATE LOOP
            IF rest > 0 AND part.available > 0 THEN
                PERFORM goods_stock_move(part.id, wanted, -least(rest, part.available));
                rest := rest - least(rest, part.available);
            END IF;
        END LOOP;
        IF rest > 0 THEN
            RAISE EXCEPTION USING ERRCODE = 'LT001';
        END IF;
    EXCEPTION WHEN SQLSTATE 'LT001' THEN
        RETURN false;
    END;
    RETURN true;
END $$;
"""

RETURN = """
CREATE FUNCTION goods_stock_return(wanted uuid, quantity int) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    chosen bigint;
BEGIN
    IF quantity IS NULL OR quantity < 1 THEN
        RAISE EXCEPTION 'quantity must be positive' USING ERRCODE = 'check_violation';
    END IF;
    SELECT id INTO chosen FROM stock_stockbucket WHERE holder = wanted
        ORDER BY available, bucket LIMIT 1 FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        SELECT id INTO chosen FROM stock_stockbucket WHERE holder = wanted AND bucket = 0 FOR UPDATE;
    END IF;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no stock of %', wanted USING ERRCODE = 'no_data_found';
    END IF;
    PERFORM goods_stock_move(chosen, wanted, quantity);
END $$;
"""

MOVE = """
CREATE FUNCTION goods_stock_move(chosen bigint, wanted uuid, by int) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    after int;
BEGIN
    UPDATE stock_stockbucket SET available = available + by WHERE id = chosen RETURNING available INTO after;
    IF by <> 0 AND (after = 0 OR after = by) THEN
        INSERT INTO stock_stockdoubt (holder) VALUES (wanted);
    END IF;
END $$;
"""

AVAILABLE = """
CREATE FUNCTION goods_stock_available(wanted uuid) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT coalesce(sum(available), 0) FROM stock_stockbucket WHERE holder = wanted
$$;
"""

SET = """
CREATE FUNCTION goods_stock_set(wanted uuid, count int, parts int, seen int) RETURNS int LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    target int;
    before int := 0;
    kept int := 0;
    part record;
BEGIN
    INSERT INTO stock_stockbucket (holder, bucket, available) VALUES (wanted, 0, 0) ON CONFLICT DO NOTHING;
    PERFORM 1 FROM stock_stockbucket WHERE holder = wanted AND bucket = 0 FOR UPDATE;
    FOR part IN SELECT available FROM stock_stockbucket WHERE holder = wanted ORDER BY bucket FOR UPDATE LOOP
        before := before + part.available;
        kept := kept + 1;
    END LOOP;
    target := greatest(0, CASE WHEN seen IS NULL THEN count ELSE before + count - seen END);
    parts := coalesce(parts, kept);
    DELETE FROM stock_stockbucket WHERE holder = wanted AND bucket >= parts;
    INSERT INTO stock_stockbucket (holder, bucket, available)
        SELECT wanted, n, target / parts + CASE WHEN n < target % parts THEN 1 ELSE 0 END
        FROM generate_series(0, parts - 1) n
        ON CONFLICT (holder, bucket) DO UPDATE SET available = excluded.available;
    INSERT INTO stock_stockdoubt (holder) VALUES (wanted);
    RETURN target;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("stock", "0001_initial")]

    operations = [
        migrations.RunSQL(
            # room for the next version of a row on its own page: an update that moves nothing in the index
            "ALTER TABLE stock_stockbucket SET (fillfactor = 20, autovacuum_vacuum_scale_factor = 0.02)",
            "ALTER TABLE stock_stockbucket RESET (fillfactor, autovacuum_vacuum_scale_factor)",
        ),
        migrations.RunSQL(MOVE, "DROP FUNCTION goods_stock_move(bigint, uuid, int)"),
        migrations.RunSQL(TAKE, "DROP FUNCTION goods_stock_take(uuid, int)"),
        migrations.RunSQL(RETURN, "DROP FUNCTION goods_stock_return(uuid, int)"),
        migrations.RunSQL(AVAILABLE, "DROP FUNCTION goods_stock_available(uuid)"),
        migrations.RunSQL(SET, "DROP FUNCTION goods_stock_set(uuid, int, int, int)"),
    ]

-- What all migrations together make of an empty database. Written by `python -m tools.schema`, not by hand.

CREATE TYPE public.procrastinate_job_event_type AS ENUM (
    'deferred',
    'started',
    'deferred_for_retry',
    'failed',
    'succeeded',
    'cancelled',
    'abort_requested',
    'aborted',
    'scheduled',
    'retried'
);

CREATE TYPE public.procrastinate_job_status AS ENUM (
    'todo',
    'doing',
    'succeeded',
    'failed',
    'cancelled',
    'aborting',
    'aborted'
);

CREATE TYPE public.procrastinate_job_to_defer_v1 AS (
	queue_name character varying,
	task_name character varying,
	priority integer,
	lock text,
	queueing_lock text,
	args jsonb,
	scheduled_at timestamp with time zone
);

CREATE TABLE public.accounts_account (
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    is_superuser boolean NOT NULL,
    id uuid NOT NULL,
    email character varying(254) NOT NULL,
    name character varying(40) NOT NULL,
    pseudonym uuid,
    language character varying(10) NOT NULL,
    is_operator boolean NOT NULL,
    is_active boolean NOT NULL,
    joined_at timestamp with time zone NOT NULL,
    erased_at timestamp with time zone,
    face uuid
);

CREATE FUNCTION public.accounts_holder(shown text, at timestamp with time zone) RETURNS SETOF public.accounts_account
    LANGUAGE plpgsql ROWS 1
    AS $$
DECLARE
    token record;
BEGIN
    SELECT id, account_id, used_at INTO token FROM accounts_apitoken
        WHERE digest = shown AND revoked_at IS NULL AND expires_at > at;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    RETURN QUERY SELECT * FROM accounts_account WHERE id = token.account_id AND is_active;
    IF FOUND AND (token.used_at IS NULL OR token.used_at < at - interval '1 minute') THEN
        IF statement_timestamp() = transaction_timestamp() THEN
            PERFORM set_config('synchronous_commit', 'off', true);
        END IF;
        UPDATE accounts_apitoken SET used_at = at WHERE id = token.id;
    END IF;
END $$;

CREATE FUNCTION public.desk_audit_stands() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
            BEGIN
                RAISE EXCEPTION 'audit rows are written once';
            END $$;

CREATE FUNCTION public.goods_cap_take(capped uuid, buyer uuid, wanted integer, cap integer) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF wanted > cap THEN
        RETURN false;
    END IF;
    INSERT INTO terms_bought AS b (holder, account, quantity) VALUES (capped, buyer, wanted)
        ON CONFLICT (holder, account) DO UPDATE SET quantity = b.quantity + wanted WHERE b.quantity + wanted <= cap;
    RETURN FOUND;
END $$;

CREATE FUNCTION public.goods_cards(ids uuid[], at timestamp with time zone) RETURNS TABLE(product_id uuid, title character varying, cover text, shop_id uuid, price_minor bigint, timed_minor bigint, sold_out boolean)
    LANGUAGE plpgsql STABLE
    AS $$
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

CREATE FUNCTION public.goods_closed(offers uuid[]) RETURNS uuid
    LANGUAGE plpgsql STABLE
    AS $$
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

CREATE FUNCTION public.goods_coupons_return(used_for uuid) RETURNS void
    LANGUAGE sql
    AS $$
    UPDATE terms_couponclaim SET "order" = NULL WHERE "order" = used_for;
$$;

CREATE FUNCTION public.goods_coupons_use(buyer uuid, claims uuid[], orders uuid[], at timestamp with time zone) RETURNS uuid
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.goods_deal_terms(offers uuid[], creators uuid[], buyer uuid, at timestamp with time zone) RETURNS TABLE(offer_id uuid, sku_id uuid, product_id uuid, merchant_id uuid, shop character varying, shop_slug character varying, category_id uuid, title character varying, options character varying, picture text, price_minor bigint, list_price_minor bigint, ships_within_hours smallint, freight_plan jsonb, timed_price_id uuid, plan_id uuid, commission_bp integer, cap integer, available bigint, on_sale boolean)
    LANGUAGE plpgsql STABLE
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        SELECT o.id, o.sku_id, o.product_id, o.merchant_id, m.name, m.slug, p.category_id, p.title, s.options,
            p.pictures ->> 0, least(o.price_minor, timed.price_minor), o.price_minor, o.ships_within_hours,
            CASE WHEN f.id IS NOT NULL THEN to_jsonb(f) END,
            CASE WHEN timed.price_minor < o.price_minor THEN timed.id END, plan.id, coalesce(plan.rate_bp, 0),
            least(standing.cap - coalesce(had.quantity, 0),
                  CASE WHEN timed.price_minor < o.price_minor THEN timed.share END),
            goods_stock_available(o.id),
            o.status = 'on_sale' AND p.status = 'listed' AND m.status = 'approved'
        FROM unnest(offers, creators) AS wanted (offer, creator)
        JOIN offers_offer o ON o.id = wanted.offer
        JOIN catalogue_product p ON p.id = o.product_id
        JOIN catalogue_sku s ON s.id = o.sku_id
        JOIN merchants_merchant m ON m.id = o.merchant_id
        LEFT JOIN offers_freightplan f ON f.id = o.freight_plan_id
        LEFT JOIN terms_offercap standing ON standing.offer_id = o.id
        LEFT JOIN terms_bought had ON had.holder = standing.offer_id AND had.account = buyer
        LEFT JOIN LATERAL (
            SELECT t.id, t.price_minor, t.cap_per_buyer - coalesce(b.quantity, 0) AS share
            FROM terms_timedprice t
            LEFT JOIN terms_bought b ON b.holder = t.id AND b.account = buyer
            WHERE t.offer_id = o.id AND t.starts_at <= at AND at < t.ends_at
                AND (t.allotment IS NULL OR goods_stock_available(t.id) > 0)
                AND (t.cap_per_buyer IS NULL OR coalesce(b.quantity, 0) < t.cap_per_buyer)
            ORDER BY t.price_minor, t.id LIMIT 1
        ) timed ON true
        LEFT JOIN LATERAL (
            SELECT c.id, c.rate_bp FROM terms_commissionplan c
            WHERE c.offer_id = o.id AND c.starts_at <= at AND (c.ends_at IS NULL OR at < c.ends_at)
                AND wanted.creator IS NOT NULL AND (c.creators = '{}' OR wanted.creator = ANY (c.creators))
            ORDER BY c.creators = '{}', c.id LIMIT 1
        ) plan ON true;
END $$;

CREATE FUNCTION public.goods_return(buyer uuid, offers uuid[], timed uuid[], quantities integer[]) RETURNS void
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.goods_stock_available(wanted uuid) RETURNS bigint
    LANGUAGE plpgsql STABLE
    AS $$
BEGIN
    RETURN (SELECT coalesce(sum(available), 0) FROM stock_stockbucket WHERE holder = wanted);
END $$;

CREATE FUNCTION public.goods_stock_move(chosen bigint, wanted uuid, by integer) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    after int;
BEGIN
    UPDATE stock_stockbucket SET available = available + by WHERE id = chosen RETURNING available INTO after;
    IF by <> 0 AND (after = 0 OR after = by) THEN
        INSERT INTO stock_stockdoubt (holder) VALUES (wanted);
    END IF;
END $$;

CREATE FUNCTION public.goods_stock_return(wanted uuid, quantity integer) RETURNS void
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.goods_stock_set(wanted uuid, count integer, parts integer, seen integer) RETURNS integer
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.goods_stock_take(wanted uuid, quantity integer) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.goods_take(buyer uuid, offers uuid[], timed uuid[], quantities integer[], at timestamp with time zone) RETURNS jsonb
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.goods_timed_price(wanted uuid, at timestamp with time zone) RETURNS bigint
    LANGUAGE plpgsql STABLE
    AS $$
BEGIN
    RETURN (
        SELECT price_minor FROM terms_timedprice
        WHERE offer_id = wanted AND starts_at <= at AND at < ends_at
            AND (allotment IS NULL OR goods_stock_available(id) > 0)
        ORDER BY price_minor LIMIT 1
    );
END $$;

CREATE FUNCTION public.kit_rate_count(a_name text, a_who text, a_minute bigint) RETURNS integer
    LANGUAGE plpgsql
    AS $$
DECLARE
    done integer;
BEGIN
    INSERT INTO kit_rate AS r (name, who, minute, count) VALUES (a_name, a_who, a_minute, 1)
    ON CONFLICT (name, who) DO UPDATE
        SET count = CASE WHEN r.minute = a_minute THEN r.count + 1 ELSE 1 END, minute = a_minute
    RETURNING count INTO done;
    IF done = 1 THEN
        DELETE FROM kit_rate WHERE ctid IN (
            SELECT ctid FROM kit_rate WHERE minute < a_minute - 60 ORDER BY minute LIMIT 8 FOR UPDATE SKIP LOCKED
        );
    END IF;
    RETURN done;
END $$;

CREATE FUNCTION public.orders_at_the_door(shown text, under text, wanted uuid, at timestamp with time zone) RETURNS TABLE(price bigint, left_over bigint)
    LANGUAGE plpgsql STABLE ROWS 1
    AS $$
BEGIN
    RETURN QUERY SELECT least(goods_timed_price(o.id, at), o.price_minor), goods_stock_available(o.id)
        FROM accounts_apitoken AS t
        JOIN accounts_account AS a ON a.id = t.account_id AND a.is_active
        JOIN offers_offer AS o ON o.id = wanted
        WHERE t.digest = shown AND t.revoked_at IS NULL AND t.expires_at > at
            AND NOT EXISTS (SELECT 1 FROM orders_checkoutrow AS c WHERE c.buyer_id = t.account_id AND c.key = under)
            AND goods_closed(ARRAY[wanted]) IS NULL;
END $$;

CREATE FUNCTION public.orders_place(deal jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
DECLARE
    head jsonb := deal -> 'checkout';
    who uuid := (head ->> 'buyer_id')::uuid;
    placed timestamptz := (head ->> 'placed_at')::timestamptz;
    alias uuid;
    known record;
    refusal jsonb;
    spent uuid;
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

    IF jsonb_array_length(coalesce(deal -> 'coupons', '[]')) > 0 THEN
        SELECT goods_coupons_use(who, array_agg(c.claim), array_agg(c."order"), placed) INTO spent
            FROM jsonb_to_recordset(deal -> 'coupons') AS c (claim uuid, "order" uuid);
        IF spent IS NOT NULL THEN
            RAISE EXCEPTION 'goods refused a coupon' USING ERRCODE = 'LT002',
                DETAIL = jsonb_build_object('reason', 'coupon', 'claim', spent)::text;
        END IF;
    END IF;

    SELECT goods_take(who, array_agg(l.offer_id), array_agg(l.timed_price_id), array_agg(l.quantity), placed)
        INTO refusal
        FROM jsonb_to_recordset(deal -> 'lines') AS l (offer_id uuid, timed_price_id uuid, quantity int);
    IF refusal IS NOT NULL THEN
        RAISE EXCEPTION 'goods refused a line' USING ERRCODE = 'LT002', DETAIL = refusal::text;
    END IF;
    RETURN jsonb_build_object('placed', true);
END $$;

CREATE FUNCTION public.orders_rehearse(deal jsonb) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status = 'todo'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        IF abort THEN
            UPDATE procrastinate_jobs
            SET abort_requested = true,
                status = CASE status
                    WHEN 'todo' THEN 'cancelled'::procrastinate_job_status ELSE status
                END
            WHERE id = job_id AND status IN ('todo', 'doing')
            RETURNING id INTO _job_id;
        ELSE
            UPDATE procrastinate_jobs
            SET status = 'cancelled'::procrastinate_job_status
            WHERE id = job_id AND status = 'todo'
            RETURNING id INTO _job_id;
        END IF;
    END IF;
    RETURN _job_id;
END;
$$;

CREATE FUNCTION public.procrastinate_defer_jobs_v1(jobs public.procrastinate_job_to_defer_v1[]) RETURNS bigint[]
    LANGUAGE plpgsql
    AS $$
DECLARE
    job_ids bigint[];
BEGIN
    WITH inserted_jobs AS (
        INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
        SELECT (job).queue_name,
               (job).task_name,
               (job).priority,
               (job).lock,
               (job).queueing_lock,
               (job).args,
               (job).scheduled_at
        FROM unnest(jobs) AS job
        RETURNING id
    )
    SELECT array_agg(id) FROM inserted_jobs INTO job_ids;

    RETURN job_ids;
END;
$$;

CREATE FUNCTION public.procrastinate_defer_periodic_job_v2(_queue_name character varying, _lock character varying, _queueing_lock character varying, _task_name character varying, _priority integer, _periodic_id character varying, _defer_timestamp bigint, _args jsonb) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
	_job_id bigint;
	_defer_id bigint;
BEGIN
    INSERT
        INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp)
        VALUES (_task_name, _periodic_id, _defer_timestamp)
        ON CONFLICT DO NOTHING
        RETURNING id into _defer_id;

    IF _defer_id IS NULL THEN
        RETURN NULL;
    END IF;

    UPDATE procrastinate_periodic_defers
        SET job_id = (
            SELECT COALESCE((
                SELECT unnest(procrastinate_defer_jobs_v1(
                    ARRAY[
                        ROW(
                            _queue_name,
                            _task_name,
                            _priority,
                            _lock,
                            _queueing_lock,
                            _args,
                            NULL::timestamptz
                        )
                    ]::procrastinate_job_to_defer_v1[]
                ))
            ), NULL)
        )
        WHERE id = _defer_id
        RETURNING job_id INTO _job_id;

    DELETE
        FROM procrastinate_periodic_defers
        USING (
            SELECT id
            FROM procrastinate_periodic_defers
            WHERE procrastinate_periodic_defers.task_name = _task_name
            AND procrastinate_periodic_defers.periodic_id = _periodic_id
            AND procrastinate_periodic_defers.defer_timestamp < _defer_timestamp
            ORDER BY id
            FOR UPDATE
        ) to_delete
        WHERE procrastinate_periodic_defers.id = to_delete.id;

    RETURN _job_id;
END;
$$;

CREATE TABLE public.procrastinate_jobs (
    id bigint NOT NULL,
    queue_name character varying(128) NOT NULL,
    task_name character varying(128) NOT NULL,
    lock text,
    args jsonb DEFAULT '{}'::jsonb NOT NULL,
    status public.procrastinate_job_status DEFAULT 'todo'::public.procrastinate_job_status NOT NULL,
    scheduled_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    queueing_lock text,
    priority integer DEFAULT 0 NOT NULL,
    abort_requested boolean DEFAULT false NOT NULL,
    worker_id bigint,
    CONSTRAINT check_not_todo_abort_requested CHECK ((NOT ((status = 'todo'::public.procrastinate_job_status) AND (abort_requested = true))))
);

CREATE FUNCTION public.procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint) RETURNS public.procrastinate_jobs
    LANGUAGE plpgsql
    AS $$
DECLARE
	found_jobs procrastinate_jobs;
BEGIN
    WITH candidate AS (
        SELECT jobs.*
            FROM procrastinate_jobs AS jobs
            WHERE
                -- reject the job if its lock has earlier or higher priority jobs
                NOT EXISTS (
                    SELECT 1
                        FROM procrastinate_jobs AS other_jobs
                        WHERE
                            jobs.lock IS NOT NULL
                            AND other_jobs.lock = jobs.lock
                            AND (
                                -- job with same lock is already running
                                other_jobs.status = 'doing'
                                OR
                                -- job with same lock is waiting and has higher priority (or same priority but was queued first)
                                (
                                    other_jobs.status = 'todo'
                                    AND (
                                        other_jobs.priority > jobs.priority
                                        OR (
                                        other_jobs.priority = jobs.priority
                                        AND other_jobs.id < jobs.id
                                        )
                                    )
                                )
                            )
                )
                AND jobs.status = 'todo'
                AND (target_queue_names IS NULL OR jobs.queue_name = ANY( target_queue_names ))
                AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())
            ORDER BY jobs.priority DESC, jobs.id ASC LIMIT 1
            FOR UPDATE OF jobs SKIP LOCKED
    )
    UPDATE procrastinate_jobs
        SET status = 'doing', worker_id = p_worker_id
        FROM candidate
        WHERE procrastinate_jobs.id = candidate.id
        RETURNING procrastinate_jobs.* INTO found_jobs;

 RETURN found_jobs;
END;
$$;

CREATE FUNCTION public.procrastinate_finish_job_v1(job_id bigint, end_status public.procrastinate_job_status, delete_job boolean) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF end_status NOT IN ('succeeded', 'failed', 'aborted') THEN
        RAISE 'End status should be either "succeeded", "failed" or "aborted" (job id: %)', job_id;
    END IF;
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = end_status,
            abort_requested = false,
            attempts = CASE status
                WHEN 'doing' THEN attempts + 1 ELSE attempts
            END
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" or "todo" status (job id: %)', job_id;
    END IF;
END;
$$;

CREATE FUNCTION public.procrastinate_notify_queue_abort_job_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'abort_job_requested', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_notify_queue_job_inserted_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'job_inserted', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat double precision) RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    DELETE FROM procrastinate_workers
    WHERE last_heartbeat < NOW() - (seconds_since_heartbeat || 'SECOND')::INTERVAL
    RETURNING procrastinate_workers.id;
END;
$$;

CREATE FUNCTION public.procrastinate_register_worker_v1() RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    INSERT INTO procrastinate_workers DEFAULT VALUES
    RETURNING procrastinate_workers.id;
END;
$$;

CREATE FUNCTION public.procrastinate_retry_job_v1(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
BEGIN
    SELECT abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status = 'doing'
    FOR UPDATE
    INTO _abort_requested;
    IF _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" status (job id: %)', job_id;
    END IF;
END;
$$;

CREATE FUNCTION public.procrastinate_retry_job_v2(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
    _current_status procrastinate_job_status;
BEGIN
    SELECT status, abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status IN ('doing', 'failed')
    FOR UPDATE
    INTO _current_status, _abort_requested;
    IF _current_status = 'doing' AND _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status IN ('doing', 'failed')
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or has an invalid status to retry (job id: %)', job_id;
    END IF;

END;
$$;

CREATE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'abort_requested'::procrastinate_job_event_type);
    RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type, at)
        VALUES (NEW.id, 'scheduled'::procrastinate_job_event_type, NEW.scheduled_at);

	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'deferred'::procrastinate_job_event_type);
	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_trigger_function_status_events_update_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    WITH t AS (
        SELECT CASE
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND NEW.status = 'doing'::procrastinate_job_status
                THEN 'started'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'deferred_for_retry'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'failed'::procrastinate_job_status
                THEN 'failed'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'succeeded'::procrastinate_job_status
                THEN 'succeeded'::procrastinate_job_event_type
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND (
                    NEW.status = 'cancelled'::procrastinate_job_status
                    OR NEW.status = 'failed'::procrastinate_job_status
                    OR NEW.status = 'succeeded'::procrastinate_job_status
                )
                THEN 'cancelled'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'aborted'::procrastinate_job_status
                THEN 'aborted'::procrastinate_job_event_type
            WHEN OLD.status = 'failed'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'retried'::procrastinate_job_event_type
            ELSE NULL
        END as event_type
    )
    INSERT INTO procrastinate_events(job_id, type)
        SELECT NEW.id, t.event_type
        FROM t
        WHERE t.event_type IS NOT NULL;
	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_unlink_periodic_defers_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_periodic_defers
    SET job_id = NULL
    WHERE job_id = OLD.id;
    RETURN OLD;
END;
$$;

CREATE FUNCTION public.procrastinate_unregister_worker_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    DELETE FROM procrastinate_workers
    WHERE id = worker_id;
END;
$$;

CREATE FUNCTION public.procrastinate_update_heartbeat_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_workers
    SET last_heartbeat = NOW()
    WHERE id = worker_id;
END;
$$;

CREATE FUNCTION public.rooms_beat(a_session uuid, stays uuid[], viewers uuid[], hearts integer, moment timestamp with time zone) RETURNS TABLE(seq bigint, state text, beat bigint, likes bigint, present integer, peak integer, is_beat boolean)
    LANGUAGE plpgsql
    AS $$
DECLARE
    beating boolean;
BEGIN
    INSERT INTO rooms_presence AS p (session_id, stay, viewer, came_at, seen_at)
    SELECT a_session, s.stay, s.viewer, moment, moment FROM unnest(stays, viewers) AS s (stay, viewer) ORDER BY s.stay
    ON CONFLICT (session_id, stay) DO UPDATE SET
        came_at = CASE WHEN p.seen_at < moment - interval '40 seconds' THEN moment ELSE p.came_at END,
        seen_at = greatest(p.seen_at, excluded.seen_at);
    UPDATE rooms_pulserow AS r SET likes = r.likes + hearts WHERE r.session_id = a_session AND hearts > 0;
    UPDATE rooms_pulserow AS r SET beat = r.beat + 1, beat_at = moment, viewers = now_there.count,
        peak = greatest(r.peak, now_there.count)
    FROM (SELECT count(*)::int AS count FROM rooms_presence AS p
          WHERE p.session_id = a_session AND p.seen_at > moment - interval '40 seconds') AS now_there
    WHERE r.session_id = a_session AND (r.beat_at IS NULL OR r.beat_at <= moment - interval '2 seconds');
    beating := FOUND;
    IF beating THEN
        DELETE FROM rooms_presence WHERE ctid IN (
            SELECT ctid FROM rooms_presence AS p
            WHERE p.session_id = a_session AND p.seen_at < moment - interval '10 minutes' LIMIT 500
            FOR UPDATE SKIP LOCKED
        );
    END IF;
    RETURN QUERY SELECT s.seq, s.state::text, r.beat, r.likes, r.viewers, r.peak, beating
        FROM rooms_sessionrow AS s JOIN rooms_pulserow AS r ON r.session_id = s.id WHERE s.id = a_session;
END $$;

CREATE FUNCTION public.stream_emit(kind text, version integer, occurred_at timestamp with time zone, recorded_at timestamp with time zone, body jsonb) RETURNS void
    LANGUAGE sql
    AS $_$
    INSERT INTO outbox_outboxrow (fact_id, kind, version, occurred_at, recorded_at, body)
    VALUES (uuidv7(), $1, $2, $3, $4, $5)
$_$;

CREATE FUNCTION public.stream_emit_all(facts jsonb, common jsonb, at timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO outbox_outboxrow (fact_id, kind, version, occurred_at, recorded_at, body)
        SELECT uuidv7(), f ->> 'kind', (f ->> 'version')::smallint, at, at, (f -> 'body') || common
        FROM jsonb_array_elements(facts) AS f;
END $$;

CREATE TABLE public.account_emailaddress (
    id integer NOT NULL,
    email character varying(254) NOT NULL,
    verified boolean NOT NULL,
    "primary" boolean NOT NULL,
    user_id uuid NOT NULL
);

ALTER TABLE public.account_emailaddress ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailaddress_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.account_emailconfirmation (
    id integer NOT NULL,
    created timestamp with time zone NOT NULL,
    sent timestamp with time zone,
    key character varying(64) NOT NULL,
    email_address_id integer NOT NULL
);

ALTER TABLE public.account_emailconfirmation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailconfirmation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.accounts_account_groups (
    id integer NOT NULL,
    account_id uuid NOT NULL,
    group_id integer NOT NULL
);

ALTER TABLE public.accounts_account_groups ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_account_groups_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.accounts_account_user_permissions (
    id integer NOT NULL,
    account_id uuid NOT NULL,
    permission_id integer NOT NULL
);

ALTER TABLE public.accounts_account_user_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_account_user_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.accounts_apitoken (
    id uuid NOT NULL,
    name character varying(60) NOT NULL,
    digest character varying(64) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    revoked_at timestamp with time zone,
    account_id uuid NOT NULL
);

CREATE UNLOGGED TABLE public.accounts_cache (
    cache_key character varying(255) NOT NULL,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);

CREATE TABLE public.addresses_address (
    id uuid NOT NULL,
    name character varying(60) NOT NULL,
    phone character varying(30) NOT NULL,
    region character varying(60) NOT NULL,
    city character varying(80) NOT NULL,
    street character varying(200) NOT NULL,
    postcode character varying(20) NOT NULL,
    is_default boolean NOT NULL,
    made_at timestamp with time zone NOT NULL,
    account_id uuid NOT NULL
);

CREATE TABLE public.appeals_appealrow (
    id uuid NOT NULL,
    seller_id uuid CONSTRAINT appeals_appealrow_shop_id_not_null NOT NULL,
    subject_id uuid CONSTRAINT appeals_appealrow_line_id_not_null NOT NULL,
    order_id uuid,
    product_id uuid,
    outcome character varying(20) NOT NULL,
    cost double precision NOT NULL,
    words text NOT NULL,
    state character varying(10) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    answer text NOT NULL,
    judged_at timestamp with time zone,
    first_day date NOT NULL,
    corrected_at timestamp with time zone,
    judged_by_id uuid,
    made_by_id uuid NOT NULL,
    kind character varying(8) NOT NULL,
    entity_id uuid NOT NULL,
    subject character varying(10) NOT NULL,
    ground character varying(10) NOT NULL,
    stood double precision NOT NULL
);

CREATE TABLE public.audit_audit (
    id uuid CONSTRAINT desk_audit_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT desk_audit_at_not_null NOT NULL,
    act character varying(60) CONSTRAINT desk_audit_act_not_null NOT NULL,
    object_kind character varying(40) CONSTRAINT desk_audit_object_kind_not_null NOT NULL,
    object_id uuid CONSTRAINT desk_audit_object_id_not_null NOT NULL,
    data jsonb CONSTRAINT desk_audit_data_not_null NOT NULL,
    actor_id uuid CONSTRAINT desk_audit_actor_id_not_null NOT NULL
);

CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);

ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.auth_group_permissions (
    id integer NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);

ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);

ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.carts_cartlinerow (
    id bigint NOT NULL,
    cart uuid NOT NULL,
    guest boolean NOT NULL,
    quantity integer NOT NULL,
    seen_minor bigint NOT NULL,
    origin jsonb NOT NULL,
    saved boolean NOT NULL,
    put_at timestamp with time zone NOT NULL,
    offer_id uuid NOT NULL,
    CONSTRAINT cart_line_of_one_or_more CHECK ((quantity >= 1)),
    CONSTRAINT carts_cartlinerow_quantity_check CHECK ((quantity >= 0))
);

ALTER TABLE public.carts_cartlinerow ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.carts_cartlinerow_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.catalogue_brand (
    id uuid NOT NULL,
    slug character varying(80) NOT NULL,
    name character varying(80) NOT NULL
);

CREATE TABLE public.catalogue_category (
    id uuid NOT NULL,
    level smallint NOT NULL,
    slug character varying(80) NOT NULL,
    name_zh character varying(80) NOT NULL,
    name_en character varying(80) NOT NULL,
    "position" integer NOT NULL,
    parent_id uuid,
    CONSTRAINT catalogue_category_level_check CHECK ((level >= 0)),
    CONSTRAINT catalogue_category_position_check CHECK (("position" >= 0)),
    CONSTRAINT category_three_levels CHECK ((level = ANY (ARRAY[1, 2, 3])))
);

CREATE TABLE public.catalogue_product (
    id uuid NOT NULL,
    title character varying(160) NOT NULL,
    description text NOT NULL,
    facts jsonb NOT NULL,
    pictures jsonb NOT NULL,
    status character varying(12) NOT NULL,
    takedown_reason character varying(300) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    listed_at timestamp with time zone,
    changed_at timestamp with time zone NOT NULL,
    brand_id uuid,
    category_id uuid NOT NULL,
    merchant_id uuid NOT NULL
);

CREATE TABLE public.catalogue_sku (
    id uuid NOT NULL,
    code character varying(60) NOT NULL,
    options character varying(120) NOT NULL,
    "position" integer NOT NULL,
    merchant_id uuid NOT NULL,
    product_id uuid NOT NULL,
    retired boolean NOT NULL,
    CONSTRAINT catalogue_sku_position_check CHECK (("position" >= 0))
);

CREATE TABLE public.creators_creator (
    account_id uuid NOT NULL,
    slug character varying(40) NOT NULL,
    persona character varying(120) NOT NULL,
    intro text NOT NULL,
    joined_at timestamp with time zone NOT NULL
);

CREATE TABLE public.desk_filingrow (
    id bigint NOT NULL,
    reason character varying(12) NOT NULL,
    words text NOT NULL,
    filed_at timestamp with time zone NOT NULL,
    account_id uuid NOT NULL,
    report_id uuid NOT NULL
);

ALTER TABLE public.desk_filingrow ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.desk_filingrow_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.desk_reportrow (
    id uuid NOT NULL,
    object_kind character varying(20) NOT NULL,
    object_id uuid NOT NULL,
    title character varying(200) NOT NULL,
    link character varying(300) NOT NULL,
    excerpt text NOT NULL,
    owners jsonb NOT NULL,
    state character varying(12) NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    judged_at timestamp with time zone,
    words text NOT NULL,
    objection text NOT NULL,
    objected_at timestamp with time zone,
    judged_by_id uuid
);

CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);

ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.django_migrations (
    id integer NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);

ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);

CREATE TABLE public.feed_belief (
    id bigint NOT NULL,
    viewer uuid NOT NULL,
    kind character varying(8) NOT NULL,
    target_id uuid NOT NULL,
    strength double precision NOT NULL,
    since timestamp with time zone NOT NULL
);

ALTER TABLE public.feed_belief ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.feed_belief_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.feed_estimate (
    item_id uuid NOT NULL,
    rates double precision[] NOT NULL,
    exposures double precision NOT NULL,
    run timestamp with time zone NOT NULL
);

CREATE TABLE public.feed_forgotten (
    viewer uuid NOT NULL,
    at timestamp with time zone NOT NULL
);

CREATE TABLE public.feed_lanearm (
    owner_id uuid NOT NULL,
    item_id uuid NOT NULL,
    exposures double precision NOT NULL,
    opened double precision NOT NULL,
    spent integer NOT NULL,
    run timestamp with time zone NOT NULL,
    CONSTRAINT feed_lanearm_spent_check CHECK ((spent >= 0))
);

CREATE TABLE public.follows_follow (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    target_id uuid NOT NULL,
    started_at timestamp with time zone NOT NULL,
    follower_id uuid NOT NULL
);

ALTER TABLE public.follows_follow ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.follows_follow_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.grants_grant (
    id uuid NOT NULL,
    seller_id uuid NOT NULL,
    scope character varying(10) NOT NULL,
    given_at timestamp with time zone NOT NULL,
    until timestamp with time zone,
    revoked_at timestamp with time zone,
    account_id uuid NOT NULL,
    given_by_id uuid NOT NULL,
    revoked_by_id uuid
);

CREATE TABLE public.history_admittedpicture (
    digest character varying(64) NOT NULL,
    picture uuid NOT NULL
);

CREATE TABLE public.history_batch (
    id bigint NOT NULL,
    source character varying(80) NOT NULL,
    digest character varying(64) NOT NULL,
    part character varying(60) NOT NULL,
    loaded jsonb NOT NULL,
    done_at timestamp with time zone NOT NULL
);

ALTER TABLE public.history_batch ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.history_batch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.kit_answer (
    account uuid NOT NULL,
    key character varying(80) NOT NULL,
    asked bytea NOT NULL,
    status smallint,
    body jsonb,
    at timestamp with time zone NOT NULL
);

CREATE UNLOGGED TABLE public.kit_rate (
    name text NOT NULL,
    who text NOT NULL,
    minute bigint NOT NULL,
    count integer NOT NULL
);

CREATE TABLE public.listings_importrun (
    id uuid NOT NULL,
    name character varying(120) NOT NULL,
    content bytea NOT NULL,
    status character varying(10) NOT NULL,
    total integer NOT NULL,
    done integer NOT NULL,
    plan jsonb NOT NULL,
    bad jsonb NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    account_id uuid,
    merchant_id uuid NOT NULL,
    CONSTRAINT listings_importrun_done_check CHECK ((done >= 0)),
    CONSTRAINT listings_importrun_total_check CHECK ((total >= 0))
);

CREATE TABLE public.media_cliprow (
    id uuid NOT NULL,
    start_ms integer NOT NULL,
    end_ms integer NOT NULL,
    made_at timestamp with time zone NOT NULL,
    stream_id uuid NOT NULL,
    CONSTRAINT media_cliprow_end_ms_check CHECK ((end_ms >= 0)),
    CONSTRAINT media_cliprow_start_ms_check CHECK ((start_ms >= 0))
);

CREATE TABLE public.media_encoderkeyrow (
    owner uuid NOT NULL,
    serial integer NOT NULL,
    made_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    CONSTRAINT media_encoderkeyrow_serial_check CHECK ((serial >= 0))
);

CREATE TABLE public.media_streamrow (
    id uuid NOT NULL,
    owner uuid NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    deleted_at timestamp with time zone
);

CREATE TABLE public.merchants_invitation (
    id uuid NOT NULL,
    email character varying(254) NOT NULL,
    scopes jsonb NOT NULL,
    invited_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    accepted_at timestamp with time zone,
    withdrawn_at timestamp with time zone,
    invited_by_id uuid NOT NULL,
    merchant_id uuid NOT NULL
);

CREATE TABLE public.merchants_member (
    id bigint NOT NULL,
    role character varying(10) NOT NULL,
    joined_at timestamp with time zone NOT NULL,
    account_id uuid NOT NULL,
    merchant_id uuid NOT NULL
);

ALTER TABLE public.merchants_member ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.merchants_member_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.merchants_merchant (
    id uuid NOT NULL,
    slug character varying(60) NOT NULL,
    name character varying(80) NOT NULL,
    intro text NOT NULL,
    face uuid,
    ships_from character varying(80) NOT NULL,
    status character varying(12) NOT NULL,
    applied_at timestamp with time zone NOT NULL,
    approved_at timestamp with time zone,
    answer text NOT NULL
);

CREATE TABLE public.mfa_authenticator (
    id bigint NOT NULL,
    type character varying(20) NOT NULL,
    data jsonb NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone
);

ALTER TABLE public.mfa_authenticator ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mfa_authenticator_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.notices_notice (
    id uuid NOT NULL,
    kind character varying(30) NOT NULL,
    sentence character varying(300) NOT NULL,
    data jsonb NOT NULL,
    link character varying(300) NOT NULL,
    at timestamp with time zone NOT NULL,
    read_at timestamp with time zone,
    mailed_at timestamp with time zone,
    account_id uuid NOT NULL
);

CREATE TABLE public.notices_preference (
    id bigint NOT NULL,
    kind character varying(30) NOT NULL,
    by_email boolean NOT NULL,
    account_id uuid NOT NULL
);

ALTER TABLE public.notices_preference ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notices_preference_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.offers_freightplan (
    id uuid NOT NULL,
    name character varying(60) NOT NULL,
    base_minor bigint NOT NULL,
    each_more_minor bigint NOT NULL,
    free_from_minor bigint,
    regions jsonb NOT NULL,
    merchant_id uuid NOT NULL,
    arrives_within_days smallint,
    CONSTRAINT offers_freightplan_arrives_within_days_check CHECK ((arrives_within_days >= 0))
);

CREATE TABLE public.offers_offer (
    id uuid NOT NULL,
    price_minor bigint NOT NULL,
    ships_within_hours smallint NOT NULL,
    status character varying(12) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    freight_plan_id uuid,
    merchant_id uuid NOT NULL,
    product_id uuid NOT NULL,
    sku_id uuid NOT NULL,
    CONSTRAINT offer_price_not_negative CHECK ((price_minor >= 0)),
    CONSTRAINT offers_offer_ships_within_hours_check CHECK ((ships_within_hours >= 0))
);

CREATE TABLE public.offers_pricechange (
    id bigint NOT NULL,
    price_minor bigint NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    offer_id uuid NOT NULL
);

ALTER TABLE public.offers_pricechange ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.offers_pricechange_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.orders_carriereventrow (
    id bigint NOT NULL,
    kind character varying(20) NOT NULL,
    words character varying(200) NOT NULL,
    place character varying(80) NOT NULL,
    at timestamp with time zone NOT NULL,
    parcel_id uuid NOT NULL
);

ALTER TABLE public.orders_carriereventrow ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_carriereventrow_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.orders_checkoutrow (
    id uuid NOT NULL,
    key character varying(80) NOT NULL,
    fingerprint character varying(64) NOT NULL,
    recipient jsonb NOT NULL,
    total_minor bigint NOT NULL,
    placed_at timestamp with time zone NOT NULL,
    pay_by timestamp with time zone NOT NULL,
    buyer_id uuid NOT NULL,
    CONSTRAINT checkout_total_not_negative CHECK ((total_minor >= 0))
);

CREATE TABLE public.orders_linerow (
    id uuid NOT NULL,
    "position" smallint NOT NULL,
    category_id uuid,
    title character varying(160) NOT NULL,
    options character varying(120) NOT NULL,
    picture uuid,
    quantity integer NOT NULL,
    unit_price_minor bigint NOT NULL,
    list_price_minor bigint,
    discount_minor bigint NOT NULL,
    freight_minor bigint NOT NULL,
    timed_price_id uuid,
    plan_id uuid,
    commission_bp integer NOT NULL,
    creator_id uuid,
    promises jsonb NOT NULL,
    origin jsonb NOT NULL,
    refunded_quantity integer NOT NULL,
    refunded_minor bigint NOT NULL,
    offer_id uuid NOT NULL,
    product_id uuid NOT NULL,
    sku_id uuid NOT NULL,
    order_id uuid NOT NULL,
    coupon_id uuid,
    discount_payer character varying(10) NOT NULL,
    CONSTRAINT line_never_refunded_twice CHECK ((refunded_quantity <= quantity)),
    CONSTRAINT line_of_one_or_more CHECK ((quantity >= 1)),
    CONSTRAINT orders_linerow_commission_bp_check CHECK ((commission_bp >= 0)),
    CONSTRAINT orders_linerow_position_check CHECK (("position" >= 0)),
    CONSTRAINT orders_linerow_quantity_check CHECK ((quantity >= 0)),
    CONSTRAINT orders_linerow_refunded_quantity_check CHECK ((refunded_quantity >= 0))
);

CREATE TABLE public.orders_orderrow (
    id uuid NOT NULL,
    number character varying(24) NOT NULL,
    state character varying(10) NOT NULL,
    before character varying(10) NOT NULL,
    goods_minor bigint NOT NULL,
    freight_minor bigint NOT NULL,
    total_minor bigint NOT NULL,
    paid_minor bigint NOT NULL,
    repaid_minor bigint NOT NULL,
    note character varying(200) NOT NULL,
    placed_at timestamp with time zone NOT NULL,
    paid_at timestamp with time zone,
    ship_by timestamp with time zone,
    shipped_at timestamp with time zone,
    signed_at timestamp with time zone,
    done_at timestamp with time zone,
    closed_at timestamp with time zone,
    close_reason character varying(40) NOT NULL,
    late boolean NOT NULL,
    due_at timestamp with time zone,
    buyer_id uuid NOT NULL,
    checkout_id uuid NOT NULL,
    merchant_id uuid NOT NULL,
    settlement_days smallint,
    arrive_by timestamp with time zone,
    CONSTRAINT order_never_repaid_twice CHECK (((repaid_minor >= 0) AND (repaid_minor <= paid_minor))),
    CONSTRAINT order_total_is_its_sum CHECK ((total_minor = (goods_minor + freight_minor))),
    CONSTRAINT orders_orderrow_settlement_days_check CHECK ((settlement_days >= 0))
);

CREATE TABLE public.orders_parcelrow (
    id uuid NOT NULL,
    carrier character varying(40) NOT NULL,
    tracking character varying(40) NOT NULL,
    shipped_at timestamp with time zone NOT NULL,
    signed_at timestamp with time zone,
    order_id uuid NOT NULL
);

CREATE TABLE public.orders_repaymentrow (
    id uuid NOT NULL,
    amount_minor bigint NOT NULL,
    cause character varying(80) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    settled_at timestamp with time zone,
    order_id uuid NOT NULL,
    outside boolean NOT NULL,
    CONSTRAINT repayment_of_something CHECK ((amount_minor > 0))
);

CREATE TABLE public.orders_steprow (
    id bigint NOT NULL,
    event character varying(20) NOT NULL,
    source character varying(10) NOT NULL,
    target character varying(10) NOT NULL,
    by character varying(10) NOT NULL,
    account_id uuid,
    at timestamp with time zone NOT NULL,
    data jsonb NOT NULL,
    order_id uuid NOT NULL
);

ALTER TABLE public.orders_steprow ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_steprow_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.outbox_cursor (
    name character varying(60) NOT NULL,
    xid bigint NOT NULL,
    "position" bigint NOT NULL,
    trouble character varying(500) NOT NULL
);

CREATE TABLE public.outbox_outboxrow (
    "position" bigint NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint NOT NULL,
    fact_id uuid NOT NULL,
    kind character varying(60) NOT NULL,
    version smallint NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    body jsonb NOT NULL,
    CONSTRAINT outbox_outboxrow_version_check CHECK ((version >= 0))
);

ALTER TABLE public.outbox_outboxrow ALTER COLUMN "position" ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.outbox_outboxrow_position_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.outbox_trimmed (
    kind character varying(60) NOT NULL,
    count bigint NOT NULL
);

CREATE TABLE public.payments_eventrow (
    id bigint NOT NULL,
    provider character varying(20) NOT NULL,
    event character varying(120) NOT NULL,
    kind character varying(10) NOT NULL,
    amount_minor bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    payment_id uuid NOT NULL
);

ALTER TABLE public.payments_eventrow ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.payments_eventrow_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.payments_givenbackrow (
    id uuid NOT NULL,
    amount_minor bigint NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    settled_at timestamp with time zone,
    repayment_id uuid,
    payment_id uuid NOT NULL
);

CREATE TABLE public.payments_paymentrow (
    id uuid NOT NULL,
    provider character varying(20) NOT NULL,
    reference character varying(80) NOT NULL,
    page character varying(500) NOT NULL,
    state character varying(10) NOT NULL,
    amount_minor bigint NOT NULL,
    arrived_minor bigint NOT NULL,
    given_back_minor bigint NOT NULL,
    started_at timestamp with time zone NOT NULL,
    settled_at timestamp with time zone,
    checkout_id uuid NOT NULL,
    CONSTRAINT payment_never_given_back_twice CHECK (((given_back_minor >= 0) AND (given_back_minor <= arrived_minor)))
);

CREATE TABLE public.payments_sandboxpaymentrow (
    reference character varying(40) NOT NULL,
    asked uuid NOT NULL,
    amount_minor bigint NOT NULL,
    currency character varying(3) NOT NULL,
    what character varying(120) NOT NULL,
    return_to character varying(300) NOT NULL,
    choice character varying(20) NOT NULL,
    collected boolean NOT NULL
);

CREATE TABLE public.payments_sandboxrefundrow (
    asked uuid NOT NULL,
    amount_minor bigint NOT NULL,
    payment_id character varying(40) NOT NULL
);

CREATE TABLE public.pictures_picture (
    id uuid NOT NULL,
    owner uuid,
    width integer NOT NULL,
    height integer NOT NULL,
    loose boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT pictures_picture_height_check CHECK ((height >= 0)),
    CONSTRAINT pictures_picture_width_check CHECK ((width >= 0))
);

CREATE TABLE public.popularity_productpulse (
    product_id uuid NOT NULL,
    sold bigint NOT NULL,
    heat double precision NOT NULL,
    last_at timestamp with time zone NOT NULL
);

CREATE TABLE public.previews_effectrow (
    id bigint NOT NULL,
    kind character varying(8) NOT NULL,
    entity_id uuid NOT NULL,
    before jsonb NOT NULL,
    after jsonb NOT NULL,
    preview_id uuid NOT NULL
);

ALTER TABLE public.previews_effectrow ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.previews_effectrow_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.previews_previewrow (
    id uuid NOT NULL,
    content text NOT NULL,
    version character varying(12) NOT NULL,
    name character varying(7) NOT NULL,
    base character varying(12) NOT NULL,
    day date NOT NULL,
    state character varying(10) NOT NULL,
    step smallint NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    result jsonb NOT NULL,
    asked_by_id uuid,
    CONSTRAINT previews_previewrow_step_check CHECK ((step >= 0))
);

CREATE TABLE public.previews_toldrow (
    version character varying(12) NOT NULL,
    at timestamp with time zone NOT NULL
);

CREATE TABLE public.prices_comparedrow (
    product_id uuid NOT NULL,
    shop_id uuid NOT NULL,
    day date NOT NULL,
    basis character varying(4) NOT NULL,
    index_e4 integer,
    points_e4 smallint,
    sellers integer NOT NULL,
    landed_minor bigint NOT NULL,
    cut_e4 smallint NOT NULL,
    cluster uuid NOT NULL,
    CONSTRAINT prices_comparedrow_cut_e4_check CHECK ((cut_e4 >= 0)),
    CONSTRAINT prices_comparedrow_index_e4_check CHECK ((index_e4 >= 0)),
    CONSTRAINT prices_comparedrow_points_e4_check CHECK ((points_e4 >= 0)),
    CONSTRAINT prices_comparedrow_sellers_check CHECK ((sellers >= 0))
);

CREATE TABLE public.procrastinate_events (
    id bigint NOT NULL,
    job_id bigint NOT NULL,
    type public.procrastinate_job_event_type,
    at timestamp with time zone DEFAULT now()
);

CREATE SEQUENCE public.procrastinate_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.procrastinate_events_id_seq OWNED BY public.procrastinate_events.id;

CREATE SEQUENCE public.procrastinate_jobs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.procrastinate_jobs_id_seq OWNED BY public.procrastinate_jobs.id;

CREATE TABLE public.procrastinate_periodic_defers (
    id bigint NOT NULL,
    task_name character varying(128) NOT NULL,
    defer_timestamp bigint,
    job_id bigint,
    periodic_id character varying(128) DEFAULT ''::character varying NOT NULL
);

CREATE SEQUENCE public.procrastinate_periodic_defers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.procrastinate_periodic_defers_id_seq OWNED BY public.procrastinate_periodic_defers.id;

CREATE TABLE public.procrastinate_workers (
    id bigint NOT NULL,
    last_heartbeat timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE public.procrastinate_workers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.procrastinate_workers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.product_standing_productstanding (
    id bigint NOT NULL,
    product_id uuid NOT NULL,
    since timestamp with time zone NOT NULL,
    band character varying(10) NOT NULL,
    multiplier_bp integer NOT NULL,
    decided_by character varying(60) NOT NULL,
    CONSTRAINT product_standing_productstanding_multiplier_bp_check CHECK ((multiplier_bp >= 0))
);

ALTER TABLE public.product_standing_productstanding ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.product_standing_productstanding_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.refunds_refundlinerow (
    id bigint NOT NULL,
    quantity integer NOT NULL,
    amount_minor bigint NOT NULL,
    first boolean NOT NULL,
    line_id uuid NOT NULL,
    refund_id uuid NOT NULL,
    CONSTRAINT refunds_refundlinerow_quantity_check CHECK ((quantity >= 0))
);

ALTER TABLE public.refunds_refundlinerow ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.refunds_refundlinerow_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.refunds_refundrow (
    id uuid NOT NULL,
    buyer_id uuid NOT NULL,
    state character varying(10) NOT NULL,
    reason character varying(20) NOT NULL,
    words character varying(500) NOT NULL,
    amount_minor bigint NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    answer_by timestamp with time zone NOT NULL,
    answer character varying(500) NOT NULL,
    answered_at timestamp with time zone,
    judgement character varying(500) NOT NULL,
    closed_at timestamp with time zone,
    merchant_id uuid NOT NULL,
    order_id uuid NOT NULL,
    CONSTRAINT refund_not_negative CHECK ((amount_minor >= 0))
);

CREATE TABLE public.reviews_reviewrow (
    id uuid NOT NULL,
    order_id uuid NOT NULL,
    title character varying(160) NOT NULL,
    options character varying(120) NOT NULL,
    stars smallint NOT NULL,
    words text NOT NULL,
    pictures jsonb NOT NULL,
    unnamed boolean NOT NULL,
    written_at timestamp with time zone NOT NULL,
    added_words text NOT NULL,
    added_pictures jsonb NOT NULL,
    added_at timestamp with time zone,
    answer text NOT NULL,
    answered_at timestamp with time zone,
    hidden_reason character varying(1000) NOT NULL,
    answered_by_id uuid,
    buyer_id uuid NOT NULL,
    line_id uuid NOT NULL,
    merchant_id uuid NOT NULL,
    product_id uuid NOT NULL,
    CONSTRAINT review_stars_one_to_five CHECK (((stars >= 1) AND (stars <= 5))),
    CONSTRAINT reviews_reviewrow_stars_check CHECK ((stars >= 0))
);

CREATE TABLE public.risk_findingdeal (
    id bigint NOT NULL,
    line_id uuid NOT NULL,
    order_id uuid NOT NULL,
    shop_id uuid NOT NULL,
    product_id uuid NOT NULL,
    buyer uuid NOT NULL,
    placed_at timestamp with time zone NOT NULL,
    marks jsonb NOT NULL,
    finding_id uuid NOT NULL
);

ALTER TABLE public.risk_findingdeal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.risk_findingdeal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.risk_findingrow (
    id uuid NOT NULL,
    rule character varying(40) NOT NULL,
    day date NOT NULL,
    state character varying(10) NOT NULL,
    confidence double precision NOT NULL,
    count integer NOT NULL,
    buyers integer NOT NULL,
    shops integer NOT NULL,
    shares jsonb NOT NULL,
    expected double precision NOT NULL,
    evidence double precision NOT NULL,
    found_at timestamp with time zone NOT NULL,
    by_itself boolean NOT NULL,
    answer text NOT NULL,
    judged_at timestamp with time zone,
    corrected_at timestamp with time zone,
    judged_by_id uuid,
    CONSTRAINT risk_findingrow_buyers_check CHECK ((buyers >= 0)),
    CONSTRAINT risk_findingrow_count_check CHECK ((count >= 0)),
    CONSTRAINT risk_findingrow_shops_check CHECK ((shops >= 0))
);

CREATE TABLE public.risk_nightrow (
    day date NOT NULL,
    at timestamp with time zone NOT NULL,
    deals integer NOT NULL,
    findings integer NOT NULL,
    CONSTRAINT risk_nightrow_deals_check CHECK ((deals >= 0)),
    CONSTRAINT risk_nightrow_findings_check CHECK ((findings >= 0))
);

CREATE TABLE public.risk_objectionrow (
    id uuid NOT NULL,
    shop_id uuid,
    words text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    answer text NOT NULL,
    judged_at timestamp with time zone,
    account_id uuid NOT NULL,
    finding_id uuid NOT NULL
);

CREATE TABLE public.rooms_ballotrow (
    id bigint NOT NULL,
    choice smallint NOT NULL,
    account_id uuid NOT NULL,
    vote_id uuid NOT NULL,
    CONSTRAINT rooms_ballotrow_choice_check CHECK ((choice >= 0))
);

ALTER TABLE public.rooms_ballotrow ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.rooms_ballotrow_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.rooms_cardrow (
    id uuid NOT NULL,
    "position" smallint NOT NULL,
    product_id uuid NOT NULL,
    shop_id uuid NOT NULL,
    plan_id uuid,
    commission_bp integer NOT NULL,
    price_minor bigint NOT NULL,
    band character varying(10) NOT NULL,
    drawback character varying(120) NOT NULL,
    used_since date,
    used character varying(10) NOT NULL,
    added_at timestamp with time zone NOT NULL,
    removed_at timestamp with time zone,
    offer_id uuid NOT NULL,
    session_id uuid NOT NULL,
    CONSTRAINT card_has_a_drawback CHECK ((NOT ((drawback)::text = ''::text))),
    CONSTRAINT rooms_cardrow_commission_bp_check CHECK ((commission_bp >= 0)),
    CONSTRAINT rooms_cardrow_position_check CHECK (("position" >= 0))
);

CREATE TABLE public.rooms_drawrow (
    id uuid NOT NULL,
    prize character varying(80) NOT NULL,
    winners smallint NOT NULL,
    secret character varying(64) NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    drawn_at timestamp with time zone,
    entries integer NOT NULL,
    session_id uuid NOT NULL,
    CONSTRAINT rooms_drawrow_entries_check CHECK ((entries >= 0)),
    CONSTRAINT rooms_drawrow_winners_check CHECK ((winners >= 0))
);

CREATE TABLE public.rooms_entryrow (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    won smallint,
    account_id uuid,
    draw_id uuid NOT NULL,
    CONSTRAINT rooms_entryrow_won_check CHECK ((won >= 0))
);

CREATE TABLE public.rooms_eventrow (
    id bigint NOT NULL,
    seq bigint NOT NULL,
    kind character varying(20) NOT NULL,
    body jsonb NOT NULL,
    session_id uuid NOT NULL
);

ALTER TABLE public.rooms_eventrow ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.rooms_eventrow_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.rooms_explanationrow (
    id bigint NOT NULL,
    began_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone NOT NULL,
    clip uuid,
    card_id uuid NOT NULL,
    session_id uuid NOT NULL
);

ALTER TABLE public.rooms_explanationrow ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.rooms_explanationrow_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.rooms_handedrow (
    coupon uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    gone_at timestamp with time zone,
    session_id uuid NOT NULL
);

CREATE TABLE public.rooms_helperrow (
    id bigint NOT NULL,
    since timestamp with time zone NOT NULL,
    account_id uuid NOT NULL,
    creator_id uuid NOT NULL
);

ALTER TABLE public.rooms_helperrow ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.rooms_helperrow_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.rooms_linerow (
    id uuid NOT NULL,
    seq bigint NOT NULL,
    role character varying(10) NOT NULL,
    words character varying(200) NOT NULL,
    at timestamp with time zone NOT NULL,
    intent character varying(20) NOT NULL,
    answered_at timestamp with time zone,
    hidden_at timestamp with time zone,
    author_id uuid NOT NULL,
    session_id uuid NOT NULL
);

CREATE UNLOGGED TABLE public.rooms_presence (
    session_id uuid NOT NULL,
    stay uuid NOT NULL,
    viewer uuid,
    came_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL
);

CREATE TABLE public.rooms_pulserow (
    session_id uuid NOT NULL,
    beat bigint NOT NULL,
    likes bigint NOT NULL,
    viewers integer NOT NULL,
    peak integer NOT NULL,
    beat_at timestamp with time zone,
    CONSTRAINT rooms_pulserow_peak_check CHECK ((peak >= 0)),
    CONSTRAINT rooms_pulserow_viewers_check CHECK ((viewers >= 0))
);

CREATE TABLE public.rooms_reservationrow (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    reminded_at timestamp with time zone,
    came_at timestamp with time zone,
    account_id uuid NOT NULL,
    session_id uuid NOT NULL
);

ALTER TABLE public.rooms_reservationrow ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.rooms_reservationrow_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.rooms_sessionrow (
    id uuid NOT NULL,
    title character varying(80) NOT NULL,
    intro text NOT NULL,
    cover uuid,
    state character varying(10) NOT NULL,
    planned_at timestamp with time zone NOT NULL,
    opened_at timestamp with time zone,
    ended_at timestamp with time zone,
    explaining uuid,
    explaining_since timestamp with time zone,
    blocked character varying(40)[] NOT NULL,
    seq bigint NOT NULL,
    creator_id uuid NOT NULL
);

CREATE TABLE public.rooms_shutrow (
    id bigint NOT NULL,
    act character varying(4) NOT NULL,
    until timestamp with time zone,
    at timestamp with time zone NOT NULL,
    account_id uuid NOT NULL,
    creator_id uuid NOT NULL
);

ALTER TABLE public.rooms_shutrow ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.rooms_shutrow_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.rooms_voterow (
    id uuid NOT NULL,
    question character varying(120) NOT NULL,
    options character varying(40)[] NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    told integer[] NOT NULL,
    told_at timestamp with time zone NOT NULL,
    due boolean NOT NULL,
    session_id uuid NOT NULL
);

CREATE TABLE public.rulebook_draftrow (
    id bigint NOT NULL,
    content text NOT NULL,
    base character varying(12) NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by_id uuid NOT NULL
);

ALTER TABLE public.rulebook_draftrow ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.rulebook_draftrow_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.rulebook_versionrow (
    version character varying(12) NOT NULL,
    name character varying(7) NOT NULL,
    content text NOT NULL,
    effective_from date NOT NULL,
    note text NOT NULL,
    published_at timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone,
    published_by_id uuid
);

CREATE TABLE public.saved_saved (
    id bigint NOT NULL,
    product_id uuid NOT NULL,
    saved_at timestamp with time zone NOT NULL,
    account_id uuid NOT NULL
);

ALTER TABLE public.saved_saved ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.saved_saved_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.scores_curveset (
    id uuid NOT NULL,
    day date NOT NULL,
    rulebook character varying(12) NOT NULL,
    curves jsonb NOT NULL
);

CREATE TABLE public.scores_scorerow (
    id bigint NOT NULL,
    kind character varying(8) NOT NULL,
    entity_id uuid NOT NULL,
    day date NOT NULL,
    score_e4 integer NOT NULL,
    total double precision NOT NULL,
    status character varying(12) NOT NULL,
    band character varying(8) NOT NULL,
    "window" smallint NOT NULL,
    deals integer NOT NULL,
    parts jsonb NOT NULL,
    costs jsonb NOT NULL,
    run_id uuid NOT NULL,
    category character varying(40) NOT NULL,
    change jsonb,
    gates jsonb NOT NULL,
    CONSTRAINT scores_scorerow_deals_check CHECK ((deals >= 0)),
    CONSTRAINT scores_scorerow_score_e4_check CHECK ((score_e4 >= 0)),
    CONSTRAINT scores_scorerow_window_check CHECK (("window" >= 0))
);

ALTER TABLE public.scores_scorerow ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.scores_scorerow_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.scores_scorerun (
    id uuid NOT NULL,
    day date NOT NULL,
    series character varying(10) NOT NULL,
    rulebook character varying(20) NOT NULL,
    known_until timestamp with time zone NOT NULL,
    absent jsonb NOT NULL,
    heavy jsonb NOT NULL,
    curves_id uuid
);

CREATE TABLE public.seller_standing_sellerstanding (
    id bigint NOT NULL,
    seller_id uuid NOT NULL,
    since timestamp with time zone NOT NULL,
    band character varying(10) NOT NULL,
    multiplier_bp integer NOT NULL,
    may_offer_plans boolean NOT NULL,
    settlement_days smallint NOT NULL,
    decided_by character varying(60) NOT NULL,
    CONSTRAINT seller_standing_sellerstanding_multiplier_bp_check CHECK ((multiplier_bp >= 0)),
    CONSTRAINT seller_standing_sellerstanding_settlement_days_check CHECK ((settlement_days >= 0))
);

ALTER TABLE public.seller_standing_sellerstanding ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.seller_standing_sellerstanding_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.stock_soldout (
    holder uuid NOT NULL,
    since timestamp with time zone NOT NULL
);

CREATE TABLE public.stock_stockbucket (
    id bigint NOT NULL,
    holder uuid NOT NULL,
    bucket smallint NOT NULL,
    available integer NOT NULL,
    CONSTRAINT stock_never_below_zero CHECK ((available >= 0)),
    CONSTRAINT stock_stockbucket_available_check CHECK ((available >= 0)),
    CONSTRAINT stock_stockbucket_bucket_check CHECK ((bucket >= 0))
)
WITH (fillfactor='20', autovacuum_vacuum_scale_factor='0.02');

ALTER TABLE public.stock_stockbucket ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stock_stockbucket_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.stock_stockdoubt (
    id bigint NOT NULL,
    holder uuid NOT NULL
);

ALTER TABLE public.stock_stockdoubt ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stock_stockdoubt_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.talks_messagerow (
    id uuid NOT NULL,
    side character varying(5) NOT NULL,
    words text NOT NULL,
    pictures jsonb NOT NULL,
    at timestamp with time zone NOT NULL,
    waited_seconds integer,
    author_id uuid,
    talk_id uuid NOT NULL,
    CONSTRAINT talks_messagerow_waited_seconds_check CHECK ((waited_seconds >= 0))
);

CREATE TABLE public.talks_talkrow (
    id uuid NOT NULL,
    about character varying(8) NOT NULL,
    about_id uuid NOT NULL,
    title character varying(160) NOT NULL,
    picture uuid,
    opened_at timestamp with time zone NOT NULL,
    last_at timestamp with time zone NOT NULL,
    last_words character varying(120) NOT NULL,
    last_side character varying(5) NOT NULL,
    buyer_unread integer NOT NULL,
    shop_unread integer NOT NULL,
    waiting_since timestamp with time zone,
    answered_at timestamp with time zone,
    closed_reason character varying(1000) NOT NULL,
    buyer_id uuid NOT NULL,
    merchant_id uuid NOT NULL,
    CONSTRAINT talks_talkrow_buyer_unread_check CHECK ((buyer_unread >= 0)),
    CONSTRAINT talks_talkrow_shop_unread_check CHECK ((shop_unread >= 0))
);

CREATE TABLE public.terms_bought (
    id bigint NOT NULL,
    holder uuid NOT NULL,
    account uuid NOT NULL,
    quantity integer NOT NULL,
    CONSTRAINT terms_bought_quantity_check CHECK ((quantity >= 0))
);

ALTER TABLE public.terms_bought ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.terms_bought_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.terms_commissionplan (
    id uuid NOT NULL,
    rate_bp integer NOT NULL,
    creators uuid[] NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone,
    offer_id uuid NOT NULL,
    CONSTRAINT commission_rate_in_range CHECK (((rate_bp >= 1) AND (rate_bp <= 9000))),
    CONSTRAINT terms_commissionplan_rate_bp_check CHECK ((rate_bp >= 0))
);

CREATE TABLE public.terms_coupon (
    id uuid NOT NULL,
    amount_minor bigint NOT NULL,
    threshold_minor bigint NOT NULL,
    budget_minor bigint NOT NULL,
    cap_per_buyer integer NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    payer character varying(10) NOT NULL,
    shop_id uuid NOT NULL,
    CONSTRAINT coupon_for_one_at_least CHECK ((budget_minor >= amount_minor)),
    CONSTRAINT coupon_takes_a_part CHECK (((amount_minor >= 1) AND (threshold_minor >= amount_minor))),
    CONSTRAINT terms_coupon_cap_per_buyer_check CHECK ((cap_per_buyer >= 0))
);

CREATE TABLE public.terms_couponclaim (
    id uuid NOT NULL,
    account uuid NOT NULL,
    claimed_at timestamp with time zone NOT NULL,
    "order" uuid,
    coupon_id uuid NOT NULL
);

CREATE TABLE public.terms_offercap (
    offer_id uuid NOT NULL,
    cap integer NOT NULL,
    CONSTRAINT terms_offercap_cap_check CHECK ((cap >= 0))
);

CREATE TABLE public.terms_timedprice (
    id uuid NOT NULL,
    price_minor bigint NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    cap_per_buyer integer,
    allotment integer,
    offer_id uuid NOT NULL,
    CONSTRAINT terms_timedprice_allotment_check CHECK ((allotment >= 0)),
    CONSTRAINT terms_timedprice_cap_per_buyer_check CHECK ((cap_per_buyer >= 0)),
    CONSTRAINT timed_price_ends_after_start CHECK ((ends_at > starts_at)),
    CONSTRAINT timed_price_not_negative CHECK ((price_minor >= 0))
);

CREATE TABLE public.usersessions_usersession (
    id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ip inet NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    session_key character varying(40) NOT NULL,
    user_agent character varying(200) NOT NULL,
    data jsonb NOT NULL,
    user_id uuid NOT NULL
);

ALTER TABLE public.usersessions_usersession ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.usersessions_usersession_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.violations_violationrow (
    id uuid NOT NULL,
    kind character varying(8) NOT NULL,
    entity_id uuid NOT NULL,
    rule character varying(20) NOT NULL,
    points_bp integer NOT NULL,
    note text NOT NULL,
    judged_at timestamp with time zone NOT NULL,
    voided_at timestamp with time zone,
    judged_by_id uuid NOT NULL,
    CONSTRAINT violations_violationrow_points_bp_check CHECK ((points_bp >= 0))
);

ALTER TABLE ONLY public.procrastinate_events ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_events_id_seq'::regclass);

ALTER TABLE ONLY public.procrastinate_jobs ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_jobs_id_seq'::regclass);

ALTER TABLE ONLY public.procrastinate_periodic_defers ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_periodic_defers_id_seq'::regclass);

ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_email_987c8728_uniq UNIQUE (user_id, email);

ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_key_key UNIQUE (key);

ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.accounts_account
    ADD CONSTRAINT accounts_account_email_key UNIQUE (email);

ALTER TABLE ONLY public.accounts_account_groups
    ADD CONSTRAINT accounts_account_groups_account_id_group_id_f64165b0_uniq UNIQUE (account_id, group_id);

ALTER TABLE ONLY public.accounts_account_groups
    ADD CONSTRAINT accounts_account_groups_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.accounts_account
    ADD CONSTRAINT accounts_account_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.accounts_account
    ADD CONSTRAINT accounts_account_pseudonym_key UNIQUE (pseudonym);

ALTER TABLE ONLY public.accounts_account_user_permissions
    ADD CONSTRAINT accounts_account_user_pe_account_id_permission_id_9af93c14_uniq UNIQUE (account_id, permission_id);

ALTER TABLE ONLY public.accounts_account_user_permissions
    ADD CONSTRAINT accounts_account_user_permissions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.accounts_apitoken
    ADD CONSTRAINT accounts_apitoken_digest_key UNIQUE (digest);

ALTER TABLE ONLY public.accounts_apitoken
    ADD CONSTRAINT accounts_apitoken_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.accounts_cache
    ADD CONSTRAINT accounts_cache_pkey PRIMARY KEY (cache_key);

ALTER TABLE ONLY public.addresses_address
    ADD CONSTRAINT addresses_address_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.appeals_appealrow
    ADD CONSTRAINT appeal_once_a_seller UNIQUE (subject, subject_id, seller_id);

ALTER TABLE ONLY public.appeals_appealrow
    ADD CONSTRAINT appeals_appealrow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.rooms_ballotrow
    ADD CONSTRAINT ballot_once_a_vote UNIQUE (vote_id, account_id);

ALTER TABLE ONLY public.feed_belief
    ADD CONSTRAINT belief_once UNIQUE (viewer, kind, target_id);

ALTER TABLE ONLY public.terms_bought
    ADD CONSTRAINT bought_once_per_account UNIQUE (holder, account);

ALTER TABLE ONLY public.orders_carriereventrow
    ADD CONSTRAINT carrier_event_once UNIQUE (parcel_id, kind, at);

ALTER TABLE ONLY public.carts_cartlinerow
    ADD CONSTRAINT cart_line_once UNIQUE (cart, offer_id);

ALTER TABLE ONLY public.carts_cartlinerow
    ADD CONSTRAINT carts_cartlinerow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.catalogue_brand
    ADD CONSTRAINT catalogue_brand_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.catalogue_brand
    ADD CONSTRAINT catalogue_brand_slug_key UNIQUE (slug);

ALTER TABLE ONLY public.catalogue_category
    ADD CONSTRAINT catalogue_category_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.catalogue_category
    ADD CONSTRAINT catalogue_category_slug_key UNIQUE (slug);

ALTER TABLE ONLY public.catalogue_product
    ADD CONSTRAINT catalogue_product_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.catalogue_sku
    ADD CONSTRAINT catalogue_sku_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_checkoutrow
    ADD CONSTRAINT checkout_key_once UNIQUE (buyer_id, key);

ALTER TABLE ONLY public.creators_creator
    ADD CONSTRAINT creators_creator_pkey PRIMARY KEY (account_id);

ALTER TABLE ONLY public.creators_creator
    ADD CONSTRAINT creators_creator_slug_key UNIQUE (slug);

ALTER TABLE ONLY public.audit_audit
    ADD CONSTRAINT desk_audit_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.desk_filingrow
    ADD CONSTRAINT desk_filingrow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.desk_reportrow
    ADD CONSTRAINT desk_reportrow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);

ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);

ALTER TABLE ONLY public.previews_effectrow
    ADD CONSTRAINT effect_once UNIQUE (preview_id, kind, entity_id);

ALTER TABLE ONLY public.rooms_entryrow
    ADD CONSTRAINT entry_once_a_draw UNIQUE (draw_id, account_id);

ALTER TABLE ONLY public.rooms_eventrow
    ADD CONSTRAINT event_by_number UNIQUE (session_id, seq);

ALTER TABLE ONLY public.feed_belief
    ADD CONSTRAINT feed_belief_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.feed_estimate
    ADD CONSTRAINT feed_estimate_pkey PRIMARY KEY (item_id);

ALTER TABLE ONLY public.feed_forgotten
    ADD CONSTRAINT feed_forgotten_pkey PRIMARY KEY (viewer);

ALTER TABLE ONLY public.feed_lanearm
    ADD CONSTRAINT feed_lanearm_pkey PRIMARY KEY (owner_id);

ALTER TABLE ONLY public.follows_follow
    ADD CONSTRAINT follow_once UNIQUE (follower_id, kind, target_id);

ALTER TABLE ONLY public.follows_follow
    ADD CONSTRAINT follows_follow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.grants_grant
    ADD CONSTRAINT grants_grant_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.rooms_helperrow
    ADD CONSTRAINT helper_once UNIQUE (creator_id, account_id);

ALTER TABLE ONLY public.history_admittedpicture
    ADD CONSTRAINT history_admittedpicture_pkey PRIMARY KEY (digest);

ALTER TABLE ONLY public.history_batch
    ADD CONSTRAINT history_batch_once UNIQUE (source, digest, part);

ALTER TABLE ONLY public.history_batch
    ADD CONSTRAINT history_batch_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.kit_answer
    ADD CONSTRAINT kit_answer_pkey PRIMARY KEY (account, key);

ALTER TABLE ONLY public.kit_rate
    ADD CONSTRAINT kit_rate_pkey PRIMARY KEY (name, who);

ALTER TABLE ONLY public.listings_importrun
    ADD CONSTRAINT listings_importrun_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.media_cliprow
    ADD CONSTRAINT media_cliprow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.media_encoderkeyrow
    ADD CONSTRAINT media_encoderkeyrow_pkey PRIMARY KEY (owner);

ALTER TABLE ONLY public.media_streamrow
    ADD CONSTRAINT media_streamrow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.merchants_member
    ADD CONSTRAINT merchant_member_once UNIQUE (merchant_id, account_id);

ALTER TABLE ONLY public.merchants_invitation
    ADD CONSTRAINT merchants_invitation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.merchants_member
    ADD CONSTRAINT merchants_member_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.merchants_merchant
    ADD CONSTRAINT merchants_merchant_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.merchants_merchant
    ADD CONSTRAINT merchants_merchant_slug_key UNIQUE (slug);

ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.notices_preference
    ADD CONSTRAINT notice_preference_once UNIQUE (account_id, kind);

ALTER TABLE ONLY public.notices_notice
    ADD CONSTRAINT notices_notice_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.notices_preference
    ADD CONSTRAINT notices_preference_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.offers_offer
    ADD CONSTRAINT offer_once_per_merchant UNIQUE (sku_id, merchant_id);

ALTER TABLE ONLY public.offers_freightplan
    ADD CONSTRAINT offers_freightplan_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.offers_offer
    ADD CONSTRAINT offers_offer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.offers_pricechange
    ADD CONSTRAINT offers_pricechange_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_carriereventrow
    ADD CONSTRAINT orders_carriereventrow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_checkoutrow
    ADD CONSTRAINT orders_checkoutrow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_linerow
    ADD CONSTRAINT orders_linerow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_orderrow
    ADD CONSTRAINT orders_orderrow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_parcelrow
    ADD CONSTRAINT orders_parcelrow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_repaymentrow
    ADD CONSTRAINT orders_repaymentrow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_steprow
    ADD CONSTRAINT orders_steprow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.outbox_cursor
    ADD CONSTRAINT outbox_cursor_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.outbox_outboxrow
    ADD CONSTRAINT outbox_outboxrow_pkey PRIMARY KEY ("position");

ALTER TABLE ONLY public.outbox_trimmed
    ADD CONSTRAINT outbox_trimmed_pkey PRIMARY KEY (kind);

ALTER TABLE ONLY public.orders_parcelrow
    ADD CONSTRAINT parcel_once UNIQUE (order_id, carrier, tracking);

ALTER TABLE ONLY public.payments_eventrow
    ADD CONSTRAINT payment_event_once UNIQUE (provider, event);

ALTER TABLE ONLY public.payments_eventrow
    ADD CONSTRAINT payments_eventrow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.payments_givenbackrow
    ADD CONSTRAINT payments_givenbackrow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.payments_givenbackrow
    ADD CONSTRAINT payments_givenbackrow_repayment_id_key UNIQUE (repayment_id);

ALTER TABLE ONLY public.payments_paymentrow
    ADD CONSTRAINT payments_paymentrow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.payments_sandboxpaymentrow
    ADD CONSTRAINT payments_sandboxpaymentrow_asked_key UNIQUE (asked);

ALTER TABLE ONLY public.payments_sandboxpaymentrow
    ADD CONSTRAINT payments_sandboxpaymentrow_pkey PRIMARY KEY (reference);

ALTER TABLE ONLY public.payments_sandboxrefundrow
    ADD CONSTRAINT payments_sandboxrefundrow_pkey PRIMARY KEY (asked);

ALTER TABLE ONLY public.pictures_picture
    ADD CONSTRAINT pictures_picture_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.popularity_productpulse
    ADD CONSTRAINT popularity_productpulse_pkey PRIMARY KEY (product_id);

ALTER TABLE ONLY public.previews_effectrow
    ADD CONSTRAINT previews_effectrow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.previews_previewrow
    ADD CONSTRAINT previews_previewrow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.previews_toldrow
    ADD CONSTRAINT previews_toldrow_pkey PRIMARY KEY (version);

ALTER TABLE ONLY public.prices_comparedrow
    ADD CONSTRAINT prices_comparedrow_pkey PRIMARY KEY (product_id);

ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_unique UNIQUE (task_name, periodic_id, defer_timestamp);

ALTER TABLE ONLY public.procrastinate_workers
    ADD CONSTRAINT procrastinate_workers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.product_standing_productstanding
    ADD CONSTRAINT product_standing_once_a_moment UNIQUE (product_id, since);

ALTER TABLE ONLY public.product_standing_productstanding
    ADD CONSTRAINT product_standing_productstanding_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.refunds_refundlinerow
    ADD CONSTRAINT refund_line_once UNIQUE (refund_id, line_id);

ALTER TABLE ONLY public.refunds_refundlinerow
    ADD CONSTRAINT refunds_refundlinerow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.refunds_refundrow
    ADD CONSTRAINT refunds_refundrow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_repaymentrow
    ADD CONSTRAINT repayment_once_per_cause UNIQUE (order_id, cause);

ALTER TABLE ONLY public.desk_filingrow
    ADD CONSTRAINT report_filed_once UNIQUE (report_id, account_id);

ALTER TABLE ONLY public.rooms_reservationrow
    ADD CONSTRAINT reservation_once UNIQUE (session_id, account_id);

ALTER TABLE ONLY public.reviews_reviewrow
    ADD CONSTRAINT reviews_reviewrow_line_id_key UNIQUE (line_id);

ALTER TABLE ONLY public.reviews_reviewrow
    ADD CONSTRAINT reviews_reviewrow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.risk_findingdeal
    ADD CONSTRAINT risk_findingdeal_line_id_key UNIQUE (line_id);

ALTER TABLE ONLY public.risk_findingdeal
    ADD CONSTRAINT risk_findingdeal_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.risk_findingrow
    ADD CONSTRAINT risk_findingrow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.risk_nightrow
    ADD CONSTRAINT risk_nightrow_pkey PRIMARY KEY (day);

ALTER TABLE ONLY public.risk_objectionrow
    ADD CONSTRAINT risk_objectionrow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.risk_objectionrow
    ADD CONSTRAINT risk_one_word_a_shop UNIQUE (finding_id, shop_id);

ALTER TABLE ONLY public.rooms_ballotrow
    ADD CONSTRAINT rooms_ballotrow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.rooms_cardrow
    ADD CONSTRAINT rooms_cardrow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.rooms_drawrow
    ADD CONSTRAINT rooms_drawrow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.rooms_entryrow
    ADD CONSTRAINT rooms_entryrow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.rooms_eventrow
    ADD CONSTRAINT rooms_eventrow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.rooms_explanationrow
    ADD CONSTRAINT rooms_explanationrow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.rooms_handedrow
    ADD CONSTRAINT rooms_handedrow_pkey PRIMARY KEY (coupon);

ALTER TABLE ONLY public.rooms_helperrow
    ADD CONSTRAINT rooms_helperrow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.rooms_linerow
    ADD CONSTRAINT rooms_linerow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.rooms_presence
    ADD CONSTRAINT rooms_presence_pkey PRIMARY KEY (session_id, stay);

ALTER TABLE ONLY public.rooms_pulserow
    ADD CONSTRAINT rooms_pulserow_pkey PRIMARY KEY (session_id);

ALTER TABLE ONLY public.rooms_reservationrow
    ADD CONSTRAINT rooms_reservationrow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.rooms_sessionrow
    ADD CONSTRAINT rooms_sessionrow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.rooms_shutrow
    ADD CONSTRAINT rooms_shutrow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.rooms_voterow
    ADD CONSTRAINT rooms_voterow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.rulebook_draftrow
    ADD CONSTRAINT rulebook_draftrow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.rulebook_versionrow
    ADD CONSTRAINT rulebook_versionrow_name_key UNIQUE (name);

ALTER TABLE ONLY public.rulebook_versionrow
    ADD CONSTRAINT rulebook_versionrow_pkey PRIMARY KEY (version);

ALTER TABLE ONLY public.saved_saved
    ADD CONSTRAINT saved_once UNIQUE (account_id, product_id);

ALTER TABLE ONLY public.saved_saved
    ADD CONSTRAINT saved_saved_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.scores_scorerow
    ADD CONSTRAINT score_once_a_run UNIQUE (run_id, kind, entity_id);

ALTER TABLE ONLY public.scores_curveset
    ADD CONSTRAINT scores_curveset_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.scores_scorerow
    ADD CONSTRAINT scores_scorerow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.scores_scorerun
    ADD CONSTRAINT scores_scorerun_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.seller_standing_sellerstanding
    ADD CONSTRAINT seller_standing_once_a_moment UNIQUE (seller_id, since);

ALTER TABLE ONLY public.seller_standing_sellerstanding
    ADD CONSTRAINT seller_standing_sellerstanding_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.rooms_shutrow
    ADD CONSTRAINT shut_once UNIQUE (creator_id, account_id, act);

ALTER TABLE ONLY public.stock_stockbucket
    ADD CONSTRAINT stock_bucket_once UNIQUE (holder, bucket);

ALTER TABLE ONLY public.stock_soldout
    ADD CONSTRAINT stock_soldout_pkey PRIMARY KEY (holder);

ALTER TABLE ONLY public.stock_stockbucket
    ADD CONSTRAINT stock_stockbucket_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.stock_stockdoubt
    ADD CONSTRAINT stock_stockdoubt_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.talks_talkrow
    ADD CONSTRAINT talk_once_a_topic UNIQUE (buyer_id, merchant_id, about, about_id);

ALTER TABLE ONLY public.talks_messagerow
    ADD CONSTRAINT talks_messagerow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.talks_talkrow
    ADD CONSTRAINT talks_talkrow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.terms_bought
    ADD CONSTRAINT terms_bought_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.terms_commissionplan
    ADD CONSTRAINT terms_commissionplan_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.terms_coupon
    ADD CONSTRAINT terms_coupon_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.terms_couponclaim
    ADD CONSTRAINT terms_couponclaim_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.terms_offercap
    ADD CONSTRAINT terms_offercap_pkey PRIMARY KEY (offer_id);

ALTER TABLE ONLY public.terms_timedprice
    ADD CONSTRAINT terms_timedprice_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_usersession_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_usersession_session_key_key UNIQUE (session_key);

ALTER TABLE ONLY public.violations_violationrow
    ADD CONSTRAINT violations_violationrow_pkey PRIMARY KEY (id);

CREATE INDEX account_emailaddress_email_03be32b2 ON public.account_emailaddress USING btree (email);

CREATE INDEX account_emailaddress_email_03be32b2_like ON public.account_emailaddress USING btree (email varchar_pattern_ops);

CREATE INDEX account_emailaddress_user_id_2c513194 ON public.account_emailaddress USING btree (user_id);

CREATE INDEX account_emailconfirmation_email_address_id_5b7f8c58 ON public.account_emailconfirmation USING btree (email_address_id);

CREATE INDEX account_emailconfirmation_key_f43612bd_like ON public.account_emailconfirmation USING btree (key varchar_pattern_ops);

CREATE INDEX accounts_account_email_348850e2_like ON public.accounts_account USING btree (email varchar_pattern_ops);

CREATE INDEX accounts_account_groups_account_id_52f14852 ON public.accounts_account_groups USING btree (account_id);

CREATE INDEX accounts_account_groups_group_id_7c6a6bd1 ON public.accounts_account_groups USING btree (group_id);

CREATE INDEX accounts_account_user_permissions_account_id_816f9bde ON public.accounts_account_user_permissions USING btree (account_id);

CREATE INDEX accounts_account_user_permissions_permission_id_24620205 ON public.accounts_account_user_permissions USING btree (permission_id);

CREATE INDEX accounts_apitoken_account_id_c5e627d6 ON public.accounts_apitoken USING btree (account_id);

CREATE INDEX accounts_apitoken_digest_63ccb187_like ON public.accounts_apitoken USING btree (digest varchar_pattern_ops);

CREATE INDEX accounts_cache_expires ON public.accounts_cache USING btree (expires);

CREATE UNIQUE INDEX address_one_default_per_account ON public.addresses_address USING btree (account_id) WHERE is_default;

CREATE INDEX addresses_address_account_id_3de9af03 ON public.addresses_address USING btree (account_id);

CREATE INDEX appeal_of_seller ON public.appeals_appealrow USING btree (seller_id, made_at DESC);

CREATE INDEX appeal_waiting ON public.appeals_appealrow USING btree (state, made_at);

CREATE INDEX appeals_appealrow_judged_by_id_41724ace ON public.appeals_appealrow USING btree (judged_by_id);

CREATE INDEX appeals_appealrow_made_by_id_b538860a ON public.appeals_appealrow USING btree (made_by_id);

CREATE INDEX audit_object ON public.audit_audit USING btree (object_kind, object_id);

CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);

CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);

CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);

CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);

CREATE INDEX card_of_product ON public.rooms_cardrow USING btree (product_id);

CREATE INDEX card_of_shop ON public.rooms_cardrow USING btree (shop_id, session_id);

CREATE UNIQUE INDEX card_once_a_session ON public.rooms_cardrow USING btree (session_id, offer_id) WHERE (removed_at IS NULL);

CREATE INDEX cart_of_guests ON public.carts_cartlinerow USING btree (put_at) WHERE guest;

CREATE INDEX carts_cartlinerow_offer_id_000909af ON public.carts_cartlinerow USING btree (offer_id);

CREATE INDEX catalogue_brand_slug_4aaee7d9_like ON public.catalogue_brand USING btree (slug varchar_pattern_ops);

CREATE INDEX catalogue_category_parent_id_4479cbbf ON public.catalogue_category USING btree (parent_id);

CREATE INDEX catalogue_category_slug_9635febd_like ON public.catalogue_category USING btree (slug varchar_pattern_ops);

CREATE INDEX catalogue_product_brand_id_74599134 ON public.catalogue_product USING btree (brand_id);

CREATE INDEX catalogue_product_category_id_d8eb7fb2 ON public.catalogue_product USING btree (category_id);

CREATE INDEX catalogue_product_merchant_id_784b0e21 ON public.catalogue_product USING btree (merchant_id);

CREATE INDEX catalogue_sku_merchant_id_1ab03a73 ON public.catalogue_sku USING btree (merchant_id);

CREATE INDEX catalogue_sku_product_id_e87f17c5 ON public.catalogue_sku USING btree (product_id);

CREATE INDEX claim_of_account ON public.terms_couponclaim USING btree (account, coupon_id);

CREATE INDEX claim_of_order ON public.terms_couponclaim USING btree ("order") WHERE ("order" IS NOT NULL);

CREATE INDEX commission_of_offer ON public.terms_commissionplan USING btree (offer_id, starts_at);

CREATE INDEX creators_creator_slug_2c856a38_like ON public.creators_creator USING btree (slug varchar_pattern_ops);

CREATE INDEX desk_audit_actor_id_6de435bf ON public.audit_audit USING btree (actor_id);

CREATE INDEX desk_audit_at_070368d2 ON public.audit_audit USING btree (at);

CREATE INDEX desk_filingrow_account_id_3d7c96d1 ON public.desk_filingrow USING btree (account_id);

CREATE INDEX desk_filingrow_report_id_f50231b2 ON public.desk_filingrow USING btree (report_id);

CREATE INDEX desk_reportrow_judged_by_id_f20a660d ON public.desk_reportrow USING btree (judged_by_id);

CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);

CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);

CREATE UNIQUE INDEX draw_one_open_a_session ON public.rooms_drawrow USING btree (session_id) WHERE (drawn_at IS NULL);

CREATE INDEX effect_of_entity ON public.previews_effectrow USING btree (kind, entity_id);

CREATE INDEX follow_target ON public.follows_follow USING btree (kind, target_id, follower_id);

CREATE INDEX follows_follow_follower_id_3578a9ad ON public.follows_follow USING btree (follower_id);

CREATE INDEX given_back_open ON public.payments_givenbackrow USING btree (asked_at) WHERE (settled_at IS NULL);

CREATE INDEX grant_holder ON public.grants_grant USING btree (account_id, seller_id, scope);

CREATE UNIQUE INDEX grant_once_while_not_revoked ON public.grants_grant USING btree (account_id, seller_id, scope) WHERE (revoked_at IS NULL);

CREATE INDEX grants_grant_account_id_b81a22ea ON public.grants_grant USING btree (account_id);

CREATE INDEX grants_grant_given_by_id_b49443b4 ON public.grants_grant USING btree (given_by_id);

CREATE INDEX grants_grant_revoked_by_id_303dfe9d ON public.grants_grant USING btree (revoked_by_id);

CREATE INDEX history_admittedpicture_digest_32458890_like ON public.history_admittedpicture USING btree (digest varchar_pattern_ops);

CREATE INDEX idx_procrastinate_jobs_worker_not_null ON public.procrastinate_jobs USING btree (worker_id) WHERE ((worker_id IS NOT NULL) AND (status = 'doing'::public.procrastinate_job_status));

CREATE INDEX idx_procrastinate_workers_last_heartbeat ON public.procrastinate_workers USING btree (last_heartbeat);

CREATE INDEX import_of_merchant ON public.listings_importrun USING btree (merchant_id, sent_at DESC);

CREATE INDEX kit_answer_at ON public.kit_answer USING btree (at);

CREATE INDEX kit_rate_minute ON public.kit_rate USING btree (minute);

CREATE INDEX line_by_creator ON public.orders_linerow USING btree (creator_id) WHERE (creator_id IS NOT NULL);

CREATE INDEX line_newest ON public.rooms_linerow USING btree (session_id, seq DESC) WHERE (hidden_at IS NULL);

CREATE INDEX line_of_author ON public.rooms_linerow USING btree (author_id, at DESC);

CREATE INDEX line_of_session ON public.orders_linerow USING btree (((origin ->> 'session'::text))) WHERE (origin ? 'session'::text);

CREATE INDEX listings_importrun_account_id_0f608be1 ON public.listings_importrun USING btree (account_id);

CREATE INDEX listings_importrun_merchant_id_48b18c20 ON public.listings_importrun USING btree (merchant_id);

CREATE INDEX media_cliprow_stream_id_e9ebe629 ON public.media_cliprow USING btree (stream_id);

CREATE INDEX merchants_invitation_invited_by_id_6aeb8522 ON public.merchants_invitation USING btree (invited_by_id);

CREATE INDEX merchants_invitation_merchant_id_f9b5cced ON public.merchants_invitation USING btree (merchant_id);

CREATE INDEX merchants_member_account_id_d20155b5 ON public.merchants_member USING btree (account_id);

CREATE INDEX merchants_member_merchant_id_04f3c345 ON public.merchants_member USING btree (merchant_id);

CREATE INDEX merchants_merchant_slug_a5b858cc_like ON public.merchants_merchant USING btree (slug varchar_pattern_ops);

CREATE INDEX message_of_talk ON public.talks_messagerow USING btree (talk_id, at);

CREATE INDEX mfa_authenticator_user_id_0c3a50c0 ON public.mfa_authenticator USING btree (user_id);

CREATE INDEX notice_newest ON public.notices_notice USING btree (account_id, at DESC);

CREATE INDEX notice_unread ON public.notices_notice USING btree (account_id) WHERE (read_at IS NULL);

CREATE INDEX notices_notice_account_id_01446394 ON public.notices_notice USING btree (account_id);

CREATE INDEX notices_preference_account_id_d3458978 ON public.notices_preference USING btree (account_id);

CREATE INDEX offers_freightplan_merchant_id_49bd111c ON public.offers_freightplan USING btree (merchant_id);

CREATE INDEX offers_offer_freight_plan_id_af36680e ON public.offers_offer USING btree (freight_plan_id);

CREATE INDEX offers_offer_merchant_id_26c339e1 ON public.offers_offer USING btree (merchant_id);

CREATE INDEX offers_offer_product_id_579e5647 ON public.offers_offer USING btree (product_id);

CREATE INDEX offers_offer_sku_id_f8b66bb1 ON public.offers_offer USING btree (sku_id);

CREATE INDEX offers_pricechange_offer_id_e6d3bf45 ON public.offers_pricechange USING btree (offer_id);

CREATE INDEX order_due ON public.orders_orderrow USING btree (due_at) WHERE (due_at IS NOT NULL);

CREATE INDEX order_of_buyer ON public.orders_orderrow USING btree (buyer_id, placed_at DESC);

CREATE INDEX order_of_shop ON public.orders_orderrow USING btree (merchant_id, state, placed_at DESC);

CREATE INDEX orders_carriereventrow_parcel_id_fbd11616 ON public.orders_carriereventrow USING btree (parcel_id);

CREATE INDEX orders_linerow_offer_id_0d4d14ad ON public.orders_linerow USING btree (offer_id);

CREATE INDEX orders_linerow_order_id_c5caf236 ON public.orders_linerow USING btree (order_id);

CREATE INDEX orders_orderrow_checkout_id_f5e28ca6 ON public.orders_orderrow USING btree (checkout_id);

CREATE INDEX orders_parcelrow_order_id_601878af ON public.orders_parcelrow USING btree (order_id);

CREATE INDEX orders_parcelrow_tracking_64dd7b59 ON public.orders_parcelrow USING btree (tracking);

CREATE INDEX orders_parcelrow_tracking_64dd7b59_like ON public.orders_parcelrow USING btree (tracking varchar_pattern_ops);

CREATE INDEX orders_repaymentrow_order_id_4ef64885 ON public.orders_repaymentrow USING btree (order_id);

CREATE INDEX orders_steprow_order_id_17b694af ON public.orders_steprow USING btree (order_id);

CREATE INDEX outbox_cursor_name_4fc1e967_like ON public.outbox_cursor USING btree (name varchar_pattern_ops);

CREATE INDEX outbox_order ON public.outbox_outboxrow USING btree (xid, "position");

CREATE INDEX outbox_trimmed_kind_fdae8a9c_like ON public.outbox_trimmed USING btree (kind varchar_pattern_ops);

CREATE UNIQUE INDEX payment_one_running ON public.payments_paymentrow USING btree (checkout_id) WHERE ((state)::text = 'started'::text);

CREATE UNIQUE INDEX payment_reference_once ON public.payments_paymentrow USING btree (provider, reference) WHERE (NOT ((reference)::text = ''::text));

CREATE INDEX payments_eventrow_payment_id_bdf0e4ac ON public.payments_eventrow USING btree (payment_id);

CREATE INDEX payments_givenbackrow_payment_id_a98e8b16 ON public.payments_givenbackrow USING btree (payment_id);

CREATE INDEX payments_paymentrow_checkout_id_9812ed43 ON public.payments_paymentrow USING btree (checkout_id);

CREATE INDEX payments_sandboxpaymentrow_reference_519a046a_like ON public.payments_sandboxpaymentrow USING btree (reference varchar_pattern_ops);

CREATE INDEX payments_sandboxrefundrow_payment_id_b3a505ba ON public.payments_sandboxrefundrow USING btree (payment_id);

CREATE INDEX payments_sandboxrefundrow_payment_id_b3a505ba_like ON public.payments_sandboxrefundrow USING btree (payment_id varchar_pattern_ops);

CREATE INDEX picture_loose ON public.pictures_picture USING btree (created_at) WHERE loose;

CREATE INDEX preview_newest ON public.previews_previewrow USING btree (asked_at DESC);

CREATE INDEX previews_effectrow_preview_id_b36dbf4d ON public.previews_effectrow USING btree (preview_id);

CREATE INDEX previews_previewrow_asked_by_id_84b003c3 ON public.previews_previewrow USING btree (asked_by_id);

CREATE INDEX previews_previewrow_version_bd6e6c3a ON public.previews_previewrow USING btree (version);

CREATE INDEX previews_previewrow_version_bd6e6c3a_like ON public.previews_previewrow USING btree (version varchar_pattern_ops);

CREATE INDEX previews_toldrow_version_4c53ceff_like ON public.previews_toldrow USING btree (version varchar_pattern_ops);

CREATE INDEX price_history ON public.offers_pricechange USING btree (offer_id, changed_at);

CREATE INDEX prices_comparedrow_cluster_e3989bdd ON public.prices_comparedrow USING btree (cluster);

CREATE INDEX procrastinate_events_job_id_fkey_v1 ON public.procrastinate_events USING btree (job_id);

CREATE INDEX procrastinate_jobs_id_lock_idx_v1 ON public.procrastinate_jobs USING btree (id, lock) WHERE (status = ANY (ARRAY['todo'::public.procrastinate_job_status, 'doing'::public.procrastinate_job_status]));

CREATE UNIQUE INDEX procrastinate_jobs_lock_idx_v1 ON public.procrastinate_jobs USING btree (lock) WHERE (status = 'doing'::public.procrastinate_job_status);

CREATE INDEX procrastinate_jobs_priority_idx_v1 ON public.procrastinate_jobs USING btree (priority DESC, id) WHERE (status = 'todo'::public.procrastinate_job_status);

CREATE INDEX procrastinate_jobs_queue_name_idx_v1 ON public.procrastinate_jobs USING btree (queue_name);

CREATE UNIQUE INDEX procrastinate_jobs_queueing_lock_idx_v1 ON public.procrastinate_jobs USING btree (queueing_lock) WHERE (status = 'todo'::public.procrastinate_job_status);

CREATE INDEX procrastinate_periodic_defers_job_id_fkey_v1 ON public.procrastinate_periodic_defers USING btree (job_id);

CREATE INDEX product_listed ON public.catalogue_product USING btree (category_id, listed_at DESC) WHERE ((status)::text = 'listed'::text);

CREATE INDEX product_of_merchant ON public.catalogue_product USING btree (merchant_id, status, changed_at DESC);

CREATE INDEX pulse_hottest ON public.popularity_productpulse USING btree (heat DESC);

CREATE INDEX refund_due ON public.refunds_refundrow USING btree (answer_by) WHERE ((state)::text = 'asked'::text);

CREATE UNIQUE INDEX refund_first_reason ON public.refunds_refundlinerow USING btree (line_id) WHERE first;

CREATE INDEX refund_of_shop ON public.refunds_refundrow USING btree (merchant_id, state, answer_by);

CREATE UNIQUE INDEX refund_one_open ON public.refunds_refundrow USING btree (order_id) WHERE ((state)::text = ANY ((ARRAY['asked'::character varying, 'declined'::character varying, 'disputed'::character varying])::text[]));

CREATE INDEX refunds_refundlinerow_line_id_cb19b26f ON public.refunds_refundlinerow USING btree (line_id);

CREATE INDEX refunds_refundlinerow_refund_id_a9350b4e ON public.refunds_refundlinerow USING btree (refund_id);

CREATE INDEX refunds_refundrow_order_id_7650be64 ON public.refunds_refundrow USING btree (order_id);

CREATE INDEX repayment_open ON public.orders_repaymentrow USING btree (asked_at) WHERE (settled_at IS NULL);

CREATE UNIQUE INDEX report_open_once ON public.desk_reportrow USING btree (object_kind, object_id) WHERE ((state)::text = 'open'::text);

CREATE INDEX report_waiting ON public.desk_reportrow USING btree (state, opened_at);

CREATE INDEX review_of_buyer ON public.reviews_reviewrow USING btree (buyer_id, written_at DESC);

CREATE INDEX review_of_product ON public.reviews_reviewrow USING btree (product_id, written_at DESC);

CREATE INDEX review_of_shop ON public.reviews_reviewrow USING btree (merchant_id, written_at DESC);

CREATE INDEX reviews_reviewrow_answered_by_id_95aea066 ON public.reviews_reviewrow USING btree (answered_by_id);

CREATE INDEX risk_findingdeal_buyer_20e47c26 ON public.risk_findingdeal USING btree (buyer);

CREATE INDEX risk_findingdeal_finding_id_722a96c8 ON public.risk_findingdeal USING btree (finding_id);

CREATE INDEX risk_findingdeal_shop_id_4cd77267 ON public.risk_findingdeal USING btree (shop_id);

CREATE INDEX risk_findingrow_judged_by_id_64d14938 ON public.risk_findingrow USING btree (judged_by_id);

CREATE INDEX risk_objectionrow_account_id_51063e82 ON public.risk_objectionrow USING btree (account_id);

CREATE INDEX risk_objectionrow_finding_id_bad27cde ON public.risk_objectionrow USING btree (finding_id);

CREATE UNIQUE INDEX risk_one_word_a_buyer ON public.risk_objectionrow USING btree (finding_id, account_id) WHERE (shop_id IS NULL);

CREATE INDEX risk_waiting ON public.risk_findingrow USING btree (state, found_at DESC);

CREATE INDEX rooms_ballotrow_account_id_215dc959 ON public.rooms_ballotrow USING btree (account_id);

CREATE INDEX rooms_cardrow_offer_id_55cab53d ON public.rooms_cardrow USING btree (offer_id);

CREATE INDEX rooms_cardrow_session_id_15bd8ecd ON public.rooms_cardrow USING btree (session_id);

CREATE INDEX rooms_drawrow_session_id_d11e2099 ON public.rooms_drawrow USING btree (session_id);

CREATE INDEX rooms_entryrow_account_id_aef3925d ON public.rooms_entryrow USING btree (account_id);

CREATE INDEX rooms_entryrow_draw_id_70fa937e ON public.rooms_entryrow USING btree (draw_id);

CREATE INDEX rooms_explanationrow_card_id_6a6f2a16 ON public.rooms_explanationrow USING btree (card_id);

CREATE INDEX rooms_explanationrow_session_id_a1d3e8ef ON public.rooms_explanationrow USING btree (session_id);

CREATE INDEX rooms_handedrow_session_id_22524320 ON public.rooms_handedrow USING btree (session_id);

CREATE INDEX rooms_helperrow_account_id_cd5819d3 ON public.rooms_helperrow USING btree (account_id);

CREATE INDEX rooms_helperrow_creator_id_c7b45355 ON public.rooms_helperrow USING btree (creator_id);

CREATE INDEX rooms_linerow_author_id_f8411577 ON public.rooms_linerow USING btree (author_id);

CREATE INDEX rooms_linerow_session_id_c5931baa ON public.rooms_linerow USING btree (session_id);

CREATE INDEX rooms_presence_seen ON public.rooms_presence USING btree (session_id, seen_at);

CREATE INDEX rooms_reservationrow_account_id_54b30e53 ON public.rooms_reservationrow USING btree (account_id);

CREATE INDEX rooms_reservationrow_session_id_2618d150 ON public.rooms_reservationrow USING btree (session_id);

CREATE INDEX rooms_sessionrow_creator_id_6c7792fc ON public.rooms_sessionrow USING btree (creator_id);

CREATE INDEX rooms_shutrow_account_id_2edc2648 ON public.rooms_shutrow USING btree (account_id);

CREATE INDEX rooms_shutrow_creator_id_8c9e7633 ON public.rooms_shutrow USING btree (creator_id);

CREATE INDEX rooms_voterow_session_id_ac34412a ON public.rooms_voterow USING btree (session_id);

CREATE INDEX rulebook_draftrow_changed_by_id_dc22de56 ON public.rulebook_draftrow USING btree (changed_by_id);

CREATE UNIQUE INDEX rulebook_one_from_a_day ON public.rulebook_versionrow USING btree (effective_from) WHERE (withdrawn_at IS NULL);

CREATE INDEX rulebook_versionrow_name_4438a3ef_like ON public.rulebook_versionrow USING btree (name varchar_pattern_ops);

CREATE INDEX rulebook_versionrow_published_by_id_df1a84dd ON public.rulebook_versionrow USING btree (published_by_id);

CREATE INDEX rulebook_versionrow_version_50427a6a_like ON public.rulebook_versionrow USING btree (version varchar_pattern_ops);

CREATE INDEX saved_newest ON public.saved_saved USING btree (account_id, saved_at DESC);

CREATE INDEX saved_saved_account_id_cedf2b02 ON public.saved_saved USING btree (account_id);

CREATE INDEX score_of_entity ON public.scores_scorerow USING btree (kind, entity_id, day DESC);

CREATE UNIQUE INDEX score_published_once_a_day ON public.scores_scorerun USING btree (day) WHERE ((series)::text = 'published'::text);

CREATE INDEX scores_curveset_day_219b0110 ON public.scores_curveset USING btree (day);

CREATE INDEX scores_scorerow_run_id_e0f42d4f ON public.scores_scorerow USING btree (run_id);

CREATE INDEX scores_scorerun_curves_id_59db2e19 ON public.scores_scorerun USING btree (curves_id);

CREATE INDEX session_by_state ON public.rooms_sessionrow USING btree (state, planned_at);

CREATE INDEX session_of_creator ON public.rooms_sessionrow USING btree (creator_id, planned_at DESC);

CREATE UNIQUE INDEX session_on_air_one_a_creator ON public.rooms_sessionrow USING btree (creator_id) WHERE ((state)::text = 'on_air'::text);

CREATE UNIQUE INDEX sku_code_once_per_merchant ON public.catalogue_sku USING btree (merchant_id, code) WHERE ((NOT ((code)::text = ''::text)) AND (NOT retired));

CREATE INDEX stream_kept ON public.media_streamrow USING btree (opened_at) WHERE (deleted_at IS NULL);

CREATE INDEX stream_owner ON public.media_streamrow USING btree (owner);

CREATE INDEX talk_of_buyer ON public.talks_talkrow USING btree (buyer_id, last_at DESC);

CREATE INDEX talk_of_shop ON public.talks_talkrow USING btree (merchant_id, last_at DESC);

CREATE INDEX talk_waiting ON public.talks_talkrow USING btree (merchant_id, waiting_since);

CREATE INDEX talks_messagerow_author_id_cb41fafa ON public.talks_messagerow USING btree (author_id);

CREATE INDEX terms_commissionplan_offer_id_5638c3cb ON public.terms_commissionplan USING btree (offer_id);

CREATE INDEX terms_coupon_shop_id_5d02f92d ON public.terms_coupon USING btree (shop_id);

CREATE INDEX terms_timedprice_offer_id_a7762bc0 ON public.terms_timedprice USING btree (offer_id);

CREATE INDEX timed_price_of_offer ON public.terms_timedprice USING btree (offer_id, starts_at, ends_at);

CREATE UNIQUE INDEX unique_authenticator_type ON public.mfa_authenticator USING btree (user_id, type) WHERE ((type)::text = ANY ((ARRAY['totp'::character varying, 'recovery_codes'::character varying])::text[]));

CREATE UNIQUE INDEX unique_primary_email ON public.account_emailaddress USING btree (user_id, "primary") WHERE "primary";

CREATE UNIQUE INDEX unique_verified_email ON public.account_emailaddress USING btree (email) WHERE verified;

CREATE INDEX usersessions_usersession_session_key_fd35de43_like ON public.usersessions_usersession USING btree (session_key varchar_pattern_ops);

CREATE INDEX usersessions_usersession_user_id_af5e0a6d ON public.usersessions_usersession USING btree (user_id);

CREATE INDEX violation_of_entity ON public.violations_violationrow USING btree (kind, entity_id, judged_at DESC);

CREATE INDEX violations_violationrow_judged_at_04f73353 ON public.violations_violationrow USING btree (judged_at);

CREATE INDEX violations_violationrow_judged_by_id_4992b8db ON public.violations_violationrow USING btree (judged_by_id);

CREATE UNIQUE INDEX vote_one_open_a_session ON public.rooms_voterow USING btree (session_id) WHERE (closed_at IS NULL);

CREATE TRIGGER desk_audit_stands BEFORE DELETE OR UPDATE ON public.audit_audit FOR EACH ROW EXECUTE FUNCTION public.desk_audit_stands();

CREATE TRIGGER procrastinate_jobs_notify_queue_job_aborted_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN (((old.abort_requested = false) AND (new.abort_requested = true) AND (new.status = 'doing'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_notify_queue_abort_job_v1();

CREATE TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN (((new.status = 'todo'::public.procrastinate_job_status) AND ((new.scheduled_at IS NULL) OR (new.scheduled_at <= now())))) EXECUTE FUNCTION public.procrastinate_notify_queue_job_inserted_v1();

CREATE TRIGGER procrastinate_trigger_abort_requested_events_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.abort_requested = true)) EXECUTE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1();

CREATE TRIGGER procrastinate_trigger_delete_jobs_v1 BEFORE DELETE ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_unlink_periodic_defers_v1();

CREATE TRIGGER procrastinate_trigger_scheduled_events_v1 AFTER INSERT OR UPDATE ON public.procrastinate_jobs FOR EACH ROW WHEN (((new.scheduled_at IS NOT NULL) AND (new.status = 'todo'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1();

CREATE TRIGGER procrastinate_trigger_status_events_insert_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1();

CREATE TRIGGER procrastinate_trigger_status_events_update_v1 AFTER UPDATE OF status ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_update_v1();

ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_2c513194_fk_accounts_account_id FOREIGN KEY (user_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirm_email_address_id_5b7f8c58_fk_account_e FOREIGN KEY (email_address_id) REFERENCES public.account_emailaddress(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.accounts_account_groups
    ADD CONSTRAINT accounts_account_gro_account_id_52f14852_fk_accounts_ FOREIGN KEY (account_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.accounts_account_groups
    ADD CONSTRAINT accounts_account_groups_group_id_7c6a6bd1_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.accounts_account_user_permissions
    ADD CONSTRAINT accounts_account_use_account_id_816f9bde_fk_accounts_ FOREIGN KEY (account_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.accounts_account_user_permissions
    ADD CONSTRAINT accounts_account_use_permission_id_24620205_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.accounts_apitoken
    ADD CONSTRAINT accounts_apitoken_account_id_c5e627d6_fk_accounts_account_id FOREIGN KEY (account_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.addresses_address
    ADD CONSTRAINT addresses_address_account_id_3de9af03_fk_accounts_account_id FOREIGN KEY (account_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appeals_appealrow
    ADD CONSTRAINT appeals_appealrow_judged_by_id_41724ace_fk_accounts_account_id FOREIGN KEY (judged_by_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appeals_appealrow
    ADD CONSTRAINT appeals_appealrow_made_by_id_b538860a_fk_accounts_account_id FOREIGN KEY (made_by_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.carts_cartlinerow
    ADD CONSTRAINT carts_cartlinerow_offer_id_000909af_fk_offers_offer_id FOREIGN KEY (offer_id) REFERENCES public.offers_offer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.catalogue_category
    ADD CONSTRAINT catalogue_category_parent_id_4479cbbf_fk_catalogue_category_id FOREIGN KEY (parent_id) REFERENCES public.catalogue_category(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.catalogue_product
    ADD CONSTRAINT catalogue_product_brand_id_74599134_fk_catalogue_brand_id FOREIGN KEY (brand_id) REFERENCES public.catalogue_brand(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.catalogue_product
    ADD CONSTRAINT catalogue_product_category_id_d8eb7fb2_fk_catalogue_category_id FOREIGN KEY (category_id) REFERENCES public.catalogue_category(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.catalogue_product
    ADD CONSTRAINT catalogue_product_merchant_id_784b0e21_fk_merchants_merchant_id FOREIGN KEY (merchant_id) REFERENCES public.merchants_merchant(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.catalogue_sku
    ADD CONSTRAINT catalogue_sku_merchant_id_1ab03a73_fk_merchants_merchant_id FOREIGN KEY (merchant_id) REFERENCES public.merchants_merchant(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.catalogue_sku
    ADD CONSTRAINT catalogue_sku_product_id_e87f17c5_fk_catalogue_product_id FOREIGN KEY (product_id) REFERENCES public.catalogue_product(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.creators_creator
    ADD CONSTRAINT creators_creator_account_id_fda52269_fk_accounts_account_id FOREIGN KEY (account_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audit_audit
    ADD CONSTRAINT desk_audit_actor_id_6de435bf_fk_accounts_account_id FOREIGN KEY (actor_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.desk_filingrow
    ADD CONSTRAINT desk_filingrow_account_id_3d7c96d1_fk_accounts_account_id FOREIGN KEY (account_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.desk_filingrow
    ADD CONSTRAINT desk_filingrow_report_id_f50231b2_fk_desk_reportrow_id FOREIGN KEY (report_id) REFERENCES public.desk_reportrow(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.desk_reportrow
    ADD CONSTRAINT desk_reportrow_judged_by_id_f20a660d_fk_accounts_account_id FOREIGN KEY (judged_by_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.follows_follow
    ADD CONSTRAINT follows_follow_follower_id_3578a9ad_fk_accounts_account_id FOREIGN KEY (follower_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.grants_grant
    ADD CONSTRAINT grants_grant_account_id_b81a22ea_fk_accounts_account_id FOREIGN KEY (account_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.grants_grant
    ADD CONSTRAINT grants_grant_given_by_id_b49443b4_fk_accounts_account_id FOREIGN KEY (given_by_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.grants_grant
    ADD CONSTRAINT grants_grant_revoked_by_id_303dfe9d_fk_accounts_account_id FOREIGN KEY (revoked_by_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.listings_importrun
    ADD CONSTRAINT listings_importrun_account_id_0f608be1_fk_accounts_account_id FOREIGN KEY (account_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.listings_importrun
    ADD CONSTRAINT listings_importrun_merchant_id_48b18c20_fk_merchants FOREIGN KEY (merchant_id) REFERENCES public.merchants_merchant(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.media_cliprow
    ADD CONSTRAINT media_cliprow_stream_id_e9ebe629_fk_media_streamrow_id FOREIGN KEY (stream_id) REFERENCES public.media_streamrow(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.merchants_invitation
    ADD CONSTRAINT merchants_invitation_invited_by_id_6aeb8522_fk_accounts_ FOREIGN KEY (invited_by_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.merchants_invitation
    ADD CONSTRAINT merchants_invitation_merchant_id_f9b5cced_fk_merchants FOREIGN KEY (merchant_id) REFERENCES public.merchants_merchant(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.merchants_member
    ADD CONSTRAINT merchants_member_account_id_d20155b5_fk_accounts_account_id FOREIGN KEY (account_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.merchants_member
    ADD CONSTRAINT merchants_member_merchant_id_04f3c345_fk_merchants_merchant_id FOREIGN KEY (merchant_id) REFERENCES public.merchants_merchant(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_user_id_0c3a50c0_fk_accounts_account_id FOREIGN KEY (user_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.notices_notice
    ADD CONSTRAINT notices_notice_account_id_01446394_fk_accounts_account_id FOREIGN KEY (account_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.notices_preference
    ADD CONSTRAINT notices_preference_account_id_d3458978_fk_accounts_account_id FOREIGN KEY (account_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.offers_freightplan
    ADD CONSTRAINT offers_freightplan_merchant_id_49bd111c_fk_merchants FOREIGN KEY (merchant_id) REFERENCES public.merchants_merchant(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.offers_offer
    ADD CONSTRAINT offers_offer_freight_plan_id_af36680e_fk_offers_freightplan_id FOREIGN KEY (freight_plan_id) REFERENCES public.offers_freightplan(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.offers_offer
    ADD CONSTRAINT offers_offer_merchant_id_26c339e1_fk_merchants_merchant_id FOREIGN KEY (merchant_id) REFERENCES public.merchants_merchant(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.offers_offer
    ADD CONSTRAINT offers_offer_product_id_579e5647_fk_catalogue_product_id FOREIGN KEY (product_id) REFERENCES public.catalogue_product(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.offers_offer
    ADD CONSTRAINT offers_offer_sku_id_f8b66bb1_fk_catalogue_sku_id FOREIGN KEY (sku_id) REFERENCES public.catalogue_sku(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.offers_pricechange
    ADD CONSTRAINT offers_pricechange_offer_id_e6d3bf45_fk_offers_offer_id FOREIGN KEY (offer_id) REFERENCES public.offers_offer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_carriereventrow
    ADD CONSTRAINT orders_carriereventr_parcel_id_fbd11616_fk_orders_pa FOREIGN KEY (parcel_id) REFERENCES public.orders_parcelrow(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_checkoutrow
    ADD CONSTRAINT orders_checkoutrow_buyer_id_03fd8e9a_fk_accounts_account_id FOREIGN KEY (buyer_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_linerow
    ADD CONSTRAINT orders_linerow_order_id_c5caf236_fk_orders_orderrow_id FOREIGN KEY (order_id) REFERENCES public.orders_orderrow(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_orderrow
    ADD CONSTRAINT orders_orderrow_buyer_id_0f9c15c2_fk_accounts_account_id FOREIGN KEY (buyer_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_orderrow
    ADD CONSTRAINT orders_orderrow_checkout_id_f5e28ca6_fk_orders_checkoutrow_id FOREIGN KEY (checkout_id) REFERENCES public.orders_checkoutrow(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_parcelrow
    ADD CONSTRAINT orders_parcelrow_order_id_601878af_fk_orders_orderrow_id FOREIGN KEY (order_id) REFERENCES public.orders_orderrow(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_repaymentrow
    ADD CONSTRAINT orders_repaymentrow_order_id_4ef64885_fk_orders_orderrow_id FOREIGN KEY (order_id) REFERENCES public.orders_orderrow(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_steprow
    ADD CONSTRAINT orders_steprow_order_id_17b694af_fk_orders_orderrow_id FOREIGN KEY (order_id) REFERENCES public.orders_orderrow(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.payments_eventrow
    ADD CONSTRAINT payments_eventrow_payment_id_bdf0e4ac_fk_payments_paymentrow_id FOREIGN KEY (payment_id) REFERENCES public.payments_paymentrow(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.payments_givenbackrow
    ADD CONSTRAINT payments_givenbackro_payment_id_a98e8b16_fk_payments_ FOREIGN KEY (payment_id) REFERENCES public.payments_paymentrow(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.payments_givenbackrow
    ADD CONSTRAINT payments_givenbackro_repayment_id_87dc3117_fk_orders_re FOREIGN KEY (repayment_id) REFERENCES public.orders_repaymentrow(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.payments_paymentrow
    ADD CONSTRAINT payments_paymentrow_checkout_id_9812ed43_fk_orders_ch FOREIGN KEY (checkout_id) REFERENCES public.orders_checkoutrow(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.payments_sandboxrefundrow
    ADD CONSTRAINT payments_sandboxrefu_payment_id_b3a505ba_fk_payments_ FOREIGN KEY (payment_id) REFERENCES public.payments_sandboxpaymentrow(reference) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.previews_effectrow
    ADD CONSTRAINT previews_effectrow_preview_id_b36dbf4d_fk_previews_ FOREIGN KEY (preview_id) REFERENCES public.previews_previewrow(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.previews_previewrow
    ADD CONSTRAINT previews_previewrow_asked_by_id_84b003c3_fk_accounts_account_id FOREIGN KEY (asked_by_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES public.procrastinate_workers(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id);

ALTER TABLE ONLY public.refunds_refundlinerow
    ADD CONSTRAINT refunds_refundlinero_refund_id_a9350b4e_fk_refunds_r FOREIGN KEY (refund_id) REFERENCES public.refunds_refundrow(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.refunds_refundlinerow
    ADD CONSTRAINT refunds_refundlinerow_line_id_cb19b26f_fk_orders_linerow_id FOREIGN KEY (line_id) REFERENCES public.orders_linerow(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.refunds_refundrow
    ADD CONSTRAINT refunds_refundrow_merchant_id_09acc28b_fk_merchants_merchant_id FOREIGN KEY (merchant_id) REFERENCES public.merchants_merchant(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.refunds_refundrow
    ADD CONSTRAINT refunds_refundrow_order_id_7650be64_fk_orders_orderrow_id FOREIGN KEY (order_id) REFERENCES public.orders_orderrow(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reviews_reviewrow
    ADD CONSTRAINT reviews_reviewrow_answered_by_id_95aea066_fk_accounts_ FOREIGN KEY (answered_by_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reviews_reviewrow
    ADD CONSTRAINT reviews_reviewrow_buyer_id_7a7aa80d_fk_accounts_account_id FOREIGN KEY (buyer_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reviews_reviewrow
    ADD CONSTRAINT reviews_reviewrow_line_id_bdf9a228_fk_orders_linerow_id FOREIGN KEY (line_id) REFERENCES public.orders_linerow(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reviews_reviewrow
    ADD CONSTRAINT reviews_reviewrow_merchant_id_48556c10_fk_merchants_merchant_id FOREIGN KEY (merchant_id) REFERENCES public.merchants_merchant(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reviews_reviewrow
    ADD CONSTRAINT reviews_reviewrow_product_id_e618aba5_fk_catalogue_product_id FOREIGN KEY (product_id) REFERENCES public.catalogue_product(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.risk_findingdeal
    ADD CONSTRAINT risk_findingdeal_finding_id_722a96c8_fk_risk_findingrow_id FOREIGN KEY (finding_id) REFERENCES public.risk_findingrow(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.risk_findingrow
    ADD CONSTRAINT risk_findingrow_judged_by_id_64d14938_fk_accounts_account_id FOREIGN KEY (judged_by_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.risk_objectionrow
    ADD CONSTRAINT risk_objectionrow_account_id_51063e82_fk_accounts_account_id FOREIGN KEY (account_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.risk_objectionrow
    ADD CONSTRAINT risk_objectionrow_finding_id_bad27cde_fk_risk_findingrow_id FOREIGN KEY (finding_id) REFERENCES public.risk_findingrow(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.rooms_ballotrow
    ADD CONSTRAINT rooms_ballotrow_account_id_215dc959_fk_accounts_account_id FOREIGN KEY (account_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.rooms_ballotrow
    ADD CONSTRAINT rooms_ballotrow_vote_id_bb7c301b_fk_rooms_voterow_id FOREIGN KEY (vote_id) REFERENCES public.rooms_voterow(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.rooms_cardrow
    ADD CONSTRAINT rooms_cardrow_offer_id_55cab53d_fk_offers_offer_id FOREIGN KEY (offer_id) REFERENCES public.offers_offer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.rooms_cardrow
    ADD CONSTRAINT rooms_cardrow_session_id_15bd8ecd_fk_rooms_sessionrow_id FOREIGN KEY (session_id) REFERENCES public.rooms_sessionrow(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.rooms_drawrow
    ADD CONSTRAINT rooms_drawrow_session_id_d11e2099_fk_rooms_sessionrow_id FOREIGN KEY (session_id) REFERENCES public.rooms_sessionrow(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.rooms_entryrow
    ADD CONSTRAINT rooms_entryrow_account_id_aef3925d_fk_accounts_account_id FOREIGN KEY (account_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.rooms_entryrow
    ADD CONSTRAINT rooms_entryrow_draw_id_70fa937e_fk_rooms_drawrow_id FOREIGN KEY (draw_id) REFERENCES public.rooms_drawrow(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.rooms_eventrow
    ADD CONSTRAINT rooms_eventrow_session_id_7a4ed7a5_fk_rooms_sessionrow_id FOREIGN KEY (session_id) REFERENCES public.rooms_sessionrow(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.rooms_explanationrow
    ADD CONSTRAINT rooms_explanationrow_card_id_6a6f2a16_fk_rooms_cardrow_id FOREIGN KEY (card_id) REFERENCES public.rooms_cardrow(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.rooms_explanationrow
    ADD CONSTRAINT rooms_explanationrow_session_id_a1d3e8ef_fk_rooms_sessionrow_id FOREIGN KEY (session_id) REFERENCES public.rooms_sessionrow(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.rooms_handedrow
    ADD CONSTRAINT rooms_handedrow_session_id_22524320_fk_rooms_sessionrow_id FOREIGN KEY (session_id) REFERENCES public.rooms_sessionrow(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.rooms_helperrow
    ADD CONSTRAINT rooms_helperrow_account_id_cd5819d3_fk_accounts_account_id FOREIGN KEY (account_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.rooms_helperrow
    ADD CONSTRAINT rooms_helperrow_creator_id_c7b45355_fk_accounts_account_id FOREIGN KEY (creator_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.rooms_linerow
    ADD CONSTRAINT rooms_linerow_author_id_f8411577_fk_accounts_account_id FOREIGN KEY (author_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.rooms_linerow
    ADD CONSTRAINT rooms_linerow_session_id_c5931baa_fk_rooms_sessionrow_id FOREIGN KEY (session_id) REFERENCES public.rooms_sessionrow(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.rooms_pulserow
    ADD CONSTRAINT rooms_pulserow_session_id_c3ed4f35_fk_rooms_sessionrow_id FOREIGN KEY (session_id) REFERENCES public.rooms_sessionrow(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.rooms_reservationrow
    ADD CONSTRAINT rooms_reservationrow_account_id_54b30e53_fk_accounts_account_id FOREIGN KEY (account_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.rooms_reservationrow
    ADD CONSTRAINT rooms_reservationrow_session_id_2618d150_fk_rooms_sessionrow_id FOREIGN KEY (session_id) REFERENCES public.rooms_sessionrow(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.rooms_sessionrow
    ADD CONSTRAINT rooms_sessionrow_creator_id_6c7792fc_fk_accounts_account_id FOREIGN KEY (creator_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.rooms_shutrow
    ADD CONSTRAINT rooms_shutrow_account_id_2edc2648_fk_accounts_account_id FOREIGN KEY (account_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.rooms_shutrow
    ADD CONSTRAINT rooms_shutrow_creator_id_8c9e7633_fk_accounts_account_id FOREIGN KEY (creator_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.rooms_voterow
    ADD CONSTRAINT rooms_voterow_session_id_ac34412a_fk_rooms_sessionrow_id FOREIGN KEY (session_id) REFERENCES public.rooms_sessionrow(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.rulebook_draftrow
    ADD CONSTRAINT rulebook_draftrow_changed_by_id_dc22de56_fk_accounts_account_id FOREIGN KEY (changed_by_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.rulebook_versionrow
    ADD CONSTRAINT rulebook_versionrow_published_by_id_df1a84dd_fk_accounts_ FOREIGN KEY (published_by_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.saved_saved
    ADD CONSTRAINT saved_saved_account_id_cedf2b02_fk_accounts_account_id FOREIGN KEY (account_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.scores_scorerow
    ADD CONSTRAINT scores_scorerow_run_id_e0f42d4f_fk_scores_scorerun_id FOREIGN KEY (run_id) REFERENCES public.scores_scorerun(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.scores_scorerun
    ADD CONSTRAINT scores_scorerun_curves_id_59db2e19_fk_scores_curveset_id FOREIGN KEY (curves_id) REFERENCES public.scores_curveset(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.talks_messagerow
    ADD CONSTRAINT talks_messagerow_author_id_cb41fafa_fk_accounts_account_id FOREIGN KEY (author_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.talks_messagerow
    ADD CONSTRAINT talks_messagerow_talk_id_664ece08_fk_talks_talkrow_id FOREIGN KEY (talk_id) REFERENCES public.talks_talkrow(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.talks_talkrow
    ADD CONSTRAINT talks_talkrow_buyer_id_827942e4_fk_accounts_account_id FOREIGN KEY (buyer_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.talks_talkrow
    ADD CONSTRAINT talks_talkrow_merchant_id_fb169400_fk_merchants_merchant_id FOREIGN KEY (merchant_id) REFERENCES public.merchants_merchant(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.terms_commissionplan
    ADD CONSTRAINT terms_commissionplan_offer_id_5638c3cb_fk_offers_offer_id FOREIGN KEY (offer_id) REFERENCES public.offers_offer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.terms_coupon
    ADD CONSTRAINT terms_coupon_shop_id_5d02f92d_fk_merchants_merchant_id FOREIGN KEY (shop_id) REFERENCES public.merchants_merchant(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.terms_couponclaim
    ADD CONSTRAINT terms_couponclaim_coupon_id_fca337d5_fk_terms_coupon_id FOREIGN KEY (coupon_id) REFERENCES public.terms_coupon(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.terms_offercap
    ADD CONSTRAINT terms_offercap_offer_id_2ee58014_fk_offers_offer_id FOREIGN KEY (offer_id) REFERENCES public.offers_offer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.terms_timedprice
    ADD CONSTRAINT terms_timedprice_offer_id_a7762bc0_fk_offers_offer_id FOREIGN KEY (offer_id) REFERENCES public.offers_offer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_userses_user_id_af5e0a6d_fk_accounts_ FOREIGN KEY (user_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.violations_violationrow
    ADD CONSTRAINT violations_violation_judged_by_id_4992b8db_fk_accounts_ FOREIGN KEY (judged_by_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;

INSERT INTO public.django_migrations (app, name, applied) VALUES
    ('contenttypes', '0001_initial', now()),
    ('contenttypes', '0002_remove_content_type_name', now()),
    ('auth', '0001_initial', now()),
    ('auth', '0002_alter_permission_name_max_length', now()),
    ('auth', '0003_alter_user_email_max_length', now()),
    ('auth', '0004_alter_user_username_opts', now()),
    ('auth', '0005_alter_user_last_login_null', now()),
    ('auth', '0006_require_contenttypes_0002', now()),
    ('auth', '0007_alter_validators_add_error_messages', now()),
    ('auth', '0008_alter_user_username_max_length', now()),
    ('auth', '0009_alter_user_last_name_max_length', now()),
    ('auth', '0010_alter_group_name_max_length', now()),
    ('auth', '0011_update_proxy_permissions', now()),
    ('auth', '0012_alter_user_first_name_max_length', now()),
    ('accounts', '0001_initial', now()),
    ('account', '0001_initial', now()),
    ('account', '0002_email_max_length', now()),
    ('account', '0003_alter_emailaddress_create_unique_verified_email', now()),
    ('account', '0004_alter_emailaddress_drop_unique_email', now()),
    ('account', '0005_emailaddress_idx_upper_email', now()),
    ('account', '0006_emailaddress_lower', now()),
    ('account', '0007_emailaddress_idx_email', now()),
    ('account', '0008_emailaddress_unique_primary_email_fixup', now()),
    ('account', '0009_emailaddress_unique_primary_email', now()),
    ('accounts', '0002_cache', now()),
    ('accounts', '0003_holder', now()),
    ('addresses', '0001_initial', now()),
    ('appeals', '0001_initial', now()),
    ('appeals', '0002_of_anything', now()),
    ('desk', '0001_initial', now()),
    ('desk', '0002_audit_stands', now()),
    ('desk', '0003_reports', now()),
    ('desk', '0004_audit_moves', now()),
    ('audit', '0001_initial', now()),
    ('merchants', '0001_initial', now()),
    ('catalogue', '0001_initial', now()),
    ('offers', '0001_initial', now()),
    ('carts', '0001_initial', now()),
    ('catalogue', '0002_retired', now()),
    ('creators', '0001_initial', now()),
    ('terms', '0001_initial', now()),
    ('stock', '0001_initial', now()),
    ('stock', '0002_functions', now()),
    ('terms', '0002_functions', now()),
    ('deals', '0001_initial', now()),
    ('deals', '0002_one_plan', now()),
    ('deals', '0003_lower_only', now()),
    ('feed', '0001_initial', now()),
    ('follows', '0001_initial', now()),
    ('grants', '0001_initial', now()),
    ('history', '0001_initial', now()),
    ('kit', '0001_rates', now()),
    ('kit', '0002_answers', now()),
    ('merchants', '0002_signed_invitations', now()),
    ('listings', '0001_initial', now()),
    ('media', '0001_initial', now()),
    ('media', '0002_encoder_keys', now()),
    ('merchants', '0003_taken_down', now()),
    ('mfa', '0001_initial', now()),
    ('mfa', '0002_authenticator_timestamps', now()),
    ('mfa', '0003_authenticator_type_uniq', now()),
    ('notices', '0001_initial', now()),
    ('offers', '0002_cards', now()),
    ('offers', '0003_arrival', now()),
    ('procrastinate', '0001_initial', now()),
    ('procrastinate', '0002_drop_started_at_column', now()),
    ('procrastinate', '0003_drop_started_at_column', now()),
    ('procrastinate', '0004_drop_procrastinate_version_table', now()),
    ('procrastinate', '0005_fix_procrastinate_fetch_job', now()),
    ('procrastinate', '0006_fix_trigger_status_events_insert', now()),
    ('procrastinate', '0007_add_queueing_lock_column', now()),
    ('procrastinate', '0008_close_fetch_job_race_condition', now()),
    ('procrastinate', '0009_add_defer_job_function', now()),
    ('procrastinate', '0010_add_procrastinate_periodic_defers', now()),
    ('procrastinate', '0011_add_foreign_key_index', now()),
    ('procrastinate', '0012_add_locks_to_periodic_defer', now()),
    ('procrastinate', '0013_fix_procrastinate_defer_periodic_job', now()),
    ('procrastinate', '0014_add_finish_job_and_retry_job_functions', now()),
    ('procrastinate', '0015_add_trigger_on_job_deletion', now()),
    ('procrastinate', '0016_delete_finished_jobs', now()),
    ('procrastinate', '0017_add_checks_to_finish_job', now()),
    ('procrastinate', '0018_add_checks_to_retry_job', now()),
    ('procrastinate', '0019_fix_finish_job_compat_issue', now()),
    ('procrastinate', '0020_add_index_on_procrastinate_jobs', now()),
    ('procrastinate', '0021_add_kwargs_to_defer_periodic_job', now()),
    ('procrastinate', '0022_null_locks_excluded', now()),
    ('procrastinate', '0023_remove_old_finish_job_function', now()),
    ('procrastinate', '0024_job_id_bigint', now()),
    ('procrastinate', '0025_add_models', now()),
    ('procrastinate', '0026_add_job_priority', now()),
    ('procrastinate', '0027_add_periodic_job_priority', now()),
    ('procrastinate', '0028_add_cancel_states', now()),
    ('procrastinate', '0029_add_additional_params_to_retry_job', now()),
    ('procrastinate', '0030_alter_procrastinateevent_options', now()),
    ('procrastinate', '0031_add_indexes_for_fetch_job', now()),
    ('procrastinate', '0032_pre_cancel_notification', now()),
    ('procrastinate', '0033_post_cancel_notification', now()),
    ('procrastinate', '0034_pre_add_heartbeat', now()),
    ('procrastinate', '0035_post_add_heartbeat', now()),
    ('procrastinate', '0036_add_worker_model', now()),
    ('procrastinate', '0037_pre_batch_defer_jobs', now()),
    ('procrastinate', '0038_post_batch_defer_jobs', now()),
    ('procrastinate', '0039_pre_priority_lock_fetch_job', now()),
    ('procrastinate', '0040_pre_retry_failed_job', now()),
    ('procrastinate', '0041_post_retry_failed_job', now()),
    ('terms', '0003_take_on_sale', now()),
    ('terms', '0004_coupons', now()),
    ('terms', '0005_coupon_functions', now()),
    ('terms', '0006_kept_plan', now()),
    ('stock', '0003_kept_plan', now()),
    ('outbox', '0001_initial', now()),
    ('outbox', '0002_readers', now()),
    ('outbox', '0003_emit_all', now()),
    ('orders', '0001_initial', now()),
    ('orders', '0002_place', now()),
    ('orders', '0003_one_plan', now()),
    ('orders', '0004_repaid_outside', now()),
    ('orders', '0005_stock_last', now()),
    ('orders', '0006_quiet_timers', now()),
    ('orders', '0007_no_lock_on_goods', now()),
    ('orders', '0008_settlement_days', now()),
    ('orders', '0009_sold_by', now()),
    ('orders', '0010_coupons', now()),
    ('orders', '0011_place_with_coupons', now()),
    ('orders', '0012_arrival', now()),
    ('orders', '0013_door', now()),
    ('orders', '0014_rehearse', now()),
    ('orders', '0015_no_timer', now()),
    ('payments', '0001_initial', now()),
    ('pictures', '0001_initial', now()),
    ('popularity', '0001_initial', now()),
    ('previews', '0001_initial', now()),
    ('prices', '0001_initial', now()),
    ('product_standing', '0001_initial', now()),
    ('refunds', '0001_initial', now()),
    ('reviews', '0001_initial', now()),
    ('risk', '0001_initial', now()),
    ('rooms', '0001_initial', now()),
    ('rooms', '0002_presence', now()),
    ('rooms', '0003_coupons', now()),
    ('rooms', '0004_draws_and_votes', now()),
    ('rooms', '0005_cards_of_shops', now()),
    ('rulebook', '0001_initial', now()),
    ('saved', '0001_initial', now()),
    ('scores', '0001_initial', now()),
    ('scores', '0002_creators', now()),
    ('seller_standing', '0001_initial', now()),
    ('sessions', '0001_initial', now()),
    ('talks', '0001_initial', now()),
    ('usersessions', '0001_initial', now()),
    ('violations', '0001_initial', now());

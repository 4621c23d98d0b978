from django.db import migrations

FORWARD = """
CREATE UNLOGGED TABLE kit_rate (
    name text NOT NULL,
    who text NOT NULL,
    minute bigint NOT NULL,
    count integer NOT NULL,
    PRIMARY KEY (name, who)
);
CREATE INDEX kit_rate_minute ON kit_rate (minute);
-- One row for each who and name, begun anew with each minute. A row that opens a minute sweeps a few that are long over.
CREATE FUNCTION kit_rate_count(a_name text, a_who text, a_minute bigint) RETURNS integer LANGUAGE plpgsql AS $$
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
"""
BACKWARD = "DROP FUNCTION kit_rate_count; DROP TABLE kit_rate;"


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]

"""Several facts of one moment in one statement, for other slices' SQL on a hot path."""

from django.db import migrations

# `facts` is an array of {"kind", "version", "body"}; `common` is added to every body.
STREAM_EMIT_ALL = """
CREATE FUNCTION stream_emit_all(facts jsonb, common jsonb, at timestamptz) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    INSERT INTO outbox_outboxrow (fact_id, kind, version, occurred_at, recorded_at, body)
        SELECT uuidv7(), f ->> 'kind', (f ->> 'version')::smallint, at, at, (f -> 'body') || common
        FROM jsonb_array_elements(facts) AS f;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("outbox", "0002_readers")]

    operations = [migrations.RunSQL(STREAM_EMIT_ALL, "DROP FUNCTION stream_emit_all(jsonb, jsonb, timestamptz)")]

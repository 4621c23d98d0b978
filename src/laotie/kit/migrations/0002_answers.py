from django.db import migrations

FORWARD = """
CREATE TABLE kit_answer (
    account uuid NOT NULL,
    key varchar(80) NOT NULL,
    asked bytea NOT NULL,
    status smallint,
    body jsonb,
    at timestamptz NOT NULL,
    PRIMARY KEY (account, key)
);
CREATE INDEX kit_answer_at ON kit_answer (at);
"""


class Migration(migrations.Migration):
    dependencies = [("kit", "0001_rates")]
    operations = [migrations.RunSQL(FORWARD, "DROP TABLE kit_answer")]

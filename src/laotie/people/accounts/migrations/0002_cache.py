from django.db import migrations


class Migration(migrations.Migration):
    """The table of Django's database cache, where allauth counts attempts. Unlogged: a crash may forget them."""

    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            CREATE UNLOGGED TABLE IF NOT EXISTS accounts_cache (
                cache_key varchar(255) PRIMARY KEY,
                value text NOT NULL,
                expires timestamptz NOT NULL
            );
            CREATE INDEX IF NOT EXISTS accounts_cache_expires ON accounts_cache (expires);
            """,
            "DROP TABLE accounts_cache",
        ),
    ]

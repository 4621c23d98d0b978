"""A new database is laid at once: the tables, functions and triggers that all migrations together would give it.

One by one they take ten seconds of a core, most of them spent by Django drawing its models anew for every step.
`schema.sql` is what PostgreSQL held after them. It also says which ones those were, so any that came later run on top
of it as they do everywhere. Whoever adds a migration writes it anew by `python -m tools.schema`.
"""

from importlib.resources import files

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

SCHEMA = files(__package__) / "schema.sql"
LOCK = "select pg_advisory_xact_lock(hashtextextended('runtime.database.laying', 0))"
IS_NEW = """
select current_schema() = 'public' and not exists (select from pg_class where relnamespace = 'public'::regnamespace)
"""


def lay(connection: BaseDatabaseWrapper) -> bool:
    """Lay the schema where the database holds nothing yet; whether it did. Whole or not at all."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(LOCK)
        cursor.execute(IS_NEW)
        if not cursor.fetchone()[0]:
            return False
        cursor.execute("set local check_function_bodies = off")  # a function may stand before its tables
        cursor.execute(SCHEMA.read_text(encoding="utf-8"))
    return True

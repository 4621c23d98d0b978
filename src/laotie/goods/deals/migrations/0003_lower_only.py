"""A timed price holds only while it is lower than the standing price, as in `terms.queries.terms`.

At an equal price its allotment and its cap must not bind a buyer who gains nothing by it.
"""

from importlib import import_module

from django.db import migrations

BEFORE: str = import_module("laotie.goods.deals.migrations.0001_initial").TERMS
SIGNATURE: str = import_module("laotie.goods.deals.migrations.0002_one_plan").SIGNATURE
NOT_HIGHER, LOWER = "timed.price_minor <= o.price_minor", "timed.price_minor < o.price_minor"


def again(terms: str) -> str:
    """The function in place of the one that stands, planned once a connection like it."""
    replaced = terms.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    return f"{replaced} ALTER FUNCTION {SIGNATURE} SET plan_cache_mode = force_generic_plan"


class Migration(migrations.Migration):
    dependencies = [("deals", "0002_one_plan")]

    operations = [migrations.RunSQL(again(BEFORE.replace(NOT_HIGHER, LOWER)), again(BEFORE))]

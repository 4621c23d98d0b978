"""What is left is asked for by everybody all the time: a function in plpgsql keeps its plan, one in SQL plans each time."""

from importlib import import_module

from django.db import migrations

AVAILABLE = """
CREATE OR REPLACE FUNCTION goods_stock_available(wanted uuid) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT coalesce(sum(available), 0) FROM stock_stockbucket WHERE holder = wanted);
END $$;
"""
BEFORE: str = import_module("laotie.goods.stock.migrations.0002_functions").AVAILABLE


class Migration(migrations.Migration):
    dependencies = [("stock", "0002_functions")]

    operations = [migrations.RunSQL(AVAILABLE, BEFORE.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"))]

"""Placing leaves no job for the end of a checkout's time: the sweep of every five seconds finds what is due.

A job cost an eighth of an order where everybody orders at once, and another transaction fifteen minutes later for
every order that was paid long ago. Those that wait are taken away; the sweep ends their checkouts.
"""

from importlib import import_module

from django.db import migrations

BEFORE: str = import_module("laotie.trade.orders.migrations.0011_place_with_coupons").PLACE
TIMER = """    PERFORM procrastinate_defer_jobs_v1(ARRAY[ROW(
        'timers', 'orders.expire', 0, NULL, NULL, jsonb_build_object('checkout_id', head ->> 'id'),
        (head ->> 'pay_by')::timestamptz)::procrastinate_job_to_defer_v1]);
"""
PLACE = BEFORE.replace(TIMER, "")
WAITING = "DELETE FROM procrastinate_jobs WHERE task_name = 'orders.expire' AND status = 'todo'"


class Migration(migrations.Migration):
    dependencies = [("orders", "0014_rehearse"), ("procrastinate", "0041_post_retry_failed_job")]

    operations = [
        migrations.RunSQL(PLACE, BEFORE),
        migrations.RunSQL(WAITING, migrations.RunSQL.noop),
    ]

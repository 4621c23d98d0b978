"""A job for a later time wakes no worker: none may take it yet, and workers ask for due jobs every few seconds anyway.

A transaction that notifies holds one lock of the whole database from before its commit until after it, the flush to
disk included, so that orders could only be committed one after the other.
"""

from django.db import migrations

TRIGGER = """
CREATE OR REPLACE TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1
    AFTER INSERT ON procrastinate_jobs
    FOR EACH ROW WHEN ({when})
    EXECUTE FUNCTION procrastinate_notify_queue_job_inserted_v1()
"""
TODO = "new.status = 'todo'::procrastinate_job_status"
DUE = f"{TODO} AND (new.scheduled_at IS NULL OR new.scheduled_at <= now())"


class Migration(migrations.Migration):
    dependencies = [("orders", "0005_stock_last"), ("procrastinate", "0041_post_retry_failed_job")]

    operations = [migrations.RunSQL(TRIGGER.format(when=DUE), TRIGGER.format(when=TODO))]

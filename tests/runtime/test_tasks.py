"""Background work outlives its worker."""

import asyncio

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from laotie.runtime.tasks import retry_stalled


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_worker_is_gone_is_taken_up_again():
    with connection.cursor() as cursor:  # else a job that another test left could be fetched in its place
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
    job_id = app.configure_task("runtime.retry_stalled").defer(timestamp=0)
    fetched = "SELECT procrastinate_fetch_job_v2(NULL, procrastinate_register_worker_v1())"
    with connection.cursor() as cursor:
        cursor.execute(fetched)
        cursor.execute("DELETE FROM procrastinate_workers")
    assert state(job_id) == "doing"

    async def run():
        with app.replace_connector(app.connector.get_worker_connector()) as working:
            async with working.open_async():
                job = await working.job_manager.get_stalled_jobs(seconds_since_heartbeat=60)
                assert [found.id for found in job] == [job_id]
                await retry_stalled.func(Context(working), timestamp=0)

    asyncio.run(run())
    assert state(job_id) == "todo"


class Context:
    """What procrastinate hands to a task that asks for its context."""

    def __init__(self, working):
        self.app = working


def state(job_id):
    return ProcrastinateJob.objects.get(id=job_id).status

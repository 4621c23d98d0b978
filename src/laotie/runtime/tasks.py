"""The runtime's own background work: a job whose worker was killed is taken up again."""

from procrastinate import JobContext
from procrastinate.contrib.django import app

SILENT = 60  # seconds without a sign of life after which a worker is taken for dead; it gives one every ten


@app.periodic(cron="* * * * *")  # type: ignore[untyped-decorator]
@app.task(  # type: ignore[untyped-decorator]
    name="runtime.retry_stalled", queue="timers", queueing_lock="runtime.retry_stalled", pass_context=True
)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """Give jobs of dead workers back to the queue. Every task of the house may run twice."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENT):
        await manager.retry_job(job)

"""The clock of refunds."""

from procrastinate.contrib.django import app

from laotie.trade.refunds import actions


@app.periodic(cron="* * * * *")  # type: ignore[untyped-decorator]
@app.task(name="refunds.sweep", queue="timers", queueing_lock="refunds.sweep")  # type: ignore[untyped-decorator]
def sweep(timestamp: int) -> None:
    """Settle what no seller answered in time."""
    while actions.run_due():
        continue

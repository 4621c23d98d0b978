"""Carts in the background."""

from procrastinate.contrib.django import app

from laotie.trade.carts import actions


@app.periodic(cron="41 4 * * *")  # type: ignore[untyped-decorator]
@app.task(name="carts.purge", queue="timers", queueing_lock="carts.purge")  # type: ignore[untyped-decorator]
def purge(timestamp: int) -> None:
    """Forget the carts of visitors who did not come back."""
    actions.purge_guests()

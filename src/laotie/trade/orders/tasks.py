"""Clocks of orders. Each checkout has its own timeout; the sweep does all else, and whatever a lost job left."""

from uuid import UUID

from procrastinate.contrib.django import app

from laotie.trade.orders import actions


@app.task(name="orders.expire", queue="timers", retry=5)  # type: ignore[untyped-decorator]
def expire(checkout_id: str) -> None:
    """End a checkout that nobody paid in time."""
    actions.expire_checkout(UUID(checkout_id))


@app.periodic(cron="* * * * *")  # type: ignore[untyped-decorator]
@app.task(name="orders.sweep", queue="timers", queueing_lock="orders.sweep")  # type: ignore[untyped-decorator]
def sweep(timestamp: int) -> None:
    """Let the clocks of orders act, batch after batch, until none is due."""
    while actions.run_due():
        continue

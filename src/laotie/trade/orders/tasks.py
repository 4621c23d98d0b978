"""Clocks of orders: unpaid ones end, late ones are noted, parcels sign themselves, orders are done."""

from procrastinate.contrib.django import app

from laotie.trade.orders import actions


@app.periodic(cron="* * * * * */5")  # type: ignore[untyped-decorator]
@app.task(name="orders.sweep", queue="timers", queueing_lock="orders.sweep")  # type: ignore[untyped-decorator]
def sweep(timestamp: int) -> None:
    """Every five seconds: let the clocks of orders act, batch after batch, until none is due."""
    while actions.run_due():
        continue

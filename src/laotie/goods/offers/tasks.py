"""Work of offers that nobody waits for."""

from procrastinate.contrib.django import app

from laotie.goods.offers.actions import tell_stock_states


@app.periodic(cron="* * * * * */5")  # type: ignore[untyped-decorator]
@app.task(  # type: ignore[untyped-decorator]
    name="offers.tell_stock_states", queue="timers", queueing_lock="offers.tell_stock_states"
)
def stock_states(timestamp: int) -> None:
    """Every five seconds: who sold out, who is back."""
    tell_stock_states()

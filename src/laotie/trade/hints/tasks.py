"""The model of words is learnt anew every night."""

from procrastinate.contrib.django import app

from laotie.trade.hints import actions


@app.periodic(cron="41 3 * * *")  # type: ignore[untyped-decorator]
@app.task(name="hints.learn", queueing_lock="hints.learn")  # type: ignore[untyped-decorator]
def learn(timestamp: int) -> None:
    """May run twice: the same words give the same model."""
    actions.learn()

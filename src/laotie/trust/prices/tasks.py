"""Prices are compared once a night, before the scores that rest on them; each hour looks whether it was done."""

from procrastinate.contrib.django import app

from laotie.kit import clock, market
from laotie.stream import recorder
from laotie.stream.lake.queries import snapshot
from laotie.stream.lake.store import LocalStore
from laotie.trust.prices import actions, queries


@app.periodic(cron="3 * * * *")  # type: ignore[untyped-decorator]
@app.task(name="prices.compare", queueing_lock="prices.compare")  # type: ignore[untyped-decorator]
def compare(timestamp: int) -> None:
    """Compare the prices of the last whole market day, once."""
    day = market.current().day(clock.now()) - queries.ONE_DAY
    if queries.newest_day() < day:
        actions.compare(snapshot(LocalStore(recorder.folder())), day)

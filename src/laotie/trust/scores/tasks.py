"""Scores are published every night; each hour looks whether yesterday's are: a night without power is made up."""

from procrastinate.contrib.django import app

from laotie.kit import clock
from laotie.stream import recorder
from laotie.stream.lake.queries import snapshot
from laotie.stream.lake.store import LocalStore
from laotie.trust.scores import actions, queries
from laotie.trust.scores.contracts import PUBLISHED


@app.periodic(cron="17 * * * *")  # type: ignore[untyped-decorator]
@app.task(name="scores.publish", queueing_lock="scores.publish")  # type: ignore[untyped-decorator]
def publish(timestamp: int) -> None:
    """Publish the scores of the last whole market day, once."""
    day = actions.yesterday(clock.now())
    if queries.run_of(day, PUBLISHED) is None:
        actions.publish(snapshot(LocalStore(recorder.folder())), day)

"""Each hour it is looked whether yesterday's night was; what was judged is carried into the scores."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from laotie.kit import clock
from laotie.stream import recorder
from laotie.stream.lake.queries import snapshot
from laotie.stream.lake.store import LocalStore
from laotie.trust.risk import actions, queries
from laotie.trust.scores.actions import yesterday


class NotYet(Exception):
    """The recorder has not carried the facts into the lake."""


@app.periodic(cron="7 * * * *")  # type: ignore[untyped-decorator]
@app.task(name="risk.look", queueing_lock="risk.look")  # type: ignore[untyped-decorator]
def look(timestamp: int) -> None:
    """Look at the last whole market day, once, before its scores are published."""
    day = yesterday(clock.now())
    if not queries.night(day):
        actions.look(snapshot(LocalStore(recorder.folder())), day)


@app.task(name="risk.correct_scores", retry=RetryStrategy(max_attempts=100, wait=5))  # type: ignore[untyped-decorator]
def correct_scores(finding_id: str) -> None:
    """Compute the touched days again. Raises NotYet, so that it is tried again in seconds."""
    if not actions.carry(snapshot(LocalStore(recorder.folder())), UUID(finding_id)):
        raise NotYet

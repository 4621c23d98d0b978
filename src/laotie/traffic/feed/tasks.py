"""The feed learns every hour, and counts the newcomers' budgets every ten minutes."""

from procrastinate.contrib.django import app

from laotie.stream import recorder
from laotie.stream.lake.queries import snapshot
from laotie.stream.lake.store import LocalStore
from laotie.traffic.feed import actions


@app.periodic(cron="47 * * * *")  # type: ignore[untyped-decorator]
@app.task(name="feed.learn", queueing_lock="feed.learn")  # type: ignore[untyped-decorator]
def learn(timestamp: int) -> None:
    """Estimates, newcomers and beliefs, anew."""
    actions.learn(snapshot(LocalStore(recorder.folder())))


@app.periodic(cron="*/10 * * * *")  # type: ignore[untyped-decorator]
@app.task(name="feed.count_lane", queueing_lock="feed.count_lane")  # type: ignore[untyped-decorator]
def count_lane(timestamp: int) -> None:
    """An owner whose budget of the day is spent leaves the lane."""
    actions.count_lane(snapshot(LocalStore(recorder.folder())))

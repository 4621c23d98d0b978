"""The demo in the background: its scores and estimates, which a market makes by itself in time and a newcomer looks
for at once."""

from datetime import timedelta

from procrastinate.contrib.django import app

from laotie.kit import clock
from laotie.stream import recorder
from laotie.stream.lake.queries import snapshot
from laotie.stream.lake.store import LocalStore
from laotie.stream.outbox.source import OutboxSource, carried
from laotie.traffic.feed import actions as feed
from laotie.trust.scores import actions

PAUSE = 2  # seconds; the recorder needs a few for the demo's history
MOST_TRIES = 150  # five minutes, then the market's own clock publishes them
NIGHTS = 4  # so many past days are published, that there is a course to look at and a band can have turned


@app.task(name="demo.publish_scores")  # type: ignore[untyped-decorator]
def publish_scores(tries: int) -> None:
    """Publish the last days' scores and let the feed learn as soon as all facts are in the lake; until then wait."""
    lake = snapshot(LocalStore(recorder.folder()))
    if carried(lake.state.positions.get(OutboxSource.name)):
        for back in range(NIGHTS - 1, -1, -1):
            actions.publish(lake, actions.yesterday(clock.now()) - timedelta(days=back))
        feed.learn(lake)
    elif tries < MOST_TRIES:
        publish_scores.configure(schedule_in={"seconds": PAUSE}).defer(tries=tries + 1)

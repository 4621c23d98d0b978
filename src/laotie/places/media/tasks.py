"""Work of live video that no page waits for."""

from uuid import UUID

from django.conf import settings
from procrastinate.contrib.django import app

from laotie.places.media import plain
from laotie.places.media.actions import clear_old


@app.periodic(cron="41 4 * * *")  # type: ignore[untyped-decorator]
@app.task(name="media.clear_old", queueing_lock="media.clear_old")  # type: ignore[untyped-decorator]
def clear(timestamp: int) -> None:
    """Every night: recordings older than the market keeps them."""
    clear_old(settings.CONFIG.recording_days, limit=10_000)


@app.task(name="media.make_plain")  # type: ignore[untyped-decorator]
def make_plain(stream: str, live: bool) -> None:
    """The next seconds of a stream for players that do not know its host's codec; one of them asked."""
    plain.make_some(UUID(stream), live)

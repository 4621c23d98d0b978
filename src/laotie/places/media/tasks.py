"""Work of live video that nobody waits for."""

from django.conf import settings
from procrastinate.contrib.django import app

from laotie.places.media.actions import clear_old


@app.periodic(cron="41 4 * * *")  # type: ignore[untyped-decorator]
@app.task(name="media.clear_old", queueing_lock="media.clear_old")  # type: ignore[untyped-decorator]
def clear(timestamp: int) -> None:
    """Every night: recordings older than the market keeps them."""
    clear_old(settings.CONFIG.recording_days, limit=10_000)

"""Work of pictures that nobody waits for."""

from procrastinate.contrib.django import app

from laotie.kit.pictures.actions import clear_orphans


@app.periodic(cron="17 4 * * *")  # type: ignore[untyped-decorator]
@app.task(name="pictures.clear_orphans", queueing_lock="pictures.clear_orphans")  # type: ignore[untyped-decorator]
def clear(timestamp: int) -> None:
    """Every night: what nobody used."""
    clear_orphans()

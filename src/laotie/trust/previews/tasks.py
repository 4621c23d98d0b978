"""Trials are jobs; coming rulebooks are tried when they are published, and every night on the newest day."""

from collections.abc import Sequence
from uuid import UUID

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from laotie.stream import recorder
from laotie.stream.facts import Recorded
from laotie.stream.lake.queries import Snapshot, snapshot
from laotie.stream.lake.store import LocalStore
from laotie.trust.previews import actions
from laotie.trust.rulebook import queries as rulebooks

KINDS = ("rulebook.published", "rulebook.withdrawn")
TRIES = 3


@app.task(name="previews.compute", retry=RetryStrategy(max_attempts=TRIES, wait=5), pass_context=True)  # type: ignore[untyped-decorator]
def compute(context: JobContext, preview_id: str) -> None:
    """Carry out a trial; after the last failing attempt it says so."""
    try:
        actions.run(_lake(), UUID(preview_id))
    except Exception:
        if context.job.attempts + 1 >= TRIES:
            actions.fail(UUID(preview_id))
        raise


@app.periodic(cron="47 * * * *")  # type: ignore[untyped-decorator]
@app.task(name="previews.foresee", queueing_lock="previews.foresee", lock="previews")  # type: ignore[untyped-decorator]
def foresee(timestamp: int) -> None:
    """What coming rulebooks would do, by the newest published day. Nothing is done twice for a day."""
    actions.foresee(_lake())


def follow(facts: Sequence[Recorded]) -> None:
    """A rulebook was published: see at once what it would do. One was withdrawn: forget it."""
    for fact in facts:
        if fact.kind == "rulebook.withdrawn":
            actions.forget(rulebooks.version(str(fact.body["rulebook"])))
        else:
            tell.defer()


@app.task(name="previews.tell", lock="previews")  # type: ignore[untyped-decorator]
def tell() -> None:
    """The same as every hour, at once."""
    actions.foresee(_lake())


def _lake() -> Snapshot:
    return snapshot(LocalStore(recorder.folder()))

"""Carrying an appeal and its judgement into the scores, once the lake has the fact."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from laotie.stream import recorder
from laotie.stream.lake.queries import snapshot
from laotie.stream.lake.store import LocalStore
from laotie.trust.appeals import carrying


class NotYet(Exception):
    """The recorder has not carried the fact into the lake."""


@app.task(name="appeals.follow", lock="scores.correct", retry=RetryStrategy(max_attempts=100, wait=5))  # type: ignore[untyped-decorator]
def follow(appeal_id: str) -> None:
    """Compute the touched days again. Raises NotYet, so that it is tried again in seconds."""
    if not carrying.carry(snapshot(LocalStore(recorder.folder())), UUID(appeal_id)):
        raise NotYet

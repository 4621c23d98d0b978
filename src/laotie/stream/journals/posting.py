"""Posting to a journal without waiting for it: pages hand over a fact and go on, whether the bus answers or not.

What a process posts within a moment goes out together: a fact by itself costs the server a sync and both ends several
turns of a thread each, which in a busy market is a tenth of every page.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from threading import BoundedSemaphore, Lock

from nats.aio.client import Client
from nats.js.api import PubAck
from nats.js.client import JetStreamContext
from nats.js.errors import NoStreamResponseError, NotFoundError
from prometheus_client import Counter

from laotie.stream.bus import Bus, BusAway
from laotie.stream.facts import Recorded
from laotie.stream.journals.journal import Journal, ensure, from_json, stream_of, to_json

KEPT, AWAY, CROWDED = "kept", "away", "crowded"
GATHER = 0.1  # seconds


@dataclass(slots=True)
class Batch:
    """Facts that go out together, each under its subject, and how many of them the journal has."""

    posts: list[tuple[str, Recorded]] = field(default_factory=list)
    kept: int = 0

    def answered(self, answer: "asyncio.Future[PubAck]") -> None:
        self.kept += not answer.cancelled() and answer.exception() is None


class Poster:
    """Posts to `journal`, at most `most` at a time under way in this process; `counter` (label: fate) tells how many
    were kept, lost because the bus was away, and lost because too many were under way."""

    def __init__(self, journal: Journal, counter: Counter, most: int = 1024, patience: float = 5.0) -> None:
        self.journal, self.counter, self.patience = journal, counter, patience
        self._most, self._slots = most, BoundedSemaphore(most)
        self._lock = Lock()
        self._open: Batch | None = None

    def post(self, bus: Callable[[], Bus], subject: str, fact: Recorded) -> None:
        """Send `fact` under `subject` (without the journal's own) in a moment; returns at once and raises nothing."""
        if not self._slots.acquire(blocking=False):
            self.counter.labels(CROWDED).inc()
            return
        with self._lock:
            batch, first = self._open or Batch(), self._open is None
            batch.posts.append((subject, fact))
            self._open = batch
        if first:
            ended = partial(self._ended, batch)
            try:
                bus().begin(partial(self._send, batch), self.patience, ended)
            except BusAway as error:
                ended(error)

    def settle(self, seconds: float) -> bool:
        """Wait until nothing is under way, at most so long; whether nothing is. For whoever is about to end."""
        free, until = 0, time.monotonic() + seconds
        while free < self._most and self._slots.acquire(timeout=max(0.0, until - time.monotonic())):
            free += 1
        if free:
            self._slots.release(free)
        return free == self._most

    async def _send(self, batch: Batch, client: Client) -> None:
        await asyncio.sleep(GATHER)
        self._close(batch)
        stream = stream_of(client)
        errors = await self._publish(stream, batch)
        if any(isinstance(error, NoStreamResponseError) for error in errors):
            await ensure(stream, self.journal)
            await self._publish(stream, batch)

    async def _publish(self, stream: JetStreamContext, batch: Batch) -> list[BaseException]:
        """All at once, and wait for their answers; what went wrong."""
        batch.kept, answers = 0, []
        for subject, fact in batch.posts:
            answer = await stream.publish_async(
                f"{self.journal.subject}.{subject}", to_json(fact), headers={"Nats-Msg-Id": str(fact.fact_id)}
            )
            answer.add_done_callback(batch.answered)
            answers.append(answer)
        said = await asyncio.gather(*answers, return_exceptions=True)
        return [one for one in said if isinstance(one, BaseException)]

    def _close(self, batch: Batch) -> None:
        with self._lock:
            if self._open is batch:
                self._open = None

    def _ended(self, batch: Batch, _error: BaseException | None) -> None:
        self._close(batch)
        lost = len(batch.posts) - batch.kept
        self.counter.labels(KEPT).inc(batch.kept)
        self.counter.labels(AWAY).inc(lost)
        self._slots.release(len(batch.posts))


def last(bus: Bus, journal: Journal, subject: str, seconds: float) -> Recorded | None:
    """The newest fact under `subject` of a journal that is `direct`; None where there is none. Raises BusAway."""

    async def ask(client: Client) -> Recorded | None:
        try:
            found = await client.jetstream().get_last_msg(journal.name, f"{journal.subject}.{subject}", direct=True)
        except NotFoundError:
            return None
        return from_json(found.data or b"")

    return bus.run(ask, seconds)

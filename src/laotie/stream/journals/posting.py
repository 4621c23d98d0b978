"""Posting to a journal without waiting for it: pages hand over a fact and go on, whether the bus answers or not."""

from collections.abc import Callable
from threading import BoundedSemaphore

from nats.aio.client import Client
from nats.js.errors import NoStreamResponseError, NotFoundError
from prometheus_client import Counter

from laotie.stream.bus import Bus, BusAway
from laotie.stream.facts import Recorded
from laotie.stream.journals.journal import Journal, ensure, from_json, to_json

KEPT, AWAY, CROWDED = "kept", "away", "crowded"


class Poster:
    """Posts to `journal`, at most `most` at a time under way in this process; `counter` (label: fate) tells how many
    were kept, lost because the bus was away, and lost because too many were under way."""

    def __init__(self, journal: Journal, counter: Counter, most: int = 256, patience: float = 5.0) -> None:
        self.journal, self.counter, self.patience = journal, counter, patience
        self._slots = BoundedSemaphore(most)

    def post(self, bus: Callable[[], Bus], subject: str, fact: Recorded) -> None:
        """Send `fact` under `subject` (without the journal's own); returns at once and raises nothing."""
        if not self._slots.acquire(blocking=False):
            self.counter.labels(CROWDED).inc()
            return
        try:
            bus().begin(lambda client: self._publish(client, subject, fact), self.patience, self._ended)
        except BusAway as error:
            self._ended(error)

    def _ended(self, error: BaseException | None) -> None:
        self._slots.release()
        self.counter.labels(AWAY if error else KEPT).inc()

    async def _publish(self, client: Client, subject: str, fact: Recorded) -> None:
        stream, address = client.jetstream(), f"{self.journal.subject}.{subject}"
        headers = {"Nats-Msg-Id": str(fact.fact_id)}
        try:
            await stream.publish(address, to_json(fact), headers=headers)
        except NoStreamResponseError:
            await ensure(stream, self.journal)
            await stream.publish(address, to_json(fact), headers=headers)


def last(bus: Bus, journal: Journal, subject: str, seconds: float) -> Recorded | None:
    """The newest fact under `subject` of a journal that is `direct`; None where there is none. Raises BusAway."""

    async def ask(client: Client) -> Recorded | None:
        try:
            found = await client.jetstream().get_last_msg(journal.name, f"{journal.subject}.{subject}", direct=True)
        except NotFoundError:
            return None
        return from_json(found.data or b"")

    return bus.run(ask, seconds)

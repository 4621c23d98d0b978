"""A journal as a source of the lake, by sequence.

The position lives in the lake's manifest, so nothing is acknowledged: an ephemeral consumer begins at the position's
next sequence, and a crash between reading and committing only reads again.
"""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

import structlog
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy
from nats.js.client import JetStreamContext

from laotie.kit import clock
from laotie.kit.ids import new_id
from laotie.stream.bus import Bus, BusAway
from laotie.stream.facts import Recorded
from laotie.stream.journals.journal import Journal, ensure, from_json
from laotie.stream.lake.manifest import Position
from laotie.stream.lake.sources import Batch, Source, SourceAway

T = TypeVar("T")
PATIENCE = 10.0  # seconds for one chunk
ASKING = 2.0  # and for a question that a page waits for
KEPT = 10_000  # messages left behind the lake, for `lake verify` to compare
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Place:
    """A sequence in one stream. A stream that was made anew counts from 1 again, which `made` tells; `earlier` adds up
    the streams before it. `missing` counts messages that left a stream before we could read them (someone purged it).
    """

    made: str = ""
    seq: int = 0
    missing: int = 0
    earlier: int = 0

    def json(self) -> Position:
        return {"made": self.made, "seq": self.seq, "missing": self.missing, "earlier": self.earlier}

    @property
    def read(self) -> int:
        """How many messages the lake must hold by now."""
        return self.earlier + self.seq - self.missing


class JournalSource(Source):
    """Facts in the order of their sequence."""

    def __init__(self, bus: Bus, journal: Journal) -> None:
        self.bus, self.journal, self.name = bus, journal, journal.name
        self._reading: JetStreamContext.PullSubscription | None = None
        self._next = 0  # the sequence that `_reading` gives next

    def read(self, position: Position, limit: int) -> Batch:
        return self._ask(lambda client: self._read(client, place_of(position), limit), PATIENCE)

    def release(self, position: Position) -> int:
        upto = place_of(position).seq - KEPT
        try:
            return self.bus.run(lambda client: self._purge(client.jetstream(), upto), PATIENCE)
        except BusAway:
            return 0

    def kept(self) -> tuple[str, int, int]:
        """(when the stream was made, its first sequence, its last); the first is beyond the last where it is empty.

        Raises SourceAway.
        """
        return self._ask(self._kept, PATIENCE)

    def next_since(self, position: Position) -> datetime | None:
        """When the first fact after `position` was recorded; None where all were read. Raises SourceAway."""
        return self._ask(lambda client: self._next_since(client, place_of(position)), ASKING)

    def _ask(self, work: Callable[[Client], Awaitable[T]], seconds: float) -> T:
        try:
            return self.bus.run(work, seconds)
        except BusAway as error:
            raise SourceAway(str(error)) from error

    async def _read(self, client: Client, place: Place, limit: int) -> Batch:
        stream = client.jetstream()
        await ensure(stream, self.journal)
        info = await stream.stream_info(self.name)
        made = str(info.created)
        if made != place.made:
            place = Place(made, 0, place.missing, place.earlier + place.seq)
        first = max(place.seq + 1, info.state.first_seq)
        waiting = min(limit, info.state.last_seq - first + 1)
        if waiting > 0:
            return _batch(place, await self._fetch(stream, first, waiting))
        gone = info.state.last_seq - place.seq  # purged by someone, unread
        return Batch(replace(place, seq=info.state.last_seq, missing=place.missing + gone).json(), [], gone)

    async def _fetch(self, stream: JetStreamContext, first: int, count: int) -> list[Msg]:
        """Up to `count` messages from sequence `first` on, at least one. Raises NATS' errors."""
        messages: list[Msg] = await self._fetch_on(first, count)
        if not messages or messages[0].metadata.sequence.stream != first:  # perhaps lost on the wire
            messages = await (await self._begin(stream, first)).fetch(count, timeout=2)
        if not messages:
            raise TimeoutError("nothing came of what waits")
        self._next = messages[-1].metadata.sequence.stream + 1
        return messages

    async def _fetch_on(self, first: int, count: int) -> list[Msg]:
        """From the consumer that stands there already, if one does: the server forgets it after a quiet minute."""
        if self._reading is None or self._next != first:
            return []
        try:
            messages: list[Msg] = await self._reading.fetch(count, timeout=2)
        except (NatsError, TimeoutError):
            return []
        return messages

    async def _begin(self, stream: JetStreamContext, first: int) -> JetStreamContext.PullSubscription:
        config = ConsumerConfig(
            deliver_policy=DeliverPolicy.BY_START_SEQUENCE, opt_start_seq=first, ack_policy=AckPolicy.NONE,
            inactive_threshold=60, mem_storage=True,
        )  # fmt: skip
        if self._reading is not None:
            with suppress(NatsError):  # of a connection that is closed
                await self._reading.unsubscribe()
        self._reading = await stream.pull_subscribe(f"{self.journal.subject}.>", stream=self.name, config=config)
        return self._reading

    async def _kept(self, client: Client) -> tuple[str, int, int]:
        await ensure(client.jetstream(), self.journal)
        info = await client.jetstream().stream_info(self.name)
        return str(info.created), max(1, int(info.state.first_seq)), int(info.state.last_seq)  # never written to: 0

    async def _next_since(self, client: Client, place: Place) -> datetime | None:
        made, first, last = await self._kept(client)
        after = max(place.seq + 1 if made == place.made else 1, first)
        if after > last:
            return None
        return _recorded((await client.jetstream().get_msg(self.name, after)).data or b"").recorded_at

    async def _purge(self, stream: JetStreamContext, upto: int) -> int:
        if upto <= 0:
            return 0
        before = (await stream.stream_info(self.name)).state.messages
        await stream.purge_stream(self.name, seq=upto + 1)
        return int(before - (await stream.stream_info(self.name)).state.messages)


def place_of(position: Position) -> Place:
    return Place(**position) if position else Place()


def _batch(place: Place, messages: list[Msg]) -> Batch:
    """The contiguous facts of `messages`; a gap is counted, or ends the batch to be asked for again."""
    facts: list[Recorded] = []
    read, gone = place.seq, 0
    for message in messages:
        seq = message.metadata.sequence.stream
        if seq != read + 1:
            if facts:
                break  # the next read begins at the gap and finds out whether it is real
            gone = seq - read - 1
            log.warning("messages left the stream unread", first=read + 1, last=seq - 1)
        facts.append(_recorded(message.data))
        read = seq
    return Batch(replace(place, seq=read, missing=place.missing + gone).json(), facts, len(facts))


def _recorded(raw: bytes) -> Recorded:
    try:
        return from_json(raw)
    except (ValueError, KeyError, TypeError):  # nobody of ours published this: keep it where it can be looked at
        now = clock.now()
        return Recorded(new_id(), "beacon.unreadable", 1, now, now, {"text": raw.decode(errors="replace")})

"""A journal: a stream in NATS, bounded, on disk, refusing repetitions; and the JSON of its messages.

When it is full it refuses new messages rather than dropping old ones unread.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from nats.aio.client import Client
from nats.js.api import DiscardPolicy, RetentionPolicy, StorageType, StreamConfig
from nats.js.client import JetStreamContext
from nats.js.errors import NotFoundError

from laotie.stream.facts import Recorded

WINDOW = 600  # seconds in which JetStream knows a repetition, and so longer than a sender tries again


@dataclass(frozen=True, slots=True)
class Journal:
    """Messages of `subject`.> in the stream `name`: at most `most_bytes` of them, none above `largest` bytes.

    `direct`: the last message of a subject can be asked for by the subject.
    """

    name: str
    subject: str
    most_bytes: int
    largest: int
    direct: bool = False

    @property
    def config(self) -> StreamConfig:
        return StreamConfig(
            name=self.name, subjects=[f"{self.subject}.>"], storage=StorageType.FILE,
            retention=RetentionPolicy.LIMITS, discard=DiscardPolicy.NEW, max_bytes=self.most_bytes,
            max_msg_size=self.largest, duplicate_window=WINDOW, num_replicas=1, allow_direct=self.direct,
        )  # fmt: skip


@lru_cache(maxsize=4)
def stream_of(client: Client) -> JetStreamContext:
    """The one context of a connection: each that publishes without waiting keeps a subscription for its answers."""
    return client.jetstream()


async def ensure(stream: JetStreamContext, journal: Journal) -> None:
    """Make the stream where there is none."""
    try:
        await stream.stream_info(journal.name)
    except NotFoundError:
        await stream.add_stream(journal.config)


def to_json(fact: Recorded) -> bytes:
    """A message's payload."""
    return json.dumps(fact.as_json(), ensure_ascii=False, separators=(",", ":")).encode()


def from_json(raw: bytes) -> Recorded:
    """What `to_json` was given. Raises ValueError, KeyError or TypeError on anything else."""
    read = json.loads(raw)
    occurred, recorded = (datetime.fromisoformat(read[name]) for name in ("occurred_at", "recorded_at"))
    return Recorded(UUID(read["fact_id"]), str(read["kind"]), int(read["version"]), occurred, recorded, read["body"])

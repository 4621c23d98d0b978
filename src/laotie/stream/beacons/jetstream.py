"""The stream of beacons in NATS: bounded, on disk, refusing repetitions; and publishing to it.

When it is full it refuses new messages (and the sender hears 503) rather than dropping old ones unread.
"""

import asyncio
import json
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from nats.aio.client import Client
from nats.js.api import DiscardPolicy, RetentionPolicy, StorageType, StreamConfig
from nats.js.client import JetStreamContext
from nats.js.errors import NoStreamResponseError, NotFoundError

from laotie.stream.beacons.intake import Beacon
from laotie.stream.facts import Recorded

STREAM = "beacons"
SUBJECT = "behaviour"  # behaviour.<kind>
LARGEST = 1024**3  # bytes: some five million events while the recorder is away
WINDOW = 600  # seconds in which JetStream knows a repetition, and so longer than a sender tries again
CONFIG = StreamConfig(
    name=STREAM, subjects=[f"{SUBJECT}.>"], storage=StorageType.FILE, retention=RetentionPolicy.LIMITS,
    discard=DiscardPolicy.NEW, max_bytes=LARGEST, max_msg_size=8192, duplicate_window=WINDOW, num_replicas=1,
)  # fmt: skip


async def ensure(stream: JetStreamContext) -> None:
    """Make the stream where there is none."""
    try:
        await stream.stream_info(STREAM)
    except NotFoundError:
        await stream.add_stream(CONFIG)


async def publish(client: Client, beacons: Sequence[Beacon]) -> list[bool]:
    """Publish and wait for the server to have them. For each: True kept, False known already. Raises NATS' errors."""
    stream = client.jetstream()
    try:
        return await _publish(stream, beacons)
    except NoStreamResponseError:
        await ensure(stream)
        return await _publish(stream, beacons)


async def _publish(stream: JetStreamContext, beacons: Sequence[Beacon]) -> list[bool]:
    answers = [
        await stream.publish_async(
            f"{SUBJECT}.{beacon.recorded.kind}", to_json(beacon.recorded), headers={"Nats-Msg-Id": beacon.key}
        )
        for beacon in beacons
    ]
    return [not answer.duplicate for answer in await asyncio.gather(*answers)]


def to_json(fact: Recorded) -> bytes:
    """A message's payload."""
    return json.dumps(fact.as_json(), ensure_ascii=False, separators=(",", ":")).encode()


def from_json(raw: bytes) -> Recorded:
    """What `to_json` was given. Raises ValueError, KeyError or TypeError on anything else."""
    read = json.loads(raw)
    occurred, recorded = (datetime.fromisoformat(read[name]) for name in ("occurred_at", "recorded_at"))
    return Recorded(UUID(read["fact_id"]), str(read["kind"]), int(read["version"]), occurred, recorded, read["body"])
